import t from 'tap'
import type { WaitFor } from '../../src/kube/client.js'
import { KubeError } from '../../src/kube/errors.js'
import { parseObject } from '../../src/kube/json.js'
import type { KubeObject } from '../../src/kube/objects.js'
import type { Resource } from '../../src/kube/resource.js'
import type { WaitLook } from '../../src/kube/wait-progress.js'
import type { Explain } from '../../src/kube/wait-report.js'
import { waitFor } from '../../src/kube/wait.js'
import { ManualClock } from '../helpers/manual-clock.js'

function resource (kind: string, name: string, object: KubeObject = parseObject('{}')): Resource {
  return { mapping: { group: kind === 'Job' ? 'batch' : '', version: 'v1', kind, plural: 'x', namespaced: true }, namespace: 'default', name, object }
}

function pod (phase: string): KubeObject {
  return parseObject(`{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"status":{"phase":"${phase}"}}`)
}

type Look = KubeObject | Error

/** Waits for objects that look different each time; the last look stays. */
async function wait (until: WaitFor, looks: Readonly<Record<string, readonly Look[]>>, options: { timeout?: number, clock?: ManualClock, signal?: AbortSignal } = {}): Promise<ManualClock> {
  const clock = options.clock ?? new ManualClock()
  const seen = new Map<string, number>()
  await waitFor(Object.keys(looks).map(name => resource('Pod', name)), until, {
    clock,
    signal: options.signal,
    timeout: options.timeout ?? 5000,
    get: async ({ name }) => {
      const count = seen.get(name) ?? 0
      seen.set(name, count + 1)
      const all = looks[name] ?? []
      const look = all[Math.min(count, all.length - 1)]
      if (look === undefined) throw new Error('no look')
      if (look instanceof Error) throw look
      return look
    }
  })
  return clock
}

const notFound = new KubeError('not-found', 'pods "x" not found', { status: 404 })

t.test('it looks until all are ready, soon at first', async t => {
  const clock = await wait('hook', { a: [pod('Pending'), pod('Running'), pod('Succeeded')], b: [pod('Succeeded')] })
  t.strictSame(clock.slept, [100, 200])
})

t.test('nothing to wait for', async t => {
  t.strictSame((await wait('ready', {})).slept, [])
})

t.test('time runs out: each object that is not ready, a line', async t => {
  const clock = new ManualClock()
  await t.rejects(wait('hook', { a: [pod('Running')], b: [pod('Succeeded')], c: [notFound] }, { clock }), {
    code: 'not-ready',
    message: [
      'resource Pod/default/a not ready. status: InProgress, message: Pod in progress',
      'resource Pod/default/c not ready. status: NotFound, message: Resource not found',
      'context deadline exceeded'
    ].join('\n')
  })
  t.equal(clock.slept.reduce((sum, each) => sum + each, 0), 5000, 'not a moment longer')
  t.ok(clock.slept.includes(1000))
})

t.test('no timeout is half a minute', async t => {
  const clock = new ManualClock()
  await t.rejects(wait('hook', { a: [pod('Running')] }, { clock, timeout: 0 }), { code: 'not-ready' })
  t.equal(clock.slept.reduce((sum, each) => sum + each, 0), 30_000)
})

t.test('what failed for good is told when the others are ready', async t => {
  await t.rejects(wait('hook', { a: [pod('Failed')], b: [pod('Running'), pod('Succeeded')] }), {
    code: 'not-ready', message: 'resource Pod/default/a not ready. status: Failed, message: pod p failed'
  })
})

t.test('a server that stumbles is asked again; one that forbids is not', async t => {
  await t.resolves(wait('hook', { a: [new KubeError('server', 'etcd is away'), pod('Succeeded')] }))
  await t.rejects(wait('hook', { a: [new KubeError('server', 'etcd is away')] }), { message: /status: Unknown, message: etcd is away/ })
  await t.rejects(wait('hook', { a: [new KubeError('forbidden', 'pods "a" is forbidden')] }), { code: 'forbidden' })
})

t.test('until they are gone', async t => {
  t.equal((await wait('deleted', { a: [pod('Running'), notFound] })).slept.length, 1)
  await t.rejects(wait('deleted', { a: [pod('Succeeded')] }), {
    code: 'still-exists', message: 'resource Pod/default/a still exists. status: Current, message: Pod has completed successfully\ncontext deadline exceeded'
  })
})

t.test('the user ends it', async t => {
  const stop = new AbortController()
  stop.abort()
  await t.rejects(wait('hook', { a: [pod('Running')] }, { signal: stop.signal }), { code: 'cancelled', message: 'context canceled' })
})

