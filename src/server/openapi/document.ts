import type { PathOptions } from '../path.js'
import type { Content, JsonSchema, Operation } from './operations.js'

/** What the document depends on beside the operations. */
export interface DocumentOptions {
  readonly version: string
  readonly paths: PathOptions
}

type Json = Readonly<Record<string, unknown>>

const strings = { type: 'array', items: { type: 'string' } }

const schemas: Readonly<Record<string, JsonSchema>> = {
  Error: { type: 'object', properties: { error: { type: 'string' } }, required: ['error'] },
  ChartVersion: {
    type: 'object',
    description: 'an entry of the index: what is not empty in Chart.yaml, and urls, created and digest',
    properties: {
      name: { type: 'string' },
      version: { type: 'string' },
      apiVersion: { type: 'string' },
      appVersion: { type: 'string' },
      description: { type: 'string' },
      home: { type: 'string' },
      icon: { type: 'string' },
      type: { enum: ['application', 'library'] },
      kubeVersion: { type: 'string' },
      deprecated: { type: 'boolean' },
      keywords: strings,
      sources: strings,
      maintainers: { type: 'array', items: { type: 'object' } },
      dependencies: { type: 'array', items: { type: 'object' } },
      annotations: { type: 'object', additionalProperties: { type: 'string' } },
      urls: strings,
      created: { type: 'string', format: 'date-time' },
      digest: { type: 'string', description: 'SHA-256 of the archive, in hex' }
    },
    required: ['name', 'version', 'urls', 'created', 'digest']
  },
  ChartContent: {
    type: 'object',
    properties: {
      templates: { type: ['array', 'null'], items: { type: 'object', properties: { name: { type: 'string' }, data: { type: 'string', contentEncoding: 'base64' } } } },
      values: { type: ['object', 'null'] }
    }
  },
  Tenant: { type: 'object', properties: { name: { type: 'string' }, charts: { type: 'integer' }, versions: { type: 'integer' } } }
}

const descriptions: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'saved: durable, and visible to all from now on',
  206: 'the part that was asked for',
  304: 'the client has it already',
  400: 'the request cannot be understood, or what it carries is not valid',
  401: 'who asks may not',
  404: 'not found',
  409: 'it is there already',
  413: 'too large',
  416: 'the file is not that large',
  500: 'the server failed',
  503: 'not ready',
  507: 'no room is left'
}

/**
 * The OpenAPI 3.1 document of a server.
 *
 * @param operations the routes that it has
 */
export function openApiDocument (operations: readonly Operation[], { version, paths }: DocumentOptions): Json {
  const items: Record<string, Record<string, Json>> = {}
  for (const operation of operations) {
    const item = items[pathOf(operation, paths)] ??= {}
    item[operation.method.toLowerCase()] = operationObject(operation, paths)
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Portolan', version, description: 'A chart repository with the routes of ChartMuseum' },
    servers: [{ url: paths.contextPath === '' ? '/' : paths.contextPath }],
    paths: items,
    components: { schemas, securitySchemes: { basic: { type: 'http', scheme: 'basic' }, bearer: { type: 'http', scheme: 'bearer' } } }
  }
}

function operationObject ({ summary, open, query = [], body, answers, errors = [], ...operation }: Operation, paths: PathOptions): Json {
  const names = [...pathOf(operation, paths).matchAll(/\{([^}]+)\}/g)].map(match => match[1] ?? '')
  const failures = [400, ...(open === true ? [] : [401]), 404, 500, ...errors]
  return {
    summary,
    security: open === true ? [] : [{}, { basic: [] }, { bearer: [] }],
    parameters: [
      ...names.map(name => ({ name, in: 'path', required: true, schema: { type: 'string' }, ...(name === 'tenant' && { description: 'any number of segments, with / between them' }) })),
      ...query.map(parameter => ({ ...parameter, in: 'query' }))
    ],
    ...(body !== undefined && { requestBody: { required: true, content: contentOf(body) } }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, content]) => [status, { description: descriptions[Number(status)], ...(content !== null && { content: contentOf(content) }) }])),
      ...Object.fromEntries(failures.map(status => [status, { description: descriptions[status], ...(operation.method !== 'HEAD' && { content: contentOf({ 'application/json': { $ref: '#/components/schemas/Error' } }) }) }]))
    }
  }
}

function contentOf (content: Content): Json {
  return Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema }]))
}

/** The path as clients write it below the context path: with the repository's segments in it, and parameters in braces. */
function pathOf ({ path, tenantless }: Pick<Operation, 'path' | 'tenantless'>, paths: PathOptions): string {
  const template = path.replace(/:(\w+)/g, '{$1}')
  const tenant = tenantless === true ? '' : tenantPath(paths)
  return template.startsWith('/api/') ? `/api${tenant}${template.slice(4)}` : tenant + template
}

function tenantPath ({ depth, dynamic }: PathOptions): string {
  if (dynamic) return '/{tenant}'
  return Array.from({ length: depth }, (_, at) => `/{tenant${at + 1}}`).join('')
}
