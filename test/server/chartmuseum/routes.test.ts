import type { FastifyInstance } from 'fastify'
import t from 'tap'
import type { PathOptions } from '../../../src/server/path.js'
import { chartArchive } from '../../helpers/chart-archive.js'
import { provenance, testServer } from '../../helpers/test-server.js'
import type { Scope } from '../../helpers/test-server.js'

// ChartMuseum's table of routes, in every depth, with and without a context path. `{T}` is the tenant's segments with a slash before them.

const id = '1f2e3d4c-0000-4000-8000-000000000000'

interface Row {
  readonly method: string
  readonly path: string
  readonly status?: number
  readonly type: string
  readonly body?: string | RegExp
}

const json = 'application/json; charset=utf-8'

/** In this order: the last ones delete what the others need. */
const table: readonly Row[] = [
  { method: 'GET', path: '/info', type: json, body: '{"version":"0.0.0-test"}' },
  { method: 'GET', path: '/health', type: json, body: '{"healthy":true}' },
  { method: 'GET', path: '{T}/index.yaml', type: 'application/x-yaml', body: /^apiVersion: v1\nentries:\n {2}boat:\n/ },
  { method: 'GET', path: '{T}/charts/boat-0.1.0.tgz', type: 'application/x-tar' },
  { method: 'GET', path: '{T}/charts/boat-0.1.0.tgz.prov', type: 'application/pgp-signature', body: provenance('boat', '0.1.0') },
  { method: 'GET', path: '{T}/artifacthub-repo.yml', type: 'application/x-yaml', body: `repositoryID: ${id}\n` },
  { method: 'GET', path: '/api{T}/charts', type: json, body: /^\{"boat":\[\{"name":"boat","version":"0\.1\.0",/ },
  { method: 'GET', path: '/api{T}/charts/boat', type: json, body: /^\[\{"name":"boat","version":"0\.1\.0",/ },
  { method: 'GET', path: '/api{T}/charts/boat/0.1.0', type: json, body: /^\{"name":"boat","version":"0\.1\.0",/ },
  { method: 'GET', path: '/api{T}/charts/boat/0.1.0/templates', type: json, body: /^\{"templates":\[\{"name":"templates\/configmap\.yaml","data":"/ },
  { method: 'GET', path: '/api{T}/charts/boat/0.1.0/values', type: 'application/yaml', body: 'greeting: hello\n' },
  { method: 'GET', path: '/api/openapi.json', type: json, body: /^\{"openapi":"3\.1\.0",/ },
  { method: 'DELETE', path: '/api{T}/charts/boat/0.1.0', type: json, body: '{"deleted":true}' }
]

const layouts: ReadonlyArray<[tenant: string, paths: PathOptions]> = [
  ['', { contextPath: '', depth: 0, dynamic: false }],
  ['org1', { contextPath: '', depth: 1, dynamic: false }],
  ['api', { contextPath: '', depth: 1, dynamic: false }],
  ['org1/repoa', { contextPath: '', depth: 2, dynamic: false }],
  ['org1/team1/repoa', { contextPath: '', depth: 3, dynamic: false }],
  ['', { contextPath: '', depth: 0, dynamic: true }],
  ['org1', { contextPath: '', depth: 0, dynamic: true }],
  ['o/r/g/a/n', { contextPath: '', depth: 2, dynamic: true }],
  ['', { contextPath: '/ctx', depth: 0, dynamic: false }],
  ['org1/repoa', { contextPath: '/a/ctx', depth: 2, dynamic: false }]
]

for (const [tenant, paths] of layouts) {
  t.test(`depth ${paths.dynamic ? 'dynamic' : paths.depth}, tenant ${JSON.stringify(tenant)}, context path ${JSON.stringify(paths.contextPath)}`, async t => {
    const { app, catalog } = await testServer(t, { paths, artifactHubIds: new Map([[tenant, id]]) })
    const at = (path: string): string => paths.contextPath + path.replace('{T}', tenant === '' ? '' : `/${tenant}`)
    await fill(t, app, at)
    for (const { method, path, status = 200, type, body } of table) {
      if (method === 'GET') t.match(await app.inject({ method: 'HEAD', url: at(path) }), { statusCode: status, body: '' }, `HEAD ${at(path)}`)
      const answer = await app.inject({ method, url: at(path) })
      t.equal(answer.statusCode, status, `${method} ${at(path)}`)
      t.equal(answer.headers['content-type'], type)
      t.equal(answer.headers['x-request-id'], 'fresh-id')
      if (body !== undefined) t.match(answer.body, body)
    }
    t.strictSame(await catalog.tenants(), [], 'nothing is left, and nothing went elsewhere')
    t.equal((await app.inject('/metrics')).statusCode, 200, 'metrics stay at the root')
    if (paths.contextPath !== '') t.equal((await app.inject('/health')).statusCode, 404, 'everything else does not')
  })
}

async function fill (t: { equal (a: unknown, b: unknown): unknown }, app: FastifyInstance, at: (path: string) => string): Promise<void> {
  const archive = await chartArchive('boat', '0.1.0')
  const saved = [
    await app.inject({ method: 'POST', url: at('/api{T}/charts'), payload: archive }),
    await app.inject({ method: 'POST', url: at('/api{T}/prov'), payload: provenance('boat', '0.1.0') })
  ]
  for (const { statusCode, body, headers } of saved) {
    t.equal(statusCode, 201)
    t.equal(body, '{"saved":true}')
    t.equal(headers['content-type'], json)
  }
}

t.test('what is no route is 404, whatever the method, and never 405', async t => {
  const { app } = await testServer(t, { paths: { contextPath: '', depth: 1, dynamic: false } })
  for (const [method, url] of [
    ['GET', '/nowhere'], ['GET', '/index.yaml'], ['GET', '/a/b/index.yaml'], ['GET', '/org1'], ['GET', '/org1/'], ['GET', '/org1/index.yaml/'], ['GET', '//index.yaml'], ['GET', '/api/charts'],
    ['POST', '/org1/index.yaml'], ['PUT', '/api/org1/charts'], ['DELETE', '/api/org1/charts'], ['OPTIONS', '/api/org1/charts'], ['OPTIONS', '/'], ['PATCH', '/health'], ['POST', '/api/org1/charts/boat'],
    ['GET', '/api/org1/prov'], ['GET', '/api/org1/charts/boat/1/2'], ['GET', '/api/org1/charts/boat/1.0.tgz'], ['GET', '/org1/charts/a/b.tgz'], ['GET', '/org1/health']
  ] as const) {
    const answer = await app.inject({ method, url })
    t.equal(answer.statusCode, 404, `${method} ${url}`)
    t.equal(answer.body, '{"error":"not found"}')
    t.equal(answer.headers['content-type'], json)
  }
})

t.test('routes that are turned off are no routes', async t => {
  const off = async (scope: Scope, options: Parameters<typeof testServer>[1], requests: ReadonlyArray<readonly ['GET' | 'POST' | 'DELETE', string]>): Promise<void> => {
    const { app } = await testServer(scope, options)
    for (const [method, url] of requests) t.match(await app.inject({ method, url }), { statusCode: 404, body: '{"error":"not found"}' }, `${method} ${url}`)
  }
  await off(t, { api: false }, [
    ['GET', '/api/charts'], ['GET', '/api/charts/a'], ['GET', '/api/charts/a/1'], ['GET', '/api/charts/a/1/values'], ['GET', '/api/charts/a/1/templates'], ['POST', '/api/charts'], ['POST', '/api/prov'],
    ['DELETE', '/api/charts/a/1'], ['DELETE', '/api/charts/a'], ['GET', '/api/tenants'], ['DELETE', '/api/tenants?name='], ['GET', '/api/openapi.json']
  ])
  await off(t, { deletion: false }, [['DELETE', '/api/charts/a/1'], ['DELETE', '/api/charts/a'], ['DELETE', '/api/tenants?name=']])
  await off(t, { metrics: false }, [['GET', '/metrics']])
  await off(t, {}, [['GET', '/artifacthub-repo.yml'], ['GET', '/static/a.css']])
})

t.test('tenants see only what is theirs', async t => {
  const { app } = await testServer(t, { paths: { contextPath: '', depth: 0, dynamic: true } })
  for (const tenant of ['/a', '/a/b', '/ab']) {
    const name = `in${tenant.replaceAll('/', '-')}`
    t.equal((await app.inject({ method: 'POST', url: `/api${tenant}/charts`, payload: await chartArchive(name, '1.0.0') })).statusCode, 201)
    t.strictSame(Object.keys((await app.inject(`/api${tenant}/charts`)).json()), [name])
    t.equal((await app.inject(`${tenant}/charts/${name}-1.0.0.tgz`)).statusCode, 200)
  }
  t.equal((await app.inject('/a/charts/in-a-b-1.0.0.tgz')).statusCode, 404)
  t.equal((await app.inject('/api/charts')).body, '{}')
  t.equal((await app.inject('/nobody/index.yaml')).statusCode, 200, 'a tenant that never published has an empty index')
  t.match((await app.inject('/nobody/index.yaml')).body, 'entries: {}\n')
})
