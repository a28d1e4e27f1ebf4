import t from 'tap'
import { explain } from '../../src/kube/explain.js'
import { fakeCluster, type FakeCluster } from '../helpers/cluster-client.js'
import type { FakeObject } from '../helpers/fake-api-server.js'

const web = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {selector: {matchLabels: {app: web}}}'

interface Scene extends FakeCluster {
  readonly pod: (name: string, more?: object) => void
  readonly event: (about: string, reason: string, message: string) => void
  readonly explained: () => Promise<readonly string[]>
}

/** A Deployment, and what belongs to it. */
async function scene (t: Parameters<typeof fakeCluster>[0], manifest = web): Promise<Scene> {
  const cluster = await fakeCluster(t)
  const { server, client, transport } = cluster
  server.kinds.push({ group: '', version: 'v1', kind: 'Event', plural: 'events', namespaced: true })
  const [resource] = await client.build(manifest)
  if (resource === undefined) throw new Error('no resource')
  await client.create([resource], { serverSide: true })
  let count = 0
  return {
    ...cluster,
    pod: (name, more = {}) => {
      server.objects.set(`/api/v1/namespaces/default/pods/${name}`, { metadata: { name, namespace: 'default', uid: name, labels: { app: 'web' } }, ...more })
    },
    event: (about, reason, message) => {
      const name = `e${count++}`
      const event: FakeObject = { metadata: { name }, type: 'Warning', reason, message, involvedObject: { uid: about }, lastTimestamp: `2026-01-01T00:00:${String(count).padStart(2, '0')}Z` }
      server.objects.set(`/api/v1/namespaces/default/events/${name}`, event)
    },
    explained: async () => await explain(transport, resource, await client.get(resource))
  }
}

t.test('warnings about Pods that are not ready, and what their containers wait for', async t => {
  const { pod, event, explained, server } = await scene(t)
  pod('web-ready', { status: { conditions: [{ type: 'Ready', status: 'True' }] } })
  pod('web-done', { status: { phase: 'Succeeded' } })
  pod('web-new', { status: { containerStatuses: [{ name: 'main', state: { waiting: { reason: 'ImagePullBackOff', message: 'no image' } } }] } })
  event('web-new', 'FailedScheduling', 'no node')
  event('web-ready', 'Unhealthy', 'long ago')
  event('somebody', 'Else', 'x')
  t.strictSame(await explained(), ['Pod web-new: container main: ImagePullBackOff: no image', 'Pod web-new: FailedScheduling: no node'])
  const asked = server.requests.filter(({ path }) => path.endsWith('/events') || path.endsWith('/pods')).map(({ path, query }) => [path, query.get('labelSelector') ?? query.get('fieldSelector')])
  t.strictSame(asked.sort(), [
    ['/api/v1/namespaces/default/events', 'involvedObject.uid=/apis/apps/v1/namespaces/default/deployments/web,type=Warning'],
    ['/api/v1/namespaces/default/events', 'involvedObject.uid=web-new,type=Warning'],
    ['/api/v1/namespaces/default/pods', 'app=web']
  ])
})

t.test('the same trouble of several Pods once; no more than three are looked at, and five reasons told', async t => {
  const { pod, event, explained, server } = await scene(t)
  for (const [i, name] of ['web-a', 'web-b', 'web-c', 'web-d'].entries()) {
    pod(name, { metadata: { name, namespace: 'default', uid: name, labels: { app: 'web' }, creationTimestamp: `2026-01-01T00:00:0${i}Z` } })
    event(name, 'FailedScheduling', 'no node')
    event(name, 'Own', name)
  }
  event('/apis/apps/v1/namespaces/default/deployments/web', 'Quota', 'none left')
  event('/apis/apps/v1/namespaces/default/deployments/web', 'Quota', 'still none left')
  t.strictSame(await explained(), ['Quota: still none left', 'Pod web-d: Own: web-d', 'Pod web-d: FailedScheduling: no node', 'Pod web-c: Own: web-c', 'Pod web-b: Own: web-b'])
  t.equal(server.requests.filter(({ path }) => path.endsWith('/events')).length, 4)
})

t.test('other kinds have no Pods, and a selector that says nothing means none', async t => {
  const map = await scene(t, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}')
  map.event('/api/v1/namespaces/default/configmaps/m', 'Odd', 'it is')
  t.strictSame(await map.explained(), ['Odd: it is'])
  const bare = await scene(t, 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}')
  bare.pod('other')
  t.strictSame(await bare.explained(), [])
  t.notOk(bare.server.log().some(line => line.includes('/pods')))
})

t.test('what cannot be read is an error', async t => {
  const { explained, server } = await scene(t)
  server.fault = ({ path }) => path.endsWith('/events') ? { status: 403, message: 'events is forbidden' } : undefined
  await t.rejects(explained(), { code: 'forbidden', message: 'events is forbidden' })
})
