import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Counter, Gauge, Histogram, Registry, Summary, collectDefaultMetrics } from 'prom-client'
import type { Catalog, Counts } from '../../catalog/catalog.js'
import type { ServerOptions } from '../options.js'

/**
 * Measures requests and charts under ChartMuseum's names and serves them at /metrics. Labels are bounded: a request counts under its
 * route's template, never under what a client wrote.
 *
 * @param options `catalog` for the numbers of charts; `storeMetrics` for what the store counts
 */
export function measure (app: FastifyInstance, { catalog, storeMetrics }: Pick<ServerOptions, 'catalog' | 'storeMetrics'>): void {
  const registry = storeMetrics?.registry ?? new Registry()
  collectDefaultMetrics({ register: registry })
  countCharts(registry, catalog)
  const requests = new Counter({ name: 'chartmuseum_requests_total', help: 'Requests answered.', labelNames: ['code', 'method', 'url'], registers: [registry] })
  const duration = new Histogram({ name: 'chartmuseum_request_duration_seconds', help: 'Seconds from a request to the end of its answer.', labelNames: ['code', 'method', 'url'], registers: [registry] })
  const received = new Summary({ name: 'chartmuseum_request_size_bytes', help: 'Bytes of request bodies.', percentiles: [], registers: [registry] })
  const sent = new Summary({ name: 'chartmuseum_response_size_bytes', help: 'Bytes of response bodies.', percentiles: [], registers: [registry] })

  app.addHook('onResponse', async (request, reply) => {
    const labels = { code: String(reply.statusCode), method: request.method, url: routeOf(request) }
    requests.inc(labels)
    duration.observe(labels, reply.elapsedTime / 1000)
    received.observe(lengthOf(request.headers['content-length']))
    sent.observe(lengthOf(reply.getHeader('content-length')))
  })
  app.route({
    method: ['GET', 'HEAD'],
    url: '/metrics',
    config: { action: 'none', tenantless: true },
    handler: async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics())
  })
}

/** The numbers of charts and versions, counted when they are asked for. */
function countCharts (registry: Registry, catalog: Catalog): void {
  const gauge = (name: string, help: string, what: keyof Counts): Gauge => new Gauge({
    name,
    help,
    labelNames: ['repo'],
    registers: [registry],
    async collect () {
      this.reset()
      for (const [repo, counts] of await catalog.countsByTenant()) this.set({ repo }, counts[what])
    }
  })
  gauge('chartmuseum_charts_served_total', 'Charts in the index.', 'charts')
  gauge('chartmuseum_chart_versions_served_total', 'Chart versions in the index.', 'versions')
}

/** The route's template, with ChartMuseum's `:repo` in it where the path had a tenant. */
function routeOf ({ tenant, routeOptions: { url = 'none' } }: FastifyRequest): string {
  if (tenant === '' || url === 'none') return url
  return url.startsWith('/api/') ? `/api/:repo${url.slice(4)}` : `/:repo${url}`
}

function lengthOf (header: unknown): number {
  const length = Number(header)
  return Number.isFinite(length) ? length : 0
}
