import type { OutgoingHttpHeaders } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FoundFile, OpenFile, StoredFile } from '../../catalog/catalog.js'
import { CatalogError } from '../../catalog/errors.js'
import type { Range } from '../conditions.js'
import { matches, rangeOf } from '../conditions.js'
import type { ServerOptions } from '../options.js'

/** GET and HEAD /charts/FILE: an archive or its provenance file, as uploaded, whole or in part. */
export function chartFileRoutes (app: FastifyInstance, options: ServerOptions): void {
  const caching = cachingOf(options)
  app.route<{ Params: { filename: string } }>({
    method: ['GET', 'HEAD'],
    url: '/charts/:filename',
    config: { action: 'pull' },
    handler: async (request, reply) => {
      const { filename } = request.params
      const type = contentType(filename)
      if (type === undefined) throw new CatalogError('file-not-found', 'unsupported file extension')
      const found = await options.catalog.find(request.tenant, filename)
      reply.header('cache-control', caching).header('accept-ranges', 'bytes')
      if (matches(request.headers['if-none-match'], tagOf(found.info))) return reply.code(304).header('etag', tagOf(found.info)).send()
      reply.type(type)
      return request.method === 'HEAD' ? reply.headers(headersOf(found.info)).send() : await sendWanted(request, reply, found)
    }
  })
}

async function sendWanted ({ headers }: FastifyRequest, reply: FastifyReply, found: FoundFile): Promise<FastifyReply> {
  const range = rangeOf(headers, { etag: tagOf(found.info), size: found.info.size })
  if (range !== 'unsatisfiable') return await send(reply, found, range)
  return reply.code(416).header('content-range', `bytes */${found.info.size}`).type('application/json; charset=utf-8').send({ error: 'the range is not within the file' })
}

async function send (reply: FastifyReply, found: FoundFile, range: Range | undefined): Promise<FastifyReply> {
  // What is sent is told by what was opened: the file may have been overwritten since it was looked up.
  const opened = found.open(range)
  const { info, body } = opened instanceof Promise ? await opened : opened
  if (range === undefined) return sendBody(reply.header('etag', tagOf(info)).header('content-length', info.size), body)
  if (info.digest === found.info.digest) {
    const { start, end } = range
    return sendBody(reply.code(206).headers({ etag: tagOf(info), 'content-length': end - start + 1, 'content-range': `bytes ${start}-${end}/${info.size}` }), body)
  }
  if (typeof body !== 'string') body.destroy()
  return await send(reply, found, undefined)
}

/** Sends a stream, or a text of Latin-1, which Fastify would take for one of UTF-8: Node writes it with the headers in one go. */
function sendBody (reply: FastifyReply, body: OpenFile['body']): FastifyReply {
  if (typeof body !== 'string') return reply.send(body)
  reply.hijack()
  // Fastify's type allows for numbers where Node's does not; these are our own.
  reply.raw.writeHead(reply.statusCode, reply.getHeaders() as OutgoingHttpHeaders).end(body, 'latin1')
  return reply
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
