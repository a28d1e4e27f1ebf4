import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { OwnPage } from '../options.js'

/**
 * GET and HEAD /: the web page, as Vite built it; its assets have their content's hash in their names, so they may be kept for ever.
 *
 * @param directory the folder of the built files: index.html and static/
 */
export async function pageRoutes (app: FastifyInstance, directory: string): Promise<void> {
  markRoutes(app)
  // The page's links are relative: below a context path they need the slash at its end.
  app.addHook('onRequest', async (request, reply) => {
    const path = request.originalUrl.split('?', 1)[0] ?? ''
    if (request.routeOptions.url === '/' && !path.endsWith('/')) return await reply.redirect(`${path.slice(path.lastIndexOf('/') + 1)}/`, 308)
  })
  await app.register(fastifyStatic, {
    root: directory,
    serve: true,
    wildcard: false,
    index: ['index.html'],
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.setHeader('cache-control', path.endsWith('.html') ? 'no-cache' : 'public, max-age=31536000, immutable')
      reply.setHeader('content-security-policy', "default-src 'self'; img-src 'self' https: data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'")
      reply.setHeader('x-content-type-options', 'nosniff')
    }
  })
}

/** GET and HEAD / and /static/…: the operator's own page, in place of ours. */
export async function ownPageRoutes (app: FastifyInstance, { html, staticDirectory }: OwnPage): Promise<void> {
  markRoutes(app)
  app.route({ method: ['GET', 'HEAD'], url: '/', handler: async (_request, reply) => reply.type('text/html; charset=utf-8').send(html) })
  if (staticDirectory !== undefined) await app.register(fastifyStatic, { root: staticDirectory, prefix: '/static/', index: false, dotfiles: 'deny' })
}

/** The plugin makes routes of its own: what they need is said as each of them comes. */
function markRoutes (app: FastifyInstance): void {
  app.addHook('onRoute', route => {
    route.config = { action: 'pull', tenantless: true, ...route.config }
  })
}
