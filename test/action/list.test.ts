import t from 'tap'
import type { ActionContext } from '../../src/action/context.js'
import { list, type ListOptions } from '../../src/action/list.js'
import { GoTime } from '../../src/go/time.js'
import { OfflineClient } from '../../src/kube/offline-client.js'
import { History } from '../../src/release/history.js'
import { MemoryDriver } from '../../src/release/memory.js'
import { actionWorld } from '../helpers/action-context.js'
import { releaseOf } from '../helpers/release.js'

const all: ListOptions = { states: [], filter: '', selector: '', byDate: false, reverse: false, max: 256, offset: 0 }

const releases = [
  releaseOf({ name: 'b', version: 1, info: { status: 'superseded' } }),
  releaseOf({ name: 'b', version: 2, info: { lastDeployed: GoTime.parseRfc3339('2026-01-01T00:00:03Z') }, labels: new Map([['team', 'a']]) }),
  releaseOf({ name: 'a', info: { status: 'failed', lastDeployed: GoTime.parseRfc3339('2026-01-01T00:00:02Z') } }),
  releaseOf({ name: 'c', namespace: 'other', info: { status: 'pending-install', lastDeployed: GoTime.parseRfc3339('2026-01-01T00:00:01Z') } }),
  releaseOf({ name: 'd', info: { status: 'strange' } })
]

function contextOf (namespace: string): ActionContext {
  return {
    kube: new OfflineClient(),
    history: new History(new MemoryDriver(namespace, releases)),
    clock: () => new Date(0),
    now: () => GoTime.zero,
    random: size => new Uint8Array(size),
    log: () => {},
    signal: new AbortController().signal
  }
}

async function names (options: Partial<ListOptions>, namespace = ''): Promise<string[]> {
  return (await list(contextOf(namespace), { ...all, ...options })).map(({ name, version }) => `${name}${version}`)
}

t.test('the newest revision of each, by name, without states that nobody knows', async t => {
  t.strictSame(await names({}), ['a1', 'b2', 'c1'])
  t.strictSame(await names({}, 'default'), ['a1', 'b2'])
  t.strictSame(await names({ reverse: true }), ['c1', 'b2', 'a1'])
  t.strictSame(await names({ byDate: true }), ['c1', 'a1', 'b2'])
  t.strictSame(await names({ byDate: true, reverse: true }), ['b2', 'a1', 'c1'])
})

t.test('states, and superseded ones only when nothing else is asked for', async t => {
  t.strictSame(await names({ states: ['failed', 'pending-install'] }), ['a1', 'c1'])
  t.strictSame(await names({ states: ['superseded'] }), ['b1'])
  t.strictSame(await names({ states: ['superseded', 'deployed'] }), ['b2'])
})

t.test('filters, selectors, and a part of them', async t => {
  t.strictSame(await names({ filter: '^[ab]$' }), ['a1', 'b2'])
  t.strictSame(await names({ selector: 'team=a' }), ['b2'])
  t.strictSame(await names({ offset: 1, max: 1 }), ['b2'])
  t.strictSame(await names({ offset: 9 }), [])
  t.strictSame(await names({ max: 0 }), ['a1', 'b2', 'c1'])
  await t.rejects(names({ filter: '(' }), { code: 'invalid-option', message: 'error parsing regexp: missing closing ): `(`' })
  await t.rejects(names({ selector: 'a b' }), { code: 'invalid-option' })
})

t.test('of many records in a cluster only those are read that are shown', async t => {
  const { context, server } = await actionWorld(t)
  for (const name of ['a', 'b', 'c']) {
    for (const version of [1, 2]) await context.history.create(releaseOf({ name, version, info: { status: version === 1 ? 'superseded' : 'deployed' } }))
  }
  server.requests.length = 0
  t.strictSame((await list(context, { ...all, max: 2 })).map(({ name, version }) => `${name}${version}`), ['a2', 'b2'])
  const asked = server.log().filter(line => line.includes('secrets'))
  t.strictSame(asked, ['', '/sh.helm.release.v1.a.v2', '/sh.helm.release.v1.b.v2'].map(key => `GET /api/v1/namespaces/default/secrets${key}`))
  t.match(server.requests.find(({ path }) => path.endsWith('/secrets'))?.headers.accept, /as=PartialObjectMetadataList/)
})

t.test('where the newest record cannot be read, the one before it is shown, as in Helm', async t => {
  const { context, server } = await actionWorld(t)
  for (const version of [1, 2]) await context.history.create(releaseOf({ version }))
  const newest = server.objects.get('/api/v1/namespaces/default/secrets/sh.helm.release.v1.web.v2')
  if (newest !== undefined) newest['data'] = { release: 'AAAA' }
  t.match(await list(context, all), [{ name: 'web', version: 1 }])
})

t.test('who may list records and not get them still lists releases', async t => {
  const { context, server } = await actionWorld(t)
  await context.history.create(releaseOf())
  server.fault = ({ path }) => path.includes('sh.helm.release') ? { status: 403, message: 'not for you' } : undefined
  t.match(await list(context, all), [{ name: 'web', version: 1, chart: { metadata: { name: 'sea' } } }])
  server.fault = ({ path }) => path.endsWith('/secrets') ? { status: 403, message: 'not for you' } : undefined
  await t.rejects(list(context, all), { message: 'list: failed to list: not for you' })
})
