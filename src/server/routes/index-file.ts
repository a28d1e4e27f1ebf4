import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { IndexForm, IndexView } from '../../catalog/catalog.js'
import type { Range } from '../conditions.js'
import { acceptsGzip, matches, rangeOf } from '../conditions.js'
import type { ServerOptions } from '../options.js'
import { paced } from '../paced.js'

/** The smallest document that is worth compressing, in bytes. */
const worthCompressing = 1024

/**
 * GET and HEAD /index.yaml: the index, written block after block. The body is JSON (which is YAML too, and which Helm reads four times
 * faster) for Helm's own client and for who asks for it, YAML for all others; the entity tag is the tenant's revision, the form and the coding.
 */
export function indexRoutes (app: FastifyInstance, { catalog, jsonIndex }: ServerOptions): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/index.yaml',
    config: { action: 'pull' },
    handler: async (request, reply) => {
      const form = jsonIndex || wantsJson(request) ? 'json' : 'yaml'
      const index = await catalog.index(request.tenant, form)
      const gzip = index.length >= worthCompressing && request.headers.range === undefined && acceptsGzip(request.headers['accept-encoding'])
      const etag = tagOf(index, form, gzip)
      reply.headers({ etag, 'cache-control': 'no-cache', vary: 'accept, accept-encoding, user-agent', 'accept-ranges': 'bytes' })
      if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send()
      reply.type('application/x-yaml')
      if (gzip) return sendCompressed(request, reply, index)
      const range = request.method === 'HEAD' ? undefined : rangeOf(request.headers, { etag, size: index.length })
      if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${index.length}`).type('application/json; charset=utf-8').send({ error: 'the range is not within the index' })
      if (range !== undefined) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${index.length}`)
      return send(request, reply, { index, range })
    }
  })
}

/** A part of one coding must not be put beside a part of another: each has a tag of its own. */
function tagOf ({ etag }: IndexView, form: IndexForm, gzip: boolean): string {
  return `"${etag}-${form}${gzip ? '-gzip' : ''}"`
}

/** How long it is, nobody knows before all of it is compressed. */
function sendCompressed (request: FastifyRequest, reply: FastifyReply, index: IndexView): FastifyReply {
  reply.header('content-encoding', 'gzip')
  return request.method === 'HEAD' ? reply.send() : reply.send(Readable.from(index.gzip(), { objectMode: false }))
}

function send (request: FastifyRequest, reply: FastifyReply, { index, range }: { readonly index: IndexView, readonly range: Range | undefined }): FastifyReply {
  const { start, end } = range ?? { start: 0, end: index.length - 1 }
  reply.header('content-length', end - start + 1)
  if (request.method === 'HEAD') return reply.send()
  return sendParts(reply, index.parts(range))
}

/**
 * Sends bytes that are in memory: at once where they are in one piece, as a stream otherwise.
 *
 * @param parts see `IndexView`
 */
function sendParts (reply: FastifyReply, parts: Iterable<Uint8Array>): FastifyReply {
  return reply.send(Array.isArray(parts) && parts.length === 1 ? parts[0] : paced(parts))
}

function wantsJson (request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? ''
  if (accept.includes('yaml')) return false
  return accept.includes('application/json') || (request.headers['user-agent'] ?? '').startsWith('Helm/')
}
