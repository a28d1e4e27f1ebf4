import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/**
 * GET and HEAD /: the web page, as Vite built it; its assets have their content's hash in their names, so they may be kept for ever.
 *
 * @param directory the folder of the built files: index.html and static/
 */
export async function pageRoutes (app: FastifyInstance, directory: string): Promise<void> {
  // The plugin makes the routes: what they need is said as each of them comes.
  app.addHook('onRoute', route => {
    route.config = { action: 'pull', tenantless: true, ...route.config }
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
