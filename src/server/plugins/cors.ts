import type { FastifyInstance } from 'fastify'

/**
 * Lets pages of other origins read what /api answers, as ChartMuseum does: one header, the value as configured, set once access is decided.
 *
 * @param origin the value of Access-Control-Allow-Origin
 */
export function allowOrigin (app: FastifyInstance, origin: string): void {
  app.addHook('preHandler', async (request, reply) => {
    if (request.routeOptions.url?.startsWith('/api/') === true) reply.header('access-control-allow-origin', origin)
  })
}
