import t from 'tap'
import { unmarshalYaml } from '../../src/go/yaml.js'
import { textAt, type KubeObject } from '../../src/kube/objects.js'
import type { Revision } from '../../src/kube/patch.js'
import { fakeCluster, type FakeCluster } from '../helpers/cluster-client.js'

const map = (port: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  port: "${port}"\n`

/** A live object, as it was sent, and what it is to be. */
async function revision ({ client, server }: FakeCluster): Promise<Revision> {
  const [original] = await client.build(map('1'))
  const [target] = await client.build(map('2'))
  if (original === undefined || target === undefined) throw new Error('nothing was built')
  await client.create([original], { serverSide: true })
  server.requests.length = 0
  return { original: original.object, target, live: await client.get(target) }
}

const port = (object: KubeObject): string => textAt(object, ['data', 'port'])

t.test('each way of updating is tried as it would be done, and nothing is written', async t => {
  const cluster = await fakeCluster(t)
  const { client, server } = cluster
  const change = await revision(cluster)
  server.requests.length = 0
  for (const options of [{ serverSide: true, forceConflicts: true }, { serverSide: false }, { serverSide: false, forceReplace: true }]) {
    t.equal(port(await client.preview(change, options)), '2')
  }
  t.strictSame(server.requests.map(({ method, query, headers }) => [method, query.get('dryRun'), query.get('force'), headers['content-type']]), [
    ['PATCH', 'All', 'true', 'application/apply-patch+yaml'], ['PATCH', 'All', null, 'application/strategic-merge-patch+json'], ['PUT', 'All', null, 'application/json']
  ])
  t.equal(port(await client.get(change.target)), '1')
})

t.test('what needs no patch is as it is; fields that would have to be migrated cannot be tried', async t => {
  const cluster = await fakeCluster(t)
  const { client, server } = cluster
  const { original, target, live } = await revision(cluster)
  server.requests.length = 0
  t.equal(await client.preview({ original, target: { ...target, object: original }, live }, { serverSide: false }), live)
  const sent = unmarshalYaml('metadata: {managedFields: [{manager: helm, operation: Update, fieldsV1: {}}]}')
  if (!(sent instanceof Map)) throw new Error('no object')
  await t.rejects(client.preview({ original, target, live: sent }, { serverSide: true, migrateFieldManager: true }), { code: 'unsupported' })
  t.strictSame(server.log(), [])
  server.fault = () => ({ status: 422, message: 'immutable', reason: 'Invalid' })
  await t.rejects(client.preview({ original, target, live }, { serverSide: true }), { code: 'invalid', message: 'immutable' })
})

t.test('kinds that come a little later, and that do not come', async t => {
  const { client, server, clock } = await fakeCluster(t)
  const boat = { group: 'example.com', version: 'v1', kind: 'Boat' }
  let looks = 0
  server.fault = ({ path }) => {
    if (path === '/apis' && ++looks === 5) server.kinds.push({ ...boat, plural: 'boats', namespaced: true })
    return undefined
  }
  await client.waitForKinds([boat], { timeout: 60_000 })
  t.ok(clock.slept.length > 0)
  await t.rejects(client.waitForKinds([{ ...boat, kind: 'Raft' }], { timeout: 1000 }), { code: 'no-match', message: 'no matches for kind "Raft" in version "example.com/v1"' })
  await t.rejects(client.waitForKinds([{ ...boat, kind: 'Raft' }], { timeout: 1000, signal: AbortSignal.abort() }), { code: 'cancelled', message: 'context canceled' })
})
