import type { FastifyInstance } from 'fastify'
import { Counter, Gauge, Histogram, Registry, Summary, collectDefaultMetrics } from 'prom-client'
import type { Catalog } from '../../catalog/catalog.js'

/**
 * Measures requests and charts under ChartMuseum's names and serves them at /metrics. Labels are bounded: a request counts under its
 * route's template, never under what a client wrote.
 *
 * @param catalog for the numbers of charts
 */
export function measure (app: FastifyInstance, catalog: Catalog): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  countCharts(registry, catalog)
  const requests = new Counter({ name: 'chartmuseum_requests_total', help: 'Requests answered.', labelNames: ['code', 'method', 'url'], registers: [registry] })
  const duration = new Histogram({ name: 'chartmuseum_request_duration_seconds', help: 'Seconds from a request to the end of its answer.', labelNames: ['code', 'method', 'url'], registers: [registry] })
  const received = new Summary({ name: 'chartmuseum_request_size_bytes', help: 'Bytes of request bodies.', percentiles: [], registers: [registry] })
  const sent = new Summary({ name: 'chartmuseum_response_size_bytes', help: 'Bytes of response bodies.', percentiles: [], registers: [registry] })

  app.addHook('onResponse', async (request, reply) => {
    const labels = { code: String(reply.statusCode), method: request.method, url: request.routeOptions.url ?? 'none' }
    requests.inc(labels)
    duration.observe(labels, reply.elapsedTime / 1000)
    received.observe(lengthOf(request.headers['content-length']))
    sent.observe(lengthOf(reply.getHeader('content-length')))
  })
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()))
}

/** The numbers of charts and versions, counted when they are asked for: the first of the two to be printed counts both. */
function countCharts (registry: Registry, catalog: Catalog): void {
  const charts = new Gauge({ name: 'chartmuseum_charts_served_total', help: 'Charts in the index.', labelNames: ['repo'], registers: [registry], collect })
  const versions = new Gauge({ name: 'chartmuseum_chart_versions_served_total', help: 'Chart versions in the index.', labelNames: ['repo'], registers: [registry] })
  async function collect (): Promise<void> {
    const counts = await catalog.counts('')
    charts.set({ repo: '' }, counts.charts)
    versions.set({ repo: '' }, counts.versions)
  }
}

function lengthOf (header: unknown): number {
  const length = Number(header)
  return Number.isFinite(length) ? length : 0
}
