import t from 'tap'
import { textAt } from '../../src/kube/objects.js'
import { fakeCluster, type FakeCluster } from '../helpers/cluster-client.js'

const three = `
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {number: "1"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: b}
---
apiVersion: v1
kind: Service
metadata: {name: c}
spec: {ports: [{port: 80}]}
`
const maps = '/api/v1/namespaces/default/configmaps'

/** The writes that reached the server. */
function writes ({ server }: FakeCluster): string[] {
  return server.log().filter(line => !line.startsWith('GET'))
}

t.test('reach: the cluster answers, or is unreachable', async t => {
  const cluster = await fakeCluster(t)
  await cluster.client.reach()
  cluster.server.fault = () => ({ status: 403, message: 'forbidden: go away' })
  await t.rejects(cluster.client.reach(), { code: 'forbidden', message: 'kubernetes cluster unreachable: forbidden: go away' })
})

t.test('server-side apply: kinds in their order, fields as Helm owns them', async t => {
  const cluster = await fakeCluster(t)
  await cluster.client.create(await cluster.client.build(three), { serverSide: true, forceConflicts: true })
  t.strictSame(writes(cluster).slice(0, 2).sort(), [`PATCH ${maps}/a`, `PATCH ${maps}/b`])
  t.equal(writes(cluster)[2], 'PATCH /api/v1/namespaces/default/services/c')
  const patch = cluster.server.requests.find(({ method }) => method === 'PATCH')
  t.equal(patch?.headers['content-type'], 'application/apply-patch+yaml')
  t.strictSame([...patch?.query ?? []], [['fieldManager', 'helm'], ['fieldValidation', 'Strict'], ['force', 'true']])
  t.strictSame(cluster.server.objects.get(`${maps}/a`)?.['data'], { number: '1' })
})

t.test('the next kind waits for the one before, and every object is tried', async t => {
  const cluster = await fakeCluster(t)
  cluster.server.fault = ({ method, path }) => method === 'PATCH' && path.endsWith('/a') ? { status: 422, message: 'a is bad' } : undefined
  await t.rejects(cluster.client.create(await cluster.client.build(three), { serverSide: true }), {
    code: 'invalid', status: 422, message: 'server-side apply failed for object default/a /v1, Kind=ConfigMap: a is bad'
  })
  t.equal(writes(cluster).length, 3)
})

t.test('several failures are named, a line each', async t => {
  const cluster = await fakeCluster(t)
  cluster.server.fault = ({ method, path }) => method !== 'PATCH'
    ? undefined
    : path.endsWith('/a') ? { status: 409, message: 'conflict with "kubectl"', reason: 'Conflict' } : { status: 415, message: 'no patch' }
  await t.rejects(cluster.client.create(await cluster.client.build(three), { serverSide: true }), {
    message: [
      'conflict occurred while applying object default/a /v1, Kind=ConfigMap: conflict with "kubectl"',
      'server-side apply not available on the server: no patch',
      'server-side apply not available on the server: no patch'
    ].join('\n')
  })
})

t.test('a quota that somebody else counts too is tried again, five times', async t => {
  const cluster = await fakeCluster(t)
  const quota = { status: 409, reason: 'Conflict', message: 'Operation cannot be fulfilled on resourcequotas "q": the object has been modified; please apply' }
  let left = 2
  cluster.server.fault = ({ method }) => method === 'PATCH' && left-- > 0 ? quota : undefined
  const first = (await cluster.client.build(three)).slice(0, 1)
  await cluster.client.create(first, { serverSide: true })
  t.equal(writes(cluster).length, 3)
  cluster.server.fault = ({ method }) => method === 'PATCH' ? quota : undefined
  await t.rejects(cluster.client.create(first, { serverSide: true }), { code: 'conflict' })
  t.equal(writes(cluster).length, 3 + 5)
})

t.test('an object without a name cannot be applied', async t => {
  const { client } = await fakeCluster(t)
  const resources = await client.build('apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: x-}')
  await t.rejects(client.create(resources, { serverSide: true }), { message: 'server-side apply failed for object default/ /v1, Kind=ConfigMap: resource name may not be empty' })
})

t.test('plain creates', async t => {
  const cluster = await fakeCluster(t)
  const resources = await cluster.client.build(three)
  await cluster.client.create(resources, { serverSide: false })
  t.strictSame(writes(cluster).sort(), [`POST ${maps}`, `POST ${maps}`, 'POST /api/v1/namespaces/default/services'].sort())
  await t.rejects(cluster.client.create(resources.slice(0, 1), { serverSide: false }), { code: 'already-exists', message: 'configmaps "a" already exists' })
})

