import t from 'tap'
import type { UpdateOptions } from '../../src/kube/client.js'
import { ClusterClient } from '../../src/kube/cluster-client.js'
import { Transport } from '../../src/kube/transport.js'
import { accessTo, fakeCluster, type FakeCluster } from '../helpers/cluster-client.js'

const maps = '/api/v1/namespaces/default/configmaps'

function map (name: string, rest = ''): string {
  return `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n${rest}\n`
}

/** Updates from one manifest to another, and gives the names of what was done. */
async function updated ({ client }: FakeCluster, manifests: readonly [string, string], options: UpdateOptions): Promise<Record<string, string[]>> {
  const { created, updated, deleted } = await client.update(await client.build(manifests[0]), await client.build(manifests[1]), options)
  const names = (all: ReadonlyArray<{ readonly name: string }>): string[] => all.map(({ name }) => name)
  return { created: names(created), updated: names(updated), deleted: names(deleted) }
}

/** The writes that reached the server. */
function writes ({ server }: FakeCluster): string[] {
  return server.log().filter(line => !line.startsWith('GET'))
}

/** An object that is there already. */
function put ({ server }: FakeCluster, name: string, metadata: object = {}): void {
  server.objects.set(`${maps}/${name}`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default', resourceVersion: '7', ...metadata } })
}

t.test('what is absent is created, what is there applied, what is no more wanted deleted', async t => {
  const cluster = await fakeCluster(t)
  for (const name of ['a', 'old']) put(cluster, name)
  const told: string[] = []
  const options = { serverSide: true, forceConflicts: true, onCreated: ({ name }: { readonly name: string }) => { told.push(name) } }
  t.strictSame(await updated(cluster, [map('a') + map('old'), map('a') + map('new')], options), { created: ['new'], updated: ['a'], deleted: ['old'] })
  t.strictSame(writes(cluster), [`PATCH ${maps}/a`, `PATCH ${maps}/new`, `DELETE ${maps}/old`])
  t.strictSame(told, ['new'])
  t.ok(cluster.server.requests.filter(({ method }) => method === 'PATCH').every(({ query }) => query.get('force') === 'true'))
  const deletion = cluster.server.requests.find(({ method }) => method === 'DELETE')
  t.match(JSON.parse(deletion?.body ?? ''), { propagationPolicy: 'Background' })
})

t.test('fields that were sent without server-side apply are taken over when asked for', async t => {
  const cluster = await fakeCluster(t)
  put(cluster, 'a', { managedFields: [{ manager: 'helm', operation: 'Update', fieldsV1: { 'f:data': {} } }] })
  await updated(cluster, [map('a'), map('a')], { serverSide: true, migrateFieldManager: true })
  const types = cluster.server.requests.filter(({ method }) => method === 'PATCH').map(({ headers }) => headers['content-type'])
  t.strictSame(types, ['application/json-patch+json', 'application/apply-patch+yaml'])
})

t.test('a migration that fails says for which object', async t => {
  const cluster = await fakeCluster(t)
  put(cluster, 'a', { managedFields: [{ manager: 'helm', operation: 'Update', fieldsV1: { 'f:data': {} } }] })
  const types: Array<string | undefined> = []
  cluster.server.fault = ({ method, headers }) => {
    if (method === 'PATCH') types.push(headers['content-type'])
    return method === 'PATCH' ? { status: 409, message: 'it changed', reason: 'Conflict' } : undefined
  }
  await t.rejects(updated(cluster, [map('a'), map('a')], { serverSide: true, migrateFieldManager: true }), {
    code: 'conflict', message: 'failed to patch object to upgrade CSA field manager default/a /v1, Kind=ConfigMap: it changed'
  })
  t.strictSame(types, Array.from({ length: 5 }, () => 'application/json-patch+json'), 'tried five times')
})

t.test('an object that exists, but was not in the original release, is warned of', async t => {
  const cluster = await fakeCluster(t)
  put(cluster, 'a')
  t.strictSame(await updated(cluster, ['', map('a')], { serverSide: true }), { created: [], updated: ['a'], deleted: [] })
  t.match(cluster.warnings, [/^resource exists on cluster but not in original release, .* namespace=default name=a kind=ConfigMap$/])
})

t.test('failures of updates are named together, and nothing is deleted then', async t => {
  const cluster = await fakeCluster(t)
  for (const name of ['a', 'b', 'old']) put(cluster, name)
  cluster.server.fault = ({ method, path }) => method === 'PATCH' && !path.endsWith('/c') ? { status: 422, message: `${path.slice(-1)} is bad` } : undefined
  await t.rejects(updated(cluster, [map('old'), map('a') + map('b') + map('c')], { serverSide: true }), {
    code: 'invalid',
    message: [
      'server-side apply failed for object default/a /v1, Kind=ConfigMap: a is bad',
      'server-side apply failed for object default/b /v1, Kind=ConfigMap: b is bad'
    ].join(' && ')
  })
  t.strictSame(writes(cluster), ['a', 'b', 'c'].map(name => `PATCH ${maps}/${name}`))
})

t.test('a creation that fails ends it at once; who cleans up hears of it', async t => {
  const cluster = await fakeCluster(t)
  const told: string[] = []
  cluster.server.fault = ({ method, path }) => method === 'PATCH' && path.endsWith('/b') ? { status: 422, message: 'bad' } : undefined
  const options = { serverSide: true, onCreated: ({ name }: { readonly name: string }) => { told.push(name) } }
  await t.rejects(updated(cluster, ['', map('a') + map('b') + map('c')], options), {
    message: 'failed to create resource: server-side apply failed for object default/b /v1, Kind=ConfigMap: bad'
  })
  t.strictSame(told, ['a', 'b'])
  t.notOk(cluster.server.objects.has(`${maps}/c`))
})

t.test('an object that cannot be looked at ends it at once', async t => {
  const cluster = await fakeCluster(t)
  cluster.server.fault = ({ method, path }) => method === 'GET' && path.endsWith('/a') ? { status: 403, message: 'no looking' } : undefined
  await t.rejects(updated(cluster, ['', map('a') + map('b')], { serverSide: true }), {
    code: 'forbidden', message: 'could not get information about the resource: no looking'
  })
  t.strictSame(writes(cluster), [])
})

t.test('who ends it, ends it at once', async t => {
  const { server, clock } = await fakeCluster(t)
  const stop = new AbortController()
  const transport = new Transport(Promise.resolve(accessTo(server.url)), { clock, env: {}, signal: stop.signal })
  t.teardown(() => transport.close())
  const client = new ClusterClient(transport, { namespace: 'default', clock })
  const target = await client.build(map('a') + map('b'))
  await client.create(target, { serverSide: true })
  server.fault = ({ method }) => {
    if (method === 'PATCH') stop.abort()
    return method === 'PATCH' ? 'cut' : undefined
  }
  await t.rejects(client.update(target, target, { serverSide: true }), { code: 'cancelled', message: /^(?!.* && )/ }, 'the next one is not tried')
})

t.test('deletions: what is to be kept stays, what is gone is fine, what fails is named', async t => {
  const cluster = await fakeCluster(t)
  put(cluster, 'kept', { annotations: { 'helm.sh/resource-policy': 'keep' } })
  for (const name of ['x', 'z', 'hidden']) put(cluster, name)
  const original = map('kept') + map('x') + map('gone') + map('z') + map('hidden')
  cluster.server.fault = ({ method, path }) => method === 'GET' && path.endsWith('/hidden') ? { status: 403, message: 'no looking' } : undefined
  t.strictSame(await updated(cluster, [original, ''], { serverSide: true }), { created: [], updated: [], deleted: ['x', 'z'] })
  t.strictSame([...cluster.server.objects.keys()], [`${maps}/kept`, `${maps}/hidden`])
  t.match(cluster.warnings, [/^unable to get object namespace=default name=hidden kind=ConfigMap error=no looking$/])
  for (const name of ['x', 'z']) put(cluster, name)
  cluster.server.fault = ({ method }) => method === 'DELETE' ? { status: 403, message: 'not yours' } : undefined
  await t.rejects(updated(cluster, [original, ''], { serverSide: true }), {
    message: ['x', 'z', 'hidden'].map(name => `failed to delete resource namespace=default, name=${name}, kind=ConfigMap: not yours`).join(' && ')
  })
})

t.test('what cannot be had together is refused', async t => {
  const { client } = await fakeCluster(t)
  const refused = async (options: UpdateOptions): Promise<void> => { await t.rejects(client.update([], [], options), { code: 'unsupported' }) }
  await refused({ serverSide: false, forceConflicts: true })
  await refused({ serverSide: true, forceReplace: true })
  await refused({ serverSide: true, threeWayMergeForUnstructured: true })
})

/** The bodies of the patches and replacements that were sent, by their type. */
function bodies ({ server }: FakeCluster): Array<[string | undefined, unknown]> {
  return server.requests.filter(({ method }) => method === 'PATCH' || method === 'PUT').map(({ headers, body }) => [headers['content-type'], JSON.parse(body)])
}

const ship = { group: 'example.com', version: 'v1', kind: 'Ship', plural: 'ships', namespaced: true }

function ships (spec: string): string {
  return `---\napiVersion: example.com/v1\nkind: Ship\nmetadata: {name: mary}\nspec: ${spec}\n`
}

t.test('without server-side apply: what is built in is merged with what is live', async t => {
  const cluster = await fakeCluster(t)
  await cluster.client.create(await cluster.client.build(map('a', 'data: {old: "1", same: "1"}')), { serverSide: false })
  const live = cluster.server.objects.get(`${maps}/a`)
  if (live !== undefined) live['data'] = { old: '1', same: 'drifted', others: '1' }
  const manifests = [map('a', 'data: {old: "1", same: "1"}'), map('a', 'data: {same: "1", new: "1"}') + map('b')] as const
  t.strictSame(await updated(cluster, manifests, { serverSide: false }), { created: ['b'], updated: ['a'], deleted: [] })
  t.strictSame(bodies(cluster), [['application/strategic-merge-patch+json', { data: { new: '1', old: null, same: '1' } }]])
  t.strictSame(writes(cluster).slice(1), [`PATCH ${maps}/a`, `POST ${maps}`])
  t.strictSame(cluster.server.objects.get(`${maps}/a`)?.['data'], { others: '1', same: '1', new: '1' })
  await updated(cluster, [manifests[1], manifests[1]], { serverSide: false })
  t.equal(bodies(cluster).length, 1, 'nothing is sent when nothing differs')
})

t.test('of a custom resource the manifests alone count, unless it is taken over', async t => {
  const cluster = await fakeCluster(t)
  cluster.server.kinds.push(ship)
  cluster.server.objects.set('/apis/example.com/v1/namespaces/default/ships/mary', {
    apiVersion: 'example.com/v1', kind: 'Ship', metadata: { name: 'mary', namespace: 'default' }, spec: { crew: 99, length: 1 }
  })
  await updated(cluster, [ships('{crew: 1, length: 1, old: 1}'), ships('{crew: 1, length: 2}')], { serverSide: false })
  await updated(cluster, [ships('{crew: 1}'), ships('{crew: 1}')], { serverSide: false, threeWayMergeForUnstructured: true })
  t.strictSame(bodies(cluster), [
    ['application/merge-patch+json', { spec: { length: 2, old: null } }],
    ['application/merge-patch+json', { spec: { crew: 1 } }]
  ])
})

t.test('a custom resource that was sent in a version that is gone: what is live counts', async t => {
  const cluster = await fakeCluster(t)
  cluster.server.kinds.push(ship)
  const live = (): void => {
    cluster.server.objects.set('/apis/example.com/v1/namespaces/default/ships/mary', {
      apiVersion: 'example.com/v1', kind: 'Ship', metadata: { name: 'mary', namespace: 'default' }, spec: { crew: 60, old: 1, others: 1 }
    })
  }
  const before = ships('{crew: 1, old: 1, sailors: 1}').replace('example.com/v1', 'example.com/v1alpha1')
  const { client } = cluster
  const send = async (serverSide: boolean): Promise<void> => {
    live()
    await client.update(await client.buildRecorded(before), await client.build(ships('{crew: 1}')), { serverSide })
  }
  await send(false)
  t.strictSame(bodies(cluster), [['application/merge-patch+json', { spec: { crew: 1, old: null, sailors: null } }]], 'one field means another thing now, one is not wanted, one has another name')
  await send(true)
  t.equal(bodies(cluster).at(-1)?.[0], 'application/apply-patch+yaml')
  live()
  t.match(await client.update(await client.buildRecorded(before), [], { serverSide: true }), { deleted: [{ name: 'mary' }] })
  t.equal(writes(cluster).at(-1), 'DELETE /apis/example.com/v1/namespaces/default/ships/mary')
})

t.test('patches that cannot be made, or are refused, are named together', async t => {
  const cluster = await fakeCluster(t)
  for (const name of ['a', 'b']) put(cluster, name)
  cluster.server.fault = ({ method }) => method === 'PATCH' ? { status: 422, message: 'too bad' } : undefined
  const target = map('a', 'unknown: {x: {y1: 1}}\ndata: {x: "1"}') + map('b', 'data: {x: "1"}')
  const live = cluster.server.objects.get(`${maps}/a`)
  if (live !== undefined) live['unknown'] = { x: 1 }
  await t.rejects(updated(cluster, [target, target], { serverSide: false }), {
    code: 'manifest',
    message: 'failed to create patch: unable to find api field in struct ConfigMap for the json field "unknown" && cannot patch "b" with kind ConfigMap: too bad'
  })
})

t.test('replaced: put in place of what is there, whatever that was', async t => {
  const cluster = await fakeCluster(t)
  put(cluster, 'a', { labels: { others: 'x' } })
  await updated(cluster, [map('a'), map('a', 'data: {x: "1"}')], { serverSide: false, forceReplace: true })
  const [put1] = cluster.server.requests.filter(({ method }) => method === 'PUT')
  t.strictSame([...put1?.query ?? []], [['fieldManager', 'helm'], ['fieldValidation', 'Strict']])
  t.match(JSON.parse(put1?.body ?? ''), { metadata: { name: 'a', resourceVersion: '7' }, data: { x: '1' } })
  t.equal(cluster.server.objects.get(`${maps}/a`)?.metadata.labels, undefined)
  cluster.server.fault = ({ method }) => method === 'PUT' ? { status: 422, message: 'immutable' } : undefined
  await t.rejects(updated(cluster, [map('a'), map('a')], { serverSide: false, forceReplace: true }), { message: 'failed to replace object: immutable' })
})

t.test('replaced: a version that the manifest names must be the live one', async t => {
  const cluster = await fakeCluster(t)
  put(cluster, 'a')
  const outdated = '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, resourceVersion: "1"}\n'
  await t.rejects(updated(cluster, [map('a'), outdated], { serverSide: false, forceReplace: true }), { code: 'conflict', message: /^failed to replace object: Operation cannot be fulfilled/ })
})

t.test('Ctrl-C ends it between two objects', async t => {
  const cluster = await fakeCluster(t)
  for (const name of ['a', 'old']) put(cluster, name)
  const stopAt = async (name: string): Promise<void> => {
    const stop = new AbortController()
    cluster.server.requests.length = 0
    cluster.server.control = object => { if (object.metadata.name === name) stop.abort() }
    await t.rejects(updated(cluster, [map('a') + map('old'), map('a') + map('b')], { serverSide: true, signal: stop.signal }), { code: 'cancelled', message: 'context canceled' })
  }
  await stopAt('a')
  t.strictSame(writes(cluster), [`PATCH ${maps}/a`])
  await stopAt('b')
  t.strictSame(writes(cluster), [`PATCH ${maps}/a`, `PATCH ${maps}/b`], 'and before what is no more wanted is deleted')
})
