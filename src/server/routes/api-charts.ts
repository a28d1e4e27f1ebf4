import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ChartVersionRecord } from '../../catalog/catalog.js'
import type { Page } from '../../catalog/index-view.js'
import { readArchive } from '../../chart/archive.js'
import { loadFiles } from '../../chart/load-files.js'
import { marshalJson } from '../../go/json.js'
import { RequestError } from '../errors.js'
import type { ServerOptions } from '../options.js'
import { paced } from '../paced.js'

interface ChartParams { readonly name: string }
interface VersionParams extends ChartParams { readonly version: string }
interface PageQuery { readonly offset?: string, readonly limit?: string }

const json = 'application/json; charset=utf-8'

/** GET, HEAD and DELETE under /api/charts: what the index knows of charts and versions, and the removal of a version or of all of them. */
export function apiChartRoutes (app: FastifyInstance, { catalog, deletion }: ServerOptions): void {
  const method = ['GET', 'HEAD'] as const

  app.route<{ Querystring: PageQuery }>({
    method: [...method],
    url: '/api/charts',
    config: { action: 'pull' },
    handler: async (request, reply) => {
      const page = pageOf(request.query)
      return reply.type(json).send(paced(await catalog.entries(request.tenant, page)))
    }
  })
  app.route<{ Params: ChartParams }>({
    method: [...method],
    url: '/api/charts/:name',
    config: { action: 'pull' },
    handler: async (request, reply) => reply.type(json).send(list(await catalog.versions(request.tenant, request.params.name)))
  })
  app.route<{ Params: VersionParams }>({
    method: [...method],
    url: '/api/charts/:name/:version',
    config: { action: 'pull' },
    handler: async (request, reply) => {
      const { name, version } = request.params
      return reply.type(json).send((await catalog.version(request.tenant, name, version)).json)
    }
  })
  contentRoutes(app, catalog)
  if (!deletion) return
  app.delete<{ Params: VersionParams }>('/api/charts/:name/:version', { config: { action: 'push' } }, async request => {
    await catalog.remove(request.tenant, request.params.name, request.params.version)
    return { deleted: true }
  })
  app.delete<{ Params: ChartParams }>('/api/charts/:name', { config: { action: 'push' } }, async request => {
    await catalog.removeChart(request.tenant, request.params.name)
    return { deleted: true }
  })
}

/** What an archive holds: its values.yaml as it stands, and its templates. */
function contentRoutes (app: FastifyInstance, catalog: ServerOptions['catalog']): void {
  const method = ['GET', 'HEAD'] as const
  const filesOf = async ({ tenant, params }: FastifyRequest<{ Params: VersionParams }>): Promise<Awaited<ReturnType<typeof readArchive>>> => {
    const record = await catalog.version(tenant, params.name, params.version)
    return await readArchive((await catalog.open(tenant, record.fileName)).body)
  }
  app.route<{ Params: VersionParams }>({
    method: [...method],
    url: '/api/charts/:name/:version/values',
    config: { action: 'pull' },
    handler: async (request, reply) => {
      const values = (await filesOf(request)).find(file => file.name === 'values.yaml')
      if (values === undefined) throw new RequestError('not-found', 'values.yaml not found')
      return reply.type('application/yaml').send(Buffer.from(values.data))
    }
  })
  app.route<{ Params: VersionParams }>({
    method: [...method],
    url: '/api/charts/:name/:version/templates',
    config: { action: 'pull' },
    handler: async (request, reply) => {
      const { templates, values } = loadFiles(await filesOf(request))
      const members = templates.map(({ name, data }) => `{"name":${JSON.stringify(name)},"data":"${Buffer.from(data).toString('base64')}"}`)
      const shown = values.size === 0 ? 'null' : marshalJson(values)
      return reply.type(json).send(`{"templates":${members.length === 0 ? 'null' : `[${members.join(',')}]`},"values":${shown}}`)
    }
  })
}

/** A JSON list of versions, each as it stands in the index. */
function list (versions: readonly ChartVersionRecord[]): string {
  return `[${versions.map(version => version.json).join(',')}]`
}

function pageOf ({ offset, limit }: PageQuery): Page {
  const start = offset === undefined ? 0 : wholeNumber(offset)
  if (start === undefined) throw new RequestError('bad-request', 'offset is not a valid non-negative integer')
  if (limit === undefined) return { offset: start }
  const count = wholeNumber(limit)
  if (count === undefined || count === 0) throw new RequestError('bad-request', 'limit is not a valid positive integer')
  return { offset: start, limit: count }
}

function wholeNumber (text: string): number | undefined {
  return /^\+?\d{1,15}$/.test(text) ? Number(text) : undefined
}
