import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { formatDuration } from '../../go/time.js'

/** What is logged, and how. */
export interface LogOptions {
  /** Whether answers 200 to /health and /ready are logged too. */
  readonly health: boolean
  /** Whether latencies are whole numbers of nanoseconds, rather than texts such as `1.5ms`. */
  readonly latencyInteger: boolean
}

/**
 * Logs each request once it is answered, with ChartMuseum's field names, and returns its id to the client.
 *
 */
export function logRequests (app: FastifyInstance, options: LogOptions): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    if (isProbe(request) && reply.statusCode === 200 && !options.health) return
    const level = reply.statusCode >= 500 ? 'error' : reply.statusCode >= 400 ? 'warn' : 'info'
    request.log[level]({
      path: pathOf(request),
      clientIP: request.ip,
      method: request.method,
      ...(request.subject !== '' && { subject: request.subject }),
      statusCode: reply.statusCode,
      latency: latencyOf(reply, options.latencyInteger)
    }, 'Request served')
  })
}

/**
 * The id of a request: the client's own `X-Request-Id` where it is harmless to log and echo, otherwise a fresh one.
 *
 * @param given the client's header
 * @param fresh makes a new id
 */
export function requestIdOf (given: string | string[] | undefined, fresh: () => string): string {
  return typeof given === 'string' && /^[\w.:/+=-]{1,128}$/.test(given) ? given : fresh()
}

function latencyOf (reply: FastifyReply, integer: boolean): number | string {
  const nanoseconds = Math.round(reply.elapsedTime * 1_000_000)
  return integer ? nanoseconds : formatDuration(BigInt(nanoseconds))
}

function isProbe (request: FastifyRequest): boolean {
  return ['/health', '/ready'].includes(request.routeOptions.url ?? '')
}

function pathOf (request: FastifyRequest): string {
  return request.originalUrl.split('?', 1)[0] ?? ''
}