t.test('a paused Deployment is not waited for', async t => {
  const paused = parseObject('{"apiVersion":"apps/v1","kind":"Deployment","spec":{"paused":true}}')
  const get = async (): Promise<KubeObject> => { throw new Error('nobody should look') }
  await t.resolves(waitFor([resource('Deployment', 'd', paused)], 'ready', { clock: new ManualClock(), signal: undefined, timeout: 1000, get }))
})

t.test('jobs are waited for when that is asked', async t => {
  const running = parseObject('{"apiVersion":"batch/v1","kind":"Job","status":{"startTime":"2026-01-01T00:00:00Z"}}')
  const options = { clock: new ManualClock(), signal: undefined, timeout: 1000, get: async () => running }
  await t.resolves(waitFor([resource('Job', 'j')], 'ready', options))
  await t.rejects(waitFor([resource('Job', 'j')], 'ready-with-jobs', options), { code: 'not-ready', message: /Job\/default\/j not ready. status: InProgress, message: Job in progress/ })
})

/** What is told while objects are waited for; the clock goes on by the pauses. */
async function told (until: WaitFor, get: (name: string, time: number) => KubeObject, explain?: Explain): Promise<{ looks: WaitLook[], ends: boolean[] }> {
  const clock = new ManualClock()
  const start = clock.now().getTime()
  const looks: WaitLook[] = []
  const ends: boolean[] = []
  await waitFor([resource('Pod', 'a'), resource('Pod', 'b')], until, {
    clock,
    signal: undefined,
    timeout: 20_000,
    get: async ({ name }) => get(name, clock.now().getTime() - start),
    progress: { looked: look => { looks.push(look) }, ended: isMet => { ends.push(isMet) } },
    ...explain === undefined ? {} : { explain }
  }).catch(() => {})
  return { looks, ends }
}

t.test('progress: what is open at each look, for how long, and the end', async t => {
  const { looks, ends } = await told('hook', (name, time) => pod(name === 'b' || time >= 600 ? 'Succeeded' : 'Running'))
  t.strictSame(looks.map(({ goal, total, waiting }) => [goal, total, waiting.map(({ name, age }) => [name, age])]), [
    ['ready', 2, [['a', 0]]], ['ready', 2, [['a', 100]]], ['ready', 2, [['a', 300]]]
  ])
  t.strictSame(looks[0]?.waiting[0], { kind: 'Pod', namespace: 'default', name: 'a', status: { progress: 'InProgress', message: 'Pod in progress' }, reasons: [], age: 0 })
  t.strictSame(ends, [true])
})

t.test('progress: what is not ready any more is waited for anew', async t => {
  const { looks } = await told('hook', (name, time) => pod(name === 'b' ? time >= 2000 ? 'Succeeded' : 'Running' : time === 1000 || time >= 2000 ? 'Succeeded' : 'Running'))
  t.strictSame(looks.map(({ waiting }) => waiting.find(({ name }) => name === 'a')?.age), [0, 100, 300, 600, undefined, 0])
})

t.test('progress: reasons are asked for after some seconds, and not often', async t => {
  const asked: string[] = []
  const { looks, ends } = await told('hook', () => pod('Pending'), async ({ name }) => {
    asked.push(name)
    return [`reason ${asked.length}`]
  })
  t.strictSame(asked, ['a', 'b', 'a', 'b'])
  const first = looks.findIndex(({ waiting }) => (waiting[0]?.reasons.length ?? 0) > 0)
  t.ok((looks[first]?.waiting[0]?.age ?? 0) > 3000)
  t.strictSame(looks.at(-1)?.waiting.map(({ reasons }) => reasons), [['reason 3'], ['reason 4']])
  t.strictSame(ends, [false])
})

t.test('progress: who may not read events is told, and nobody asks again', async t => {
  let asked = 0
  const { looks } = await told('hook', () => pod('Pending'), async () => {
    asked++
    throw new KubeError('forbidden', 'events is forbidden')
  })
  t.equal(asked, 2)
  t.equal(looks.at(-1)?.trouble, 'why cannot be told in full: events is forbidden')
})

t.test('progress: objects that are to go are kept by their finalizers, and nothing is asked', async t => {
  const leaving = parseObject('{"kind":"Pod","metadata":{"deletionTimestamp":"2026-01-01T00:00:00Z","finalizers":["example.com/x"]}}')
  const { looks } = await told('deleted', () => leaving, async () => { throw new Error('nobody should ask') })
  t.equal(looks.at(-1)?.goal, 'gone')
  t.strictSame(looks.at(-1)?.waiting[0]?.reasons, ['finalizers: example.com/x'])
  t.equal(looks.at(-1)?.trouble, undefined)
})
