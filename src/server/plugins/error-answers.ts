import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AccessErrorCode } from '../../access/errors.js'
import { AccessError } from '../../access/errors.js'
import type { CatalogErrorCode } from '../../catalog/errors.js'
import { CatalogError } from '../../catalog/errors.js'
import type { RequestErrorCode } from '../errors.js'
import { RequestError } from '../errors.js'

/** The status of each thing that can go wrong (ChartMuseum's meanings; where it calls a storage failure 404, ours says 500). */
const statuses: Readonly<Record<CatalogErrorCode | RequestErrorCode | AccessErrorCode, number>> = {
  'chart-not-found': 404,
  'version-not-found': 404,
  'file-not-found': 404,
  'not-found': 404,
  'already-exists': 409,
  'invalid-chart': 400,
  'invalid-provenance': 400,
  'invalid-name': 400,
  'bad-request': 400,
  'limit-reached': 507,
  timeout: 408,
  'too-large': 413,
  'not-ready': 503,
  busy: 503,
  'keys-unavailable': 503,
  'invalid-file': 500,
  'invalid-expression': 500,
  'storage-full': 507,
  'storage-failed': 500
}

/**
 * Gives every failure its answer: a status and `{"error": text}`. A fault of ours is logged whole and told in general words,
 * so that no path or driver text leaves the house.
 */
export function answerErrors (app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => {
    const { status, error } = request.refusal ?? { status: 404, error: 'not found' }
    return reply.code(status).send({ error })
  })
  app.setErrorHandler((error: FastifyError, request, reply) => answer(error, request, reply))
}

async function answer (error: FastifyError, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const status = statusOf(error)
  // What is left of a body that is too large is not read: the connection cannot be used again.
  if (status === 413) reply.header('connection', 'close')
  // Of any other it is, and thrown away, as Node does with bodies that nobody has begun to read: its client may read answers only when it has sent
  // all, and send its next request after it.
  else request.raw.unpipe().resume()
  if (status < 500 || status === 503 || isForClient(error)) return reply.code(status).send({ error: status === 413 ? 'request too large' : error.message })
  request.log.error({ err: error }, 'Request failed')
  return reply.code(status).send({ error: status === 507 ? 'the storage is full' : 'internal server error' })
}

/** A limit that was set on purpose is no fault, whatever its status. */
function isForClient (error: FastifyError): boolean {
  return error instanceof CatalogError && error.code === 'limit-reached'
}

function statusOf (error: FastifyError): number {
  if (error instanceof CatalogError || error instanceof RequestError || error instanceof AccessError) return statuses[error.code]
  return error.statusCode ?? 500
}