t.test('plain creates: a quota that somebody else counts too, and a version in the manifest', async t => {
  const cluster = await fakeCluster(t)
  let left = 2
  cluster.server.fault = ({ method }) => method === 'POST' && left-- > 0 ? { status: 409, reason: 'Conflict', message: 'the object has been modified' } : undefined
  await cluster.client.create(await cluster.client.build('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, resourceVersion: "1"}'), { serverSide: false })
  t.strictSame(writes(cluster), [`POST ${maps}`, `POST ${maps}`, `POST ${maps}`])
  t.notOk(cluster.server.requests.some(({ body }) => body.includes('resourceVersion')))
})

t.test('delete: with propagation, absent is fine, all are tried', async t => {
  const cluster = await fakeCluster(t)
  const resources = await cluster.client.build(three)
  await cluster.client.create(resources.slice(1), { serverSide: true })
  await cluster.client.delete(resources, 'foreground')
  t.equal(cluster.server.objects.size, 0)
  const deletion = cluster.server.requests.find(({ method }) => method === 'DELETE')
  t.strictSame(JSON.parse(deletion?.body ?? ''), { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Foreground' })
  cluster.server.fault = ({ method }) => method === 'DELETE' ? { status: 403, message: 'not yours' } : undefined
  await t.rejects(cluster.client.delete(resources, 'background'), {
    code: 'forbidden',
    message: ['name=a, kind=ConfigMap', 'name=b, kind=ConfigMap', 'name=c, kind=Service'].map(what => `failed to delete resource namespace=default, ${what}: not yours`).join('\n')
  })
})

t.test('get, logs and descriptions', async t => {
  const cluster = await fakeCluster(t)
  const resources = await cluster.client.build('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {selector: {matchLabels: {app: web}}}')
  const [resource] = resources
  if (resource === undefined) throw new Error('no resource')
  await t.rejects(cluster.client.get(resource), { code: 'not-found', message: 'deployments.apps "web" not found' })
  t.equal((await cluster.client.describe(resources, { tables: false })).size, 0)
  await cluster.client.create(resources, { serverSide: true })
  t.equal(textAt(await cluster.client.get(resource), ['metadata', 'name']), 'web')
  cluster.server.objects.set('/api/v1/namespaces/default/pods/web-1', {
    kind: 'Pod', apiVersion: 'v1', metadata: { name: 'web-1', labels: { app: 'web' } }, spec: { containers: [{ name: 'c' }, { name: 'd' }] }
  })
  const plain = await cluster.client.describe(resources, { tables: false })
  t.strictSame([...plain.keys()], ['v1/Deployment', 'v1/Pod(related)'])
  t.equal(textAt(plain.get('v1/Pod(related)')?.[0], ['kind']), 'PodList')
  t.equal(textAt((await cluster.client.describe(resources, { tables: true })).get('v1/Deployment')?.[0], ['kind']), 'Table')
  t.equal(await cluster.client.podLogs('default', { labelSelector: 'app=web' }), 'line one\nline two\n'.repeat(2))
  t.strictSame(await cluster.client.containerLogs('default', 'web-1'), ['c', 'd'].map(container => ({ container, log: { text: 'line one\nline two\n' } })))
  cluster.server.fault = ({ path }) => path.includes('deployments') ? { status: 403, message: 'no looking' } : undefined
  t.equal((await cluster.client.describe(resources, { tables: false })).size, 0)
  t.match(cluster.warnings, [/unable to get .*deployments\/web: no looking/])
})

t.test('Ctrl-C ends a creation between two kinds', async t => {
  const cluster = await fakeCluster(t)
  const stop = new AbortController()
  cluster.server.control = () => { stop.abort() }
  await t.rejects(cluster.client.create(await cluster.client.build(three), { serverSide: true, signal: stop.signal }), { code: 'cancelled', message: 'context canceled' })
  t.strictSame(writes(cluster).sort(), [`PATCH ${maps}/a`, `PATCH ${maps}/b`])
})

t.test('a deletion that meets somebody else\'s change is tried again, five times', async t => {
  const cluster = await fakeCluster(t)
  await cluster.client.create(await cluster.client.build(three), { serverSide: true })
  const conflict = { status: 409, reason: 'Conflict', message: 'Operation cannot be fulfilled on configmaps "a": the object has been modified' }
  let left = 2
  cluster.server.fault = ({ method }) => method === 'DELETE' && left-- > 0 ? conflict : undefined
  const [first] = await cluster.client.build(three)
  if (first === undefined) throw new TypeError('nothing was built')
  await cluster.client.delete([first], 'background')
  t.notOk(cluster.server.objects.has(`${maps}/a`))
  cluster.server.fault = ({ method }) => method === 'DELETE' ? conflict : undefined
  cluster.server.requests.length = 0
  await t.rejects(cluster.client.delete([first], 'background'), { code: 'conflict' })
  t.equal(writes(cluster).length, 5)
})
