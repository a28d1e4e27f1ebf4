import t from 'tap'
import { fakeCluster, type FakeCluster } from '../helpers/cluster-client.js'

type Cluster = FakeCluster & { readonly wait: (manifest: string, until: 'ready' | 'ready-with-jobs' | 'hook' | 'deleted', timeout?: number) => Promise<void> }

async function cluster (t: Parameters<typeof fakeCluster>[0]): Promise<Cluster> {
  const fake = await fakeCluster(t)
  return { ...fake, wait: async (manifest, until, timeout = 5000) => { await fake.client.wait(await fake.client.build(manifest), until, { timeout, legacy: true }) } }
}

const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}'
const job = 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}'
const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}'
const podPath = '/api/v1/namespaces/default/pods/p'
const jobPath = '/apis/batch/v1/namespaces/default/jobs/j'

t.test('what Helm does not know is ready, even where it is not there', async t => {
  const { wait, server } = await cluster(t)
  await wait(`${map}\n---\n${job}`, 'ready')
  await wait(map, 'hook')
  t.notOk(server.log().some(line => line.includes('/m') || line.includes('/j')))
})

t.test('what is absent, and what the API refuses, ends it in the API\'s words; time runs out without many', async t => {
  const { wait, server } = await cluster(t)
  await t.rejects(wait(pod, 'ready'), { code: 'not-ready', message: 'pods "p" not found' })
  server.objects.set(podPath, { metadata: { name: 'p' } })
  await t.rejects(wait(pod, 'ready'), { code: 'not-ready', message: 'context deadline exceeded' })
  server.fault = ({ path }) => path === podPath ? { status: 403, message: 'not yours' } : undefined
  await t.rejects(wait(pod, 'ready'), { code: 'forbidden', message: 'not yours' })
})

t.test('a server that stumbles is asked again, thirty times', async t => {
  const { wait, server, clock } = await cluster(t)
  server.objects.set(podPath, { metadata: { name: 'p' }, status: { conditions: [{ type: 'Ready', status: 'True' }] } })
  let left = 30
  server.fault = ({ path }) => path === podPath && left-- > 0 ? { status: 500, message: 'etcd is away' } : undefined
  await wait(pod, 'ready', 60_000)
  t.equal(clock.slept.length, 30)
  left = 31
  await t.rejects(wait(pod, 'ready', 60_000), { code: 'not-ready', message: 'etcd is away' })
})

t.test('no timeout is for ever, and a Job that failed is waited for no longer', async t => {
  const { wait, server } = await cluster(t)
  server.objects.set(jobPath, { metadata: { name: 'j', namespace: 'default' }, spec: { completions: 1, backoffLimit: 0 } })
  let looks = 0
  server.fault = ({ path }) => {
    const object = server.objects.get(jobPath)
    if (path === jobPath && object !== undefined && ++looks === 50) object['status'] = { failed: 1 }
    return undefined
  }
  await t.rejects(wait(job, 'ready-with-jobs', 0), { message: 'job is failed: default/j' })
  t.equal(looks, 50)
})

t.test('hooks: to their end, or until they are gone', async t => {
  const { wait, server } = await cluster(t)
  await t.rejects(wait(job, 'hook'), { message: 'timed out waiting for the condition' }, 'one that never was there')
  server.objects.set(jobPath, { metadata: { name: 'j' }, status: { conditions: [{ type: 'Failed', status: 'True', reason: 'DeadlineExceeded' }] } })
  await t.rejects(wait(job, 'hook'), { message: 'job j failed: DeadlineExceeded' })
  server.objects.set(jobPath, { metadata: { name: 'j' } })
  let looks = 0
  server.fault = ({ path }) => {
    if (path === jobPath && ++looks === 3) server.objects.delete(jobPath)
    return undefined
  }
  await wait(job, 'hook')
  t.equal(looks, 3)
})

t.test('deletions', async t => {
  const { wait, server } = await cluster(t)
  await wait(`${map}\n---\n${pod}`, 'deleted')
  server.objects.set(podPath, { metadata: { name: 'p' } })
  await t.rejects(wait(pod, 'deleted'), { code: 'still-exists', message: 'context deadline exceeded' })
  server.fault = ({ path }) => path === podPath ? { status: 500, message: 'etcd is away' } : undefined
  await t.rejects(wait(pod, 'deleted'), { code: 'still-exists', message: 'etcd is away' })
})
