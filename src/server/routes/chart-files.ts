import type { FastifyInstance } from 'fastify'
import type { StoredFile } from '../../catalog/catalog.js'
import { CatalogError } from '../../catalog/errors.js'
import type { ServerOptions } from '../options.js'
import { matches } from './index-file.js'

/** GET and HEAD /charts/FILE: an archive or its provenance file, as uploaded. */
export function chartFileRoutes (app: FastifyInstance, { catalog, allowOverwrite, allowForce }: ServerOptions): void {
  // A version that nobody may overwrite never changes under its URL.
  const caching = allowOverwrite || allowForce ? 'no-cache' : 'public, max-age=31536000, immutable'
  app.route<{ Params: { filename: string } }>({
    method: ['GET', 'HEAD'],
    url: '/charts/:filename',
    config: { action: 'pull' },
    handler: async (request, reply) => {
      const { filename: file } = request.params
      const type = contentType(file)
      if (type === undefined) throw new CatalogError('file-not-found', 'unsupported file extension')
      const stored = await catalog.stat(request.tenant, file)
      reply.header('cache-control', caching)
      if (matches(request.headers['if-none-match'], tagOf(stored))) return reply.code(304).header('etag', tagOf(stored)).send()
      reply.type(type)
      if (request.method === 'HEAD') return reply.headers(headersOf(stored)).send()
      // What is sent is told by what was opened: the file may have been overwritten since it was looked up.
      const { info, body } = await catalog.open(request.tenant, file)
      return reply.headers(headersOf(info)).send(body)
    }
  })
}

function headersOf (file: StoredFile): Record<string, string | number> {
  return { etag: tagOf(file), 'content-length': file.size }
}

function tagOf ({ digest }: StoredFile): string {
  return `"${digest}"`
}

function contentType (file: string): string | undefined {
  if (file.endsWith('.tgz')) return 'application/x-tar'
  return file.endsWith('.tgz.prov') ? 'application/pgp-signature' : undefined
}
