import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { StoredFile } from '../../catalog/catalog.js'
import { CatalogError } from '../../catalog/errors.js'
import type { ServerOptions } from '../options.js'
import type { Range } from '../range.js'
import { parseRange } from '../range.js'
import { matches } from './index-file.js'

/** GET and HEAD /charts/FILE: an archive or its provenance file, as uploaded, whole or in part. */
export function chartFileRoutes (app: FastifyInstance, options: ServerOptions): void {
  const { catalog } = options
  const caching = cachingOf(options)
  app.route<{ Params: { filename: string } }>({
    method: ['GET', 'HEAD'],
    url: '/charts/:filename',
    config: { action: 'pull' },
    handler: async (request, reply) => {
      const { filename: file } = request.params
      const type = contentType(file)
      if (type === undefined) throw new CatalogError('file-not-found', 'unsupported file extension')
      const stored = await catalog.stat(request.tenant, file)
      reply.headers({ 'cache-control': caching, 'accept-ranges': 'bytes' })
      if (matches(request.headers['if-none-match'], tagOf(stored))) return reply.code(304).header('etag', tagOf(stored)).send()
      reply.type(type)
      if (request.method === 'HEAD') return reply.headers(headersOf(stored)).send()
      const range = rangeOf(request, stored)
      if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${stored.size}`).type('application/json; charset=utf-8').send({ error: 'the range is not within the file' })
      return await send(reply, { catalog, tenant: request.tenant, stored, range })
    }
  })
}

interface Sending extends Pick<ServerOptions, 'catalog'> {
  readonly tenant: string
  readonly stored: StoredFile
  readonly range: Range | undefined
}

async function send (reply: FastifyReply, { catalog, tenant, stored, range }: Sending): Promise<FastifyReply> {
  // What is sent is told by what was opened: the file may have been overwritten since it was looked up.
  const { info, body } = await catalog.open(tenant, stored.fileName, range)
  if (range === undefined) return reply.headers(headersOf(info)).send(body)
  if (info.digest === stored.digest) {
    const { start, end } = range
    return reply.code(206).headers({ etag: tagOf(info), 'content-length': end - start + 1, 'content-range': `bytes ${start}-${end}/${info.size}` }).send(body)
  }
  body.destroy()
  return await send(reply, { catalog, tenant, stored, range: undefined })
}

/** The part that is asked for, unless that was one of another file (RFC 9110, 13.1.5). */
function rangeOf ({ headers }: FastifyRequest, stored: StoredFile): Range | 'unsatisfiable' | undefined {
  const condition = headers['if-range']
  return condition === undefined || condition === tagOf(stored) ? parseRange(headers.range, stored.size) : undefined
}

/** A version that nobody may overwrite never changes under its URL; what not everybody may read is for no cache that several share. */
function cachingOf ({ allowOverwrite, allowForce, access }: ServerOptions): string {
  if (allowOverwrite || allowForce) return 'no-cache'
  const free = access?.permits({ kind: 'anonymous' }, { action: 'pull', tenant: '' }) ?? true
  return `${free ? 'public' : 'private'}, max-age=31536000, immutable`
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
