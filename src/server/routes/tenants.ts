import type { FastifyInstance } from 'fastify'
import { isAtDepth } from '../../catalog/store-files.js'
import { RequestError } from '../errors.js'
import type { ServerOptions } from '../options.js'

/**
 * GET, HEAD and DELETE /api/tenants: the repositories that have charts (or only the one named), and the removal of one with all that it has. Which one stands in
 * the query, where it can be taken for no path: `?name=org1/repoa`, at depth 0 `?name=`.
 */
export function tenantRoutes (app: FastifyInstance, { catalog, deletion, paths }: ServerOptions): void {
  const depth = paths.dynamic ? 'any' : paths.depth
  app.route<{ Querystring: { name?: unknown } }>({
    method: ['GET', 'HEAD'],
    url: '/api/tenants',
    config: { action: 'pull', tenantless: true },
    handler: async request => {
      const all = Array.from(await catalog.countsByTenant(), ([name, counts]) => ({ name, ...counts }))
      // Who asks with a name was only asked whether that one may be read; who asks for all need not know of those that he may not read, or that no path
      // leads to: the server had another depth once.
      const named = request.tenant !== '' || 'name' in request.query
      return named ? all.filter(({ name }) => name === request.tenant) : all.filter(({ name }) => isAtDepth(name, depth) && request.permits({ action: 'pull', tenant: name }))
    }
  })
  if (!deletion) return
  app.delete<{ Querystring: { name?: unknown } }>('/api/tenants', { config: { action: 'push' } }, async request => {
    if (typeof request.query.name !== 'string') throw new RequestError('bad-request', 'name is missing: which repository is to be deleted')
    const known = (await catalog.tenants()).includes(request.tenant)
    const removed = await catalog.removeTenant(request.tenant)
    if (!known && removed.versions === 0) throw new RequestError('not-found', 'repository not found')
    return { deleted: true, ...removed }
  })
}
