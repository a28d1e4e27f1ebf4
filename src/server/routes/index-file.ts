import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ServerOptions } from '../options.js'

/**
 * GET and HEAD /index.yaml: the index, written fragment after fragment. The body is JSON (which is YAML too, and which Helm reads four times
 * faster) for Helm's own client and for who asks for it, YAML for all others; the entity tag is the tenant's revision.
 */
export function indexRoutes (app: FastifyInstance, { catalog, jsonIndex }: ServerOptions): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/index.yaml',
    config: { action: 'pull' },
    handler: async (request, reply) => {
      const index = await catalog.index(request.tenant)
      const json = jsonIndex || wantsJson(request)
      const etag = `"${index.etag}-${json ? 'json' : 'yaml'}"`
      reply.headers({ etag, 'cache-control': 'no-cache', vary: 'accept, user-agent' })
      if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send()
      reply.type('application/x-yaml').header('content-length', json ? index.jsonLength : index.yamlLength)
      return send(request, reply, json ? index.json() : index.yaml())
    }
  })
}

function send (request: FastifyRequest, reply: FastifyReply, fragments: Iterable<Uint8Array>): FastifyReply {
  return request.method === 'HEAD' ? reply.send() : reply.send(Readable.from(fragments, { objectMode: false }))
}

function wantsJson (request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? ''
  if (accept.includes('yaml')) return false
  return accept.includes('application/json') || (request.headers['user-agent'] ?? '').startsWith('Helm/')
}

/**
 * Whether an `If-None-Match` header names the entity (RFC 9110, 13.1.2: a list of tags or `*`, compared weakly).
 *
 * @param header the client's header
 * @param etag the entity's tag, in quotes
 */
export function matches (header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.split(',').map(tag => tag.trim().replace(/^W\//, '')).some(tag => tag === etag || tag === '*')
}
