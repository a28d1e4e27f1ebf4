import { randomBytes } from 'node:crypto'
import t from 'tap'
import type { Test } from 'tap'
import { configMapsDriver } from '../../src/release/configmaps.js'
import type { ReleaseDriver } from '../../src/release/driver.js'
import { openDriver } from '../../src/release/open-driver.js'
import { secretsDriver } from '../../src/release/secrets.js'
import { fakeCluster, type FakeCluster } from '../helpers/cluster-client.js'
import { releaseOf } from '../helpers/release.js'
import { driverContract } from './driver-contract.js'

const key = 'sh.helm.release.v1.web.v1'
const path = `/api/v1/namespaces/default/secrets/${key}`
const now = (): Date => new Date('2026-01-02T03:04:05Z')

for (const [name, make] of [['Secret', secretsDriver], ['ConfigMap', configMapsDriver]] as const) {
  await driverContract(t, name, async t => {
    const { transport } = await fakeCluster(t)
    return namespace => make({ transport, namespace, now })
  })
}

async function secrets (t: Test): Promise<FakeCluster & { readonly driver: ReleaseDriver, readonly told: string[] }> {
  const cluster = await fakeCluster(t)
  const told: string[] = []
  return { ...cluster, told, driver: secretsDriver({ transport: cluster.transport, namespace: 'default', now, debug: message => told.push(message) }) }
}

t.test('a Secret is as Helm makes it', async t => {
  const { driver, server } = await secrets(t)
  await driver.create(key, releaseOf({ labels: new Map([['team', 'a']]) }))
  const created = server.objects.get(path)
  t.match(created, { kind: 'Secret', apiVersion: 'v1', type: 'helm.sh/release.v1' })
  t.strictSame(created?.metadata.labels, { createdAt: '1767323045', name: 'web', owner: 'helm', status: 'deployed', team: 'a', version: '1' })
  const twice = Buffer.from((created?.['data'] as { release: string }).release, 'base64').toString()
  t.equal(Buffer.from(twice, 'base64').subarray(0, 2).toString('hex'), '1f8b')
  await driver.update(key, releaseOf())
  t.strictSame(server.objects.get(path)?.metadata.labels, { modifiedAt: '1767323045', name: 'web', owner: 'helm', status: 'deployed', version: '1' })
})

t.test('a ConfigMap holds the payload as text', async t => {
  const { transport, server } = await fakeCluster(t)
  await configMapsDriver({ transport, namespace: 'default', now }).create(key, releaseOf())
  const data = server.objects.get(`/api/v1/namespaces/default/configmaps/${key}`)?.['data'] as { release: string }
  t.equal(Buffer.from(data.release, 'base64').subarray(0, 2).toString('hex'), '1f8b')
})

t.test('long lists come page by page', async t => {
  const { driver, server } = await secrets(t)
  for (let version = 1; version <= 230; version++) await driver.create(`sh.helm.release.v1.web.v${version}`, releaseOf({ version }))
  server.requests.length = 0
  t.equal((await driver.list(() => true)).length, 230)
  t.strictSame(server.requests.map(({ query }) => [query.get('labelSelector'), query.get('limit'), query.get('continue')]), [
    ['owner=helm', '100', null], ['owner=helm', '100', '100'], ['owner=helm', '100', '200']
  ])
})

t.test('a record that cannot be read is left out of lists, and told of; asked for by name it is an error', async t => {
  const { driver, server, told } = await secrets(t)
  await driver.create(key, releaseOf())
  server.objects.set(path.replace('web', 'bad'), { kind: 'Secret', metadata: { name: 'bad', labels: { owner: 'helm', name: 'bad' } }, data: { release: 'AAAA' } })
  t.strictSame((await driver.list(() => true)).map(({ name }) => name), ['web'])
  t.match(told, [/failed to decode release bad: /])
  await t.rejects(driver.get('sh.helm.release.v1.bad.v1'), { code: 'invalid-record', message: /^get: failed to decode data "sh.helm.release.v1.bad.v1": / })
})

t.test('the API\'s complaints, as Helm words them', async t => {
  const { driver, server } = await secrets(t)
  server.fault = () => ({ status: 403, message: 'secrets is forbidden' })
  const labels = new Map([['name', 'web']])
  await t.rejects(driver.get(key), { code: 'storage', message: `get: failed to get "${key}": secrets is forbidden` })
  await t.rejects(driver.list(() => true), { message: 'list: failed to list: secrets is forbidden' })
  await t.rejects(driver.query(labels), { message: 'query: failed to query with labels: secrets is forbidden' })
  await t.rejects(driver.create(key, releaseOf()), { message: 'create: failed to create: secrets is forbidden' })
  await t.rejects(driver.update(key, releaseOf()), { message: 'update: failed to update: secrets is forbidden' })
  server.fault = () => undefined
  await t.rejects(driver.update(key, releaseOf()), { code: 'storage', message: `update: failed to update: secrets "${key}" not found` })
  await t.rejects(driver.query(new Map([['name', 'no such value!']])), { code: 'invalid-label' })
})

