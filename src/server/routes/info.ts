import type { FastifyInstance } from 'fastify'
import type { ServerOptions } from '../options.js'
import { RequestError } from '../errors.js'

/**
 * GET and HEAD /info, /health and /ready: which version runs; that the process lives; that database and storage answer.
 * /health stays true while a store is away, so that nobody restarts a server that a restart cannot help.
 */
export function infoRoutes (app: FastifyInstance, { catalog, version }: ServerOptions): void {
  const method = ['GET', 'HEAD'] as const
  const config = { action: 'none', tenantless: true } as const
  app.route({ method: [...method], url: '/info', config, handler: async () => ({ version }) })
  app.route({ method: [...method], url: '/health', config, handler: async () => ({ healthy: true }) })
  app.route({
    method: [...method],
    url: '/ready',
    config,
    handler: async request => {
      try {
        await catalog.check()
      } catch (error) {
        request.log.error({ err: error }, 'Not ready')
        throw new RequestError('not-ready', 'database or storage does not answer', { cause: error })
      }
      return { ready: true }
    }
  })
}
