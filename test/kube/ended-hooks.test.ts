import t from 'tap'
import type { Resource } from '../../src/kube/resource.js'
import { fakeCluster, type FakeCluster } from '../helpers/cluster-client.js'

const manifest = 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\n'

function job (condition?: string, metadata: object = {}): object {
  const conditions = condition === undefined ? [] : [{ type: condition, status: 'True', message: 'the end' }]
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once', namespace: 'default', ...metadata }, status: { conditions } }
}

async function hooksOf (cluster: FakeCluster, text = manifest): Promise<Resource[]> {
  return await cluster.client.build(text)
}

t.test('a Job that is gone as soon as it is done has been waited for', async t => {
  const cluster = await fakeCluster(t)
  cluster.server.watched = () => [
    { type: 'ADDED', object: job() }, { type: 'MODIFIED', object: job('Complete') }, { type: 'DELETED', object: job('Complete', { deletionTimestamp: '2026-01-02T03:04:05Z' }) }
  ]
  await cluster.client.wait(await hooksOf(cluster), 'hook', { timeout: 600_000 })
  const [asked] = cluster.server.requests.filter(({ query }) => query.get('watch') === 'true')
  t.equal(asked?.path, '/apis/batch/v1/namespaces/default/jobs')
  t.equal(asked?.query.get('fieldSelector'), 'metadata.name=once')
})

t.test('it is watched from the version on that was created', async t => {
  for (const serverSide of [true, false]) {
    const cluster = await fakeCluster(t)
    cluster.server.watched = ({ query }) => query.get('resourceVersion') === created() ? [{ type: 'MODIFIED', object: job('Complete') }] : []
    const created = (): unknown => cluster.server.objects.get('/apis/batch/v1/namespaces/default/jobs/once')?.metadata['resourceVersion']
    const hooks = await hooksOf(cluster)
    await cluster.client.create(hooks, { serverSide })
    await cluster.client.wait(hooks, 'hook', { timeout: 600_000 })
  }
})

t.test('one that fails, and is gone, has failed', async t => {
  const cluster = await fakeCluster(t)
  cluster.server.watched = () => [{ type: 'ADDED', object: job('Failed') }]
  await t.rejects(cluster.client.wait(await hooksOf(cluster), 'hook', { timeout: 600_000 }), { code: 'not-ready', message: /Job\/default\/once not ready. status: Failed/ })
})

t.test('the first end counts, and what is no event of the object does not', async t => {
  const cluster = await fakeCluster(t)
  cluster.server.watched = () => [
    { type: 'BOOKMARK', object: { kind: 'Job' } }, { type: 'ADDED' }, { type: 'ADDED', object: job() }, { type: 'MODIFIED', object: job('Failed') }, { type: 'MODIFIED', object: job('Complete') }
  ]
  await t.rejects(cluster.client.wait(await hooksOf(cluster), 'hook', { timeout: 600_000 }), { message: /status: Failed/ })
})

t.test('a watch that tells of nothing, is refused or breaks leaves everything to looking', async t => {
  for (const fault of [undefined, 'cut', { status: 403, message: 'no watching' }] as const) {
    const cluster = await fakeCluster(t)
    cluster.server.fault = ({ query }) => query.get('watch') === 'true' ? fault : undefined
    cluster.server.objects.set('/apis/batch/v1/namespaces/default/jobs/once', job('Complete') as never)
    await cluster.client.wait(await hooksOf(cluster), 'hook', { timeout: 600_000 })
    t.ok(cluster.server.log().includes('GET /apis/batch/v1/namespaces/default/jobs/once'))
  }
})

t.test('what does not end is not watched, nor what is no hook', async t => {
  const cluster = await fakeCluster(t)
  cluster.server.objects.set('/apis/batch/v1/namespaces/default/jobs/once', { ...job('Complete'), metadata: { name: 'once' } })
  cluster.server.objects.set('/api/v1/namespaces/default/configmaps/kept', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kept' } })
  await cluster.client.wait(await hooksOf(cluster, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kept}\n'), 'hook', { timeout: 1000 })
  await cluster.client.wait(await hooksOf(cluster), 'ready', { timeout: 1000 })
  t.notOk(cluster.server.requests.some(({ query }) => query.has('watch')))
})