t.test('a record that is too large names what is large in it', async t => {
  const { driver, server } = await secrets(t)
  const refusal = `Secret "${key}" is invalid: data: Too long: may not be more than 1048576 bytes`
  server.fault = () => ({ status: 422, message: refusal, reason: 'Invalid' })
  const file = (name: string, size: number): { readonly name: string, readonly data: Uint8Array } => ({ name, data: new Uint8Array(size) })
  const usual = releaseOf()
  const chart = { metadata: { name: 'sea', version: '1.2.3' }, values: new Map([['port', 80]]), raw: [], dependencies: [], templates: [file('templates/a.yaml', 2048), file('templates/b.yaml', 1)], files: [file('big.json', 3 * 1024 * 1024), ...[1, 2, 3, 4].map(i => file(`f${i}`, 1024 * i))] }
  await t.rejects(driver.create(key, { ...usual, chart }), {
    code: 'storage',
    message: [
      `create: failed to create: ${refusal}`,
      'A record holds the files of the chart, its values and its manifest, all of it compressed, and an object of the cluster may take 1 MiB. The largest, before compression:',
      '     3.0 MiB  big.json',
      '     4.0 KiB  f4',
      '     3.0 KiB  f3',
      '     2.0 KiB  templates/a.yaml',
      '     2.0 KiB  f2',
      'Keep files that no template reads out of the chart (.helmignore), move large ones out of it or into a chart of their own, or record releases in a database (HELM_DRIVER=sql).'
    ].join('\n')
  })
  server.fault = () => ({ status: 422, message: 'another', reason: 'Invalid' })
  await t.rejects(driver.create(key, usual), { message: 'create: failed to create: another' })
})

t.test('drivers by name', async t => {
  const { transport } = await fakeCluster(t)
  const options = { transport, namespace: 'default', now, env: {}, user: () => 'nobody' }
  const names = await Promise.all(['', 'secret', 'secrets', 'configmap', 'configmaps', 'memory'].map(async name => (await openDriver(name, options)).name))
  t.strictSame(names, ['Secret', 'Secret', 'Secret', 'ConfigMap', 'ConfigMap', 'Memory'])
  await t.rejects(openDriver('etcd', options), { code: 'unknown-driver', message: 'unknown driver "etcd"' })
  const env = { HELM_DRIVER_SQL_CONNECTION_STRING: 'host' }
  await t.rejects(openDriver('sql', { ...options, env }), {
    code: 'invalid-connection', message: 'unable to instantiate SQL driver: HELM_DRIVER_SQL_CONNECTION_STRING: missing "=" after "host" in connection info string'
  })
})

t.test('heads: of a large record the start is read, not the chart that comes after it', async t => {
  const { driver, server, told } = await secrets(t)
  const release = releaseOf()
  const templates = [{ name: 'templates/large.yaml', data: randomBytes(200 * 1024) }]
  await driver.create(key, { ...release, ...release.chart === undefined ? {} : { chart: { ...release.chart, templates } } })
  const stored = server.objects.get(path)
  const payload = Buffer.from((stored?.['data'] as { release: string }).release, 'base64').toString()
  // Who unpacks all of it fails at the end.
  if (stored !== undefined) stored['data'] = { release: Buffer.from(payload.slice(0, -1000)).toString('base64') }
  const labels = new Map([['name', 'web'], ['owner', 'helm']])
  t.match(await driver.heads?.(labels), [{ name: 'web', namespace: 'default', version: 1, info: { status: 'deployed' }, chart: { metadata: { name: 'sea', version: '1.2.3' } } }])
  t.strictSame(told, [])
  await t.rejects(driver.query(labels), { code: 'not-found' })
  t.match(told, [/failed to decode release sh\.helm\.release\.v1\.web\.v1/])
})

t.test('heads: a record whose labels do not name its revision is read as a whole, one that cannot be read is left out', async t => {
  const { driver, server, told } = await secrets(t)
  await driver.create(key, releaseOf({ version: 7 }))
  const stored = server.objects.get(path)
  if (stored !== undefined) stored.metadata.labels = { owner: 'helm', name: 'web' }
  server.objects.set(path.replace('v1.web', 'bad'), { kind: 'Secret', metadata: { name: 'bad', namespace: 'default', labels: { owner: 'helm', name: 'web', version: '2', status: 'failed' } }, data: { release: 'AAAA' } })
  t.strictSame((await driver.heads?.(new Map([['name', 'web']])))?.map(({ version }) => version), [7])
  t.match(told, [/failed to decode release bad/])
})
