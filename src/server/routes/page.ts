import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { OwnPage } from '../options.js'
import type { PathOptions } from '../path.js'
import { matches } from '../conditions.js'

const headers = {
  'content-security-policy': "default-src 'self'; img-src 'self' https: data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  'x-content-type-options': 'nosniff'
}

/**
 * GET and HEAD /: the web page, as Vite built it, told the server's depth; its assets have their content's hash in their names, so they may be kept for ever.
 *
 * @param directory the folder of the built files: index.html and static/
 */
export async function pageRoutes (app: FastifyInstance, directory: string, paths: PathOptions): Promise<void> {
  markRoutes(app)
  // The page's links are relative: below a context path they need the slash at its end.
  app.addHook('onRequest', async (request, reply) => {
    const path = request.originalUrl.split('?', 1)[0] ?? ''
    if (request.routeOptions.url === '/' && !path.endsWith('/')) return await reply.redirect(`${path.slice(path.lastIndexOf('/') + 1)}/`, 308)
  })
  const html = withDepth(await readFile(join(directory, 'index.html'), 'utf8'), paths)
  const etag = `"${createHash('sha256').update(html).digest('hex')}"`
  for (const url of ['/', '/index.html']) {
    app.route({
      method: ['GET', 'HEAD'],
      url,
      handler: async (request, reply) => {
        reply.headers({ ...headers, etag, 'cache-control': 'no-cache' })
        return matches(request.headers['if-none-match'], etag) ? reply.code(304).send() : reply.type('text/html; charset=utf-8').send(html)
      }
    })
  }
  await app.register(fastifyStatic, {
    root: join(directory, 'static'),
    prefix: '/static/',
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: reply => {
      for (const [name, value] of Object.entries({ ...headers, 'cache-control': 'public, max-age=31536000, immutable' })) reply.setHeader(name, value)
    }
  })
}

/** The page cannot see which segments of a path name a repository: its first tag says it. */
function withDepth (html: string, { depth, dynamic }: PathOptions): string {
  return html.replace('data-depth="0"', `data-depth="${dynamic ? 'any' : depth}"`)
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
