/** A route as the OpenAPI document tells of it. */
export interface Operation {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'DELETE'
  /** The router's template. */
  readonly path: string
  readonly summary: string
  /** Whether the route belongs to the server as a whole, rather than to a repository. */
  readonly tenantless?: true
  /** Whether anybody may ask, whoever they are. */
  readonly open?: true
  readonly query?: readonly QueryParameter[]
  readonly body?: Content
  /** What it answers when all is well, by status. */
  readonly answers: Readonly<Record<number, Content | null>>
  /** The statuses of `{"error": …}` that it may answer, besides 400 (a malformed path), 401 (no access), 404 (no such route) and 500. */
  readonly errors?: readonly number[]
}

export interface QueryParameter {
  readonly name: string
  readonly description: string
  readonly schema: JsonSchema
  readonly required?: true
}

/** What a body is: a schema by media type. */
export type Content = Readonly<Record<string, JsonSchema>>

export type JsonSchema = Readonly<Record<string, unknown>>

const bytes: JsonSchema = { type: 'string', format: 'binary' }
const saved: Content = { 'application/json': { type: 'object', properties: { saved: { const: true } }, required: ['saved'] } }
const deleted: Content = { 'application/json': { type: 'object', properties: { deleted: { const: true } }, required: ['deleted'] } }
const version: JsonSchema = { $ref: '#/components/schemas/ChartVersion' }
const versions: JsonSchema = { type: 'array', items: version }
const index: Content = { 'application/x-yaml': { description: 'Helm\'s index.yaml; as JSON, which is YAML, for Helm\'s own client and for who accepts application/json' } }
const force: QueryParameter = { name: 'force', description: 'overwrite what is there: counts by being there, whatever its value', schema: { type: 'string' } }
const form: JsonSchema = {
  type: 'object',
  description: 'either file or both',
  properties: { chart: { ...bytes, description: 'the archive' }, prov: { ...bytes, description: 'its provenance file' } }
}

/** GET, and HEAD, which answers the same without a body. */
function readable (operation: Omit<Operation, 'method'>): Operation[] {
  const answers = Object.fromEntries(Object.keys(operation.answers).map(status => [status, null]))
  return [{ method: 'GET', ...operation }, { method: 'HEAD', ...operation, answers }]
}

/** Every route of the server that belongs to its API, the page's own files excepted. test/server/openapi holds it against the routes that there are. */
export const operations: readonly Operation[] = [
  ...readable({ path: '/info', summary: 'The server\'s version', tenantless: true, open: true, answers: { 200: { 'application/json': { type: 'object', properties: { version: { type: 'string' } } } } } }),
  ...readable({ path: '/health', summary: 'Whether the process lives', tenantless: true, open: true, answers: { 200: { 'application/json': { type: 'object', properties: { healthy: { const: true } } } } } }),
  ...readable({ path: '/ready', summary: 'Whether database and storage answer', tenantless: true, open: true, answers: { 200: { 'application/json': { type: 'object', properties: { ready: { const: true } } } } }, errors: [503] }),
  ...readable({ path: '/metrics', summary: 'Prometheus metrics; at the root, whatever the context path', tenantless: true, open: true, answers: { 200: { 'text/plain': { type: 'string' } } } }),
  ...readable({ path: '/', summary: 'The web page', tenantless: true, answers: { 200: { 'text/html': { type: 'string' } } } }),
  ...readable({ path: '/index.yaml', summary: 'The index of a repository; an empty one where nothing was published', answers: { 200: index, 304: null } }),
  ...readable({
    path: '/charts/:filename',
    summary: 'An archive (.tgz) or a provenance file (.tgz.prov)',
    answers: { 200: { 'application/x-tar': bytes, 'application/pgp-signature': { type: 'string' } }, 206: { 'application/x-tar': bytes }, 304: null },
    errors: [416]
  }),
  ...readable({ path: '/artifacthub-repo.yml', summary: 'The repository\'s ID at Artifact Hub', answers: { 200: { 'application/x-yaml': { type: 'object', properties: { repositoryID: { type: 'string' } } } } } }),
  ...readable({
    path: '/api/charts',
    summary: 'Charts by name, each with its versions, the newest first',
    query: [
      { name: 'offset', description: 'how many names to pass over', schema: { type: 'integer', minimum: 0 } },
      { name: 'limit', description: 'how many names to give', schema: { type: 'integer', minimum: 1 } }
    ],
    answers: { 200: { 'application/json': { type: 'object', additionalProperties: versions } } }
  }),
  ...readable({ path: '/api/charts/:name', summary: 'The versions of a chart, the newest first', answers: { 200: { 'application/json': versions } } }),
  ...readable({ path: '/api/charts/:name/:version', summary: 'One version: by its own name, as `latest`, or the highest that meets a constraint', answers: { 200: { 'application/json': version } } }),
  ...readable({ path: '/api/charts/:name/:version/values', summary: 'The values.yaml of a version', answers: { 200: { 'application/yaml': { type: 'string' } } } }),
  ...readable({
    path: '/api/charts/:name/:version/templates',
    summary: 'The templates of a version, in base64, and its values',
    answers: { 200: { 'application/json': { $ref: '#/components/schemas/ChartContent' } } }
  }),
  {
    method: 'POST',
    path: '/api/charts',
    summary: 'Publishes an archive, as body or in a form; a form may also carry its provenance file',
    query: [force],
    body: { 'multipart/form-data': form, 'application/octet-stream': bytes },
    answers: { 201: saved },
    errors: [409, 413, 507]
  },
  { method: 'POST', path: '/api/prov', summary: 'Publishes a provenance file', query: [force], body: { 'application/octet-stream': bytes }, answers: { 201: saved }, errors: [409, 413, 507] },
  { method: 'DELETE', path: '/api/charts/:name', summary: 'Removes all versions of a chart, and their provenance files', answers: { 200: deleted } },
  { method: 'DELETE', path: '/api/charts/:name/:version', summary: 'Removes a version, and its provenance file', answers: { 200: deleted } },
  ...readable({ path: '/api/tenants', summary: 'The repositories that have charts', tenantless: true, query: [{ name: 'name', description: 'only this one', schema: { type: 'string' } }], answers: { 200: { 'application/json': { type: 'array', items: { $ref: '#/components/schemas/Tenant' } } } } }),
  {
    method: 'DELETE',
    path: '/api/tenants',
    summary: 'Removes a repository with all that it has',
    tenantless: true,
    query: [{ name: 'name', description: 'the repository, such as org1/repoa; empty at depth 0', schema: { type: 'string' }, required: true }],
    answers: { 200: { 'application/json': { type: 'object', properties: { deleted: { const: true }, charts: { type: 'integer' }, versions: { type: 'integer' } } } } }
  },
  ...readable({ path: '/api/openapi.json', summary: 'This document', tenantless: true, answers: { 200: { 'application/json': { type: 'object' } } } })
]
