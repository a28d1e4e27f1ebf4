import type { FastifyInstance } from 'fastify'
import { CatalogError } from '../../catalog/errors.js'
import type { ServerOptions } from '../options.js'
import { matches } from './index-file.js'

/** GET and HEAD /charts/FILE: an archive or its provenance file, as uploaded. */
export function chartFileRoutes (app: FastifyInstance, { catalog, allowOverwrite, allowForce }: ServerOptions): void {
  // A version that nobody may overwrite never changes under its URL.
  const caching = allowOverwrite || allowForce ? 'no-cache' : 'public, max-age=31536000, immutable'
  app.route<{ Params: { file: string } }>({
    method: ['GET', 'HEAD'],
    url: '/charts/:file',
    handler: async (request, reply) => {
      const { file } = request.params
      const type = contentType(file)
      if (type === undefined) throw new CatalogError('file-not-found', 'unsupported file extension')
      const stored = await catalog.stat('', file)
      const etag = `"${stored.digest}"`
      reply.headers({ etag, 'cache-control': caching })
      if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send()
      reply.type(type).header('content-length', stored.size)
      return request.method === 'HEAD' ? reply.send() : reply.send((await catalog.open('', file)).body)
    }
  })
}

function contentType (file: string): string | undefined {
  if (file.endsWith('.tgz')) return 'application/x-tar'
  return file.endsWith('.tgz.prov') ? 'application/pgp-signature' : undefined
}
