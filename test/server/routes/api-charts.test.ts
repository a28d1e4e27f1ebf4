import t from 'tap'
import { chartArchive, rawArchive } from '../../helpers/chart-archive.js'
import { provenance, sha256, testServer, upload } from '../../helpers/test-server.js'
import type { Scope, TestServer } from '../../helpers/test-server.js'

async function harbour (t: Scope): Promise<TestServer> {
  const server = await testServer(t)
  for (const [name, version] of [['boat', '0.1.0'], ['boat', '0.2.0'], ['boat', '1.0.0-rc.1'], ['anchor', '2.0.0'], ['zeppelin', '3.0.0']] as const) {
    await upload(server.app, await chartArchive(name, version, { 'values.yaml': `of: ${name}\n`, 'templates/a.yaml': 'kind: ConfigMap\n' }))
  }
  return server
}

t.test('all charts, by name, their versions newest first', async t => {
  const { app } = await harbour(t)
  const answer = await app.inject('/api/charts')
  t.equal(answer.statusCode, 200)
  const charts = answer.json<Record<string, Array<{ version: string, urls: string[] }>>>()
  t.strictSame(Object.keys(charts), ['anchor', 'boat', 'zeppelin'])
  t.strictSame(charts['boat']?.map(each => each.version), ['1.0.0-rc.1', '0.2.0', '0.1.0'])
  t.strictSame(charts['boat']?.[1]?.urls, ['charts/boat-0.2.0.tgz'])
})

t.test('pages count names', async t => {
  const { app } = await harbour(t)
  const names = async (query: string): Promise<string[]> => Object.keys((await app.inject(`/api/charts${query}`)).json())
  t.strictSame(await names('?offset=1'), ['boat', 'zeppelin'])
  t.strictSame(await names('?limit=1'), ['anchor'])
  t.strictSame(await names('?offset=1&limit=1'), ['boat'])
  t.strictSame(await names('?offset=9'), [])
  for (const query of ['?offset=-1', '?offset=x', '?offset=']) {
    const answer = await app.inject(`/api/charts${query}`)
    t.equal(answer.statusCode, 400, query)
    t.equal(answer.body, '{"error":"offset is not a valid non-negative integer"}')
  }
  for (const query of ['?limit=0', '?limit=x', '?limit=']) t.equal((await app.inject(`/api/charts${query}`)).body, '{"error":"limit is not a valid positive integer"}', query)
})

t.test('an empty repository has an empty object', async t => {
  const { app } = await testServer(t)
  t.equal((await app.inject('/api/charts')).body, '{}')
})

t.test('one chart', async t => {
  const { app } = await harbour(t)
  t.equal((await app.inject('/api/charts/boat')).json<unknown[]>().length, 3)
  const absent = await app.inject('/api/charts/raft')
  t.equal(absent.statusCode, 404)
  t.equal(absent.body, '{"error":"chart not found"}')
})

t.test('one version: by its name, as latest, by a constraint', async t => {
  const { app } = await harbour(t)
  const version = async (reference: string): Promise<unknown> => (await app.inject(`/api/charts/boat/${encodeURIComponent(reference)}`)).json<{ version?: string }>().version
  t.equal(await version('0.1.0'), '0.1.0')
  t.equal(await version('latest'), '0.2.0')
  t.equal(await version('^0.1'), '0.1.0')
  t.equal(await version('1.0.0-rc.1'), '1.0.0-rc.1')
  t.equal(await version('v0.1.0'), '0.1.0')
  const bodies: Array<[string, string]> = [
    ['/api/charts/raft/1.0.0', '{"error":"no chart name found"}'],
    ['/api/charts/boat/9', '{"error":"no chart version found for boat-9"}'],
    ['/api/charts/boat/nonsense', '{"error":"improper constraint: nonsense"}']
  ]
  for (const [url, body] of bodies) {
    const answer = await app.inject(url)
    t.equal(answer.statusCode, 404, url)
    t.equal(answer.body, body, url)
  }
})

t.test('what an archive holds', async t => {
  const { app } = await harbour(t)
  const values = await app.inject('/api/charts/boat/0.1.0/values')
  t.equal(values.body, 'of: boat\n')
  t.match(values.headers['content-type'], /^application\/yaml/)
  const content = (await app.inject('/api/charts/boat/0.1.0/templates')).json<{ templates: unknown[], values: unknown }>()
  t.strictSame(content.templates[1], { name: 'templates/a.yaml', data: Buffer.from('kind: ConfigMap\n').toString('base64') })
  t.strictSame(content.values, { of: 'boat' })
  await upload(app, rawArchive([{ name: 'bare/Chart.yaml', data: 'apiVersion: v2\nname: bare\nversion: 0.1.0\n' }]))
  t.strictSame((await app.inject('/api/charts/bare/0.1.0/templates')).json(), { templates: null, values: null })
  t.equal((await app.inject('/api/charts/bare/0.1.0/values')).body, '{"error":"values.yaml not found"}')
})

t.test('HEAD answers where GET does, without a body', async t => {
  const { app } = await harbour(t)
  for (const url of ['/api/charts', '/api/charts/boat', '/api/charts/boat/0.1.0', '/index.yaml', '/charts/boat-0.1.0.tgz', '/health', '/info', '/ready']) {
    const answer = await app.inject({ method: 'HEAD', url })
    t.equal(answer.statusCode, 200, url)
    t.equal(answer.body, '', url)
  }
  t.equal((await app.inject({ method: 'HEAD', url: '/api/charts/raft' })).statusCode, 404)
})

t.test('a deleted version is gone at once, with its provenance file', async t => {
  const { app } = await harbour(t)
  await app.inject({ method: 'POST', url: '/api/prov', payload: provenance('boat', '0.1.0') })
  const answer = await app.inject({ method: 'DELETE', url: '/api/charts/boat/0.1.0' })
  t.equal(answer.statusCode, 200)
  t.equal(answer.body, '{"deleted":true}')
  for (const url of ['/api/charts/boat/0.1.0', '/charts/boat-0.1.0.tgz', '/charts/boat-0.1.0.tgz.prov']) t.equal((await app.inject(url)).statusCode, 404, url)
  t.notMatch((await app.inject('/index.yaml')).body, 'boat-0.1.0.tgz')
  t.equal((await app.inject({ method: 'DELETE', url: '/api/charts/boat/0.1.0' })).statusCode, 404)
  const freed = await chartArchive('boat', '0.1.0')
  t.equal((await upload(app, freed)).statusCode, 201, 'its name is free again')
  t.equal((await app.inject('/api/charts/boat/0.1.0')).json<{ digest: string }>().digest, sha256(freed))
})

t.test('a version is deleted by its file, wherever the name is cut from the version', async t => {
  const { app } = await testServer(t)
  await upload(app, await chartArchive('boat', '0.1.0-SNAPSHOT-1'))
  t.equal((await app.inject({ method: 'DELETE', url: '/api/charts/boat-0.1.0-SNAPSHOT/1' })).statusCode, 200)
  t.equal((await app.inject('/api/charts')).body, '{}')
})

t.test('deletion can be switched off', async t => {
  const { app } = await testServer(t, { deletion: false })
  await upload(app, await chartArchive('boat', '0.1.0'))
  t.equal((await app.inject({ method: 'DELETE', url: '/api/charts/boat/0.1.0' })).body, '{"error":"not found"}')
})
