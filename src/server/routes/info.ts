import type { FastifyInstance } from 'fastify'
import type { ServerOptions } from '../options.js'
import { RequestError } from '../errors.js'

/**
 * GET and HEAD /info, /health and /ready: which version runs; that the process lives; that database and storage can be read, or which of them cannot.
 * /health stays true while a store is away, so that nobody restarts a server that a restart cannot help. /ready stays true while a store cannot be
 * written: a server out of service could not even serve what is there.
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
      const silent = await catalog.check()
      for (const { part, reason } of silent) request.log.error({ err: reason }, `Not ready: the ${part} does not answer`)
      if (silent.length > 0) throw new RequestError('not-ready', `${silent.map(({ part }) => part).join(' and ')} ${silent.length === 1 ? 'does' : 'do'} not answer`)
      return { ready: true }
    }
  })
}
