import type { FastifyInstance, FastifyRequest } from 'fastify'

/**
 * Logs each request once it is answered, with ChartMuseum's field names, and returns its id to the client.
 *
 * @param options `health`: whether answers 200 to /health are logged too
 */
export function logRequests (app: FastifyInstance, options: { readonly health: boolean }): void {
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
      statusCode: reply.statusCode,
      latency: `${reply.elapsedTime.toFixed(3)}ms`
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

function isProbe (request: FastifyRequest): boolean {
  return ['/health', '/ready'].includes(request.routeOptions.url ?? '')
}

function pathOf (request: FastifyRequest): string {
  return request.originalUrl.split('?', 1)[0] ?? ''
}
