import t from 'tap'
import type { Test } from 'tap'
import type { ActionContext } from '../../src/action/context.js'
import { install } from '../../src/action/install.js'
import { lossOf, unlock, withLease } from '../../src/action/lock.js'
import { rollback } from '../../src/action/rollback.js'
import { uninstall } from '../../src/action/uninstall.js'
import { upgrade } from '../../src/action/upgrade.js'
import type { LeaseTerms } from '../../src/release/lease.js'
import { secretsDriver } from '../../src/release/secrets.js'
import { History } from '../../src/release/history.js'
import { actionWorld, chartOf, configMap, hookJob, installOptionsOf, rollbackOptionsOf, upgradeOptionsOf, type ActionWorld } from '../helpers/action-context.js'
import { releaseOf } from '../helpers/release.js'

const record = '/api/v1/namespaces/default/secrets/sh.helm.release.v1.web.v1'
const chart = chartOf({ 'templates/a.yaml': configMap('a') })
const removal = { name: 'web', hooks: true, keepHistory: false, ignoreNotFound: false, dryRun: false, wait: 'hookOnly', timeout: 1000, cascade: 'background', description: '' } as const

/** A world whose sleepers wake when the test says so; by then the clock went on. */
async function lockWorld (t: Test): Promise<ActionWorld & { readonly context: ActionContext & { readonly lease: LeaseTerms }, readonly wake: () => void, readonly other: ActionContext }> {
  const world = await actionWorld(t)
  const sleepers: Array<() => void> = []
  const sleep = async (_milliseconds: number, signal: AbortSignal): Promise<void> => {
    await new Promise<void>((resolve, reject) => {
      sleepers.push(resolve)
      signal.addEventListener('abort', () => { reject(new Error('aborted')) })
    })
  }
  const lease = { owner: 'ci@runner', process: 47, term: 60_000, isRunning: () => true, sleep }
  const context = { ...world.context, lease, random: (size: number) => new Uint8Array(size).fill(1) }
  const { transport, clock } = world
  // Waiting passes at once; renewing is not waited for.
  const impatient = { ...lease, owner: 'other@host', sleep: async (milliseconds: number, signal: AbortSignal) => { await (milliseconds === 2000 ? clock.sleep(milliseconds, signal) : sleep(milliseconds, signal)) } }
  const other = { ...context, lease: impatient, random: (size: number) => new Uint8Array(size).fill(2), history: new History(secretsDriver({ transport, namespace: 'default', now: clock.now })) }
  return { ...world, context, other, wake: () => { for (const wake of sleepers.splice(0)) wake() } }
}

const lease = { id: '0101010101010101', owner: 'ci@runner', process: '47', since: '2026-01-02T03:04:05.000Z', expires: '2026-01-02T03:05:05.000Z' }
const annotations = Object.fromEntries(Object.entries(lease).map(([name, value]) => [`portolan.dev/lease-${name}`, value]))

/** A release that a process is at work on, or was. */
async function leavePending (world: { readonly context: ActionContext, readonly server: ActionWorld['server'] }, status = 'pending-install'): Promise<void> {
  await world.context.history.create(releaseOf({ info: { status, description: '' } }))
  const object = world.server.objects.get(record)
  if (object !== undefined) object.metadata.annotations = { ...annotations }
}

t.test('the lease goes with the pending record, and ends with it', async t => {
  const { context, server } = await lockWorld(t)
  let seen: unknown
  server.control = object => {
    if (object.kind === 'ConfigMap') seen = server.objects.get(record)?.metadata.annotations
  }
  await install(context, installOptionsOf(chart))
  t.strictSame(seen, annotations)
  t.equal(server.objects.get(record)?.metadata.annotations, undefined)
  t.strictSame(server.objects.get(record)?.metadata.labels?.['status'], 'deployed')
})

t.test('it is renewed while the work goes on', async t => {
  const { context, server, clock, wake } = await lockWorld(t)
  const release = releaseOf({ info: { status: 'pending-install' } })
  await withLease(context, release, async context => {
    await context.history.create(release)
    await clock.sleep(10_000)
    wake()
    while (server.objects.get(record)?.metadata.annotations?.['portolan.dev/lease-expires'] !== '2026-01-02T03:05:15.000Z') await new Promise(setImmediate)
  })
  t.ok(server.log().includes(`PATCH ${record}`))
})

t.test('work whose lease somebody else took is ended, and records nothing', async t => {
  const { context, server, wake } = await lockWorld(t)
  server.control = object => {
    const pending = server.objects.get(record)
    if (object.kind !== 'ConfigMap' || pending?.metadata.annotations === undefined) return
    pending.metadata.annotations['portolan.dev/lease-id'] = 'another'
    wake()
  }
  await t.rejects(withLease(context, releaseOf({ info: { status: 'pending-install' } }), async context => {
    await context.history.create(releaseOf({ info: { status: 'pending-install' } }))
    await context.kube.create(await context.kube.build(configMap('a')), { serverSide: true })
    while (!context.signal.aborted) await new Promise(setImmediate)
    throw lossOf(context.signal) ?? new Error('not lost')
  }), { code: 'locked', message: 'somebody else has taken the release over meanwhile: this operation was ended' })
})

t.test('a removal whose lease somebody else took leaves the records alone', async t => {
  const { context, server, wake } = await lockWorld(t)
  await install(context, installOptionsOf(chartOf({ 'templates/a.yaml': configMap('a'), 'templates/h.yaml': hookJob('after', 'post-delete') })))
  const taken = new Promise<void>(resolve => {
    server.fault = ({ method, path }) => {
      if (method === 'PATCH' && path === record) setImmediate(resolve)
      return undefined
    }
  })
  server.control = object => {
    const pending = server.objects.get(record)
    if (object.kind !== 'Job' || pending?.metadata.annotations === undefined) return
    pending.metadata.annotations['portolan.dev/lease-id'] = 'another'
    wake()
  }
  const removing = uninstall(context, removal)
  await taken
  await t.rejects(removing, { code: 'locked', message: 'somebody else has taken the release over meanwhile: this operation was ended' })
  t.equal(server.objects.get(record)?.metadata.annotations?.['portolan.dev/lease-id'], 'another')
})

t.test('a lease that no record could end expires with the operation', async t => {
  const { context, other, server, clock } = await lockWorld(t)
  await install(context, installOptionsOf(chart))
  server.fault = ({ method, path }) => method === 'PUT' && path === record.replace(/1$/, '2') ? { status: 500, message: 'full' } : undefined
  await clock.sleep(1000)
  await t.rejects(upgrade(context, upgradeOptionsOf(chart)), { message: 'update: failed to update: full' })
  t.match(server.objects.get(record.replace(/1$/, '2'))?.metadata, { labels: { status: 'pending-upgrade' }, annotations: { 'portolan.dev/lease-expires': '2026-01-02T03:04:06.000Z' } })
  server.fault = () => undefined
  t.match(await upgrade(other, upgradeOptionsOf(chart)), { version: 3, info: { status: 'deployed' } })
})

t.test('a removal that failed can be repeated at once', async t => {
  const { context, other, server } = await lockWorld(t)
  await install(context, installOptionsOf(chart))
  server.fault = ({ method, path }) => method === 'DELETE' && path.endsWith('/a') ? { status: 403, message: 'stays' } : undefined
  await t.rejects(uninstall(context, removal), { code: 'uninstall-failed' })
  server.fault = () => undefined
  await uninstall(other, removal)
  t.equal(server.objects.size, 0)
})

t.test('while a lease is alive, others are told who holds it', async t => {
  const world = await lockWorld(t)
  await leavePending(world)
  const who = 'another operation (install/upgrade/rollback) is in progress: pending-install by ci@runner (process 47) since 2026-01-02T03:04:05Z'
  await t.rejects(install(world.other, installOptionsOf(chart)), { code: 'locked', message: `release name check failed: ${who}` })
  await t.rejects(uninstall(world.other, removal), { code: 'locked', message: who })
})

t.test('a lease that expired counts as a failure, and the next goes on', async t => {
  const world = await lockWorld(t)
  await leavePending(world)
  await world.clock.sleep(60_000)
  const { version, info } = await install(world.other, installOptionsOf(chart))
  t.match({ version, info }, { version: 2, info: { status: 'deployed' } })
  t.match((await world.other.history.get('web', 1)).info, {
    status: 'failed', description: 'interrupted: its lease expired at 2026-01-02T03:05:05Z; it was pending-install by ci@runner (process 47) since 2026-01-02T03:04:05Z'
  })
})

t.test('a removal that was interrupted is gone on with', async t => {
  const world = await lockWorld(t)
  await leavePending(world, 'uninstalling')
  await world.clock.sleep(60_000)
  await uninstall(world.other, removal)
  t.equal(world.server.objects.get(record), undefined)
})

t.test('who waits is told for whom, and goes on when the lock ends', async t => {
  const world = await lockWorld(t)
  await leavePending(world)
  await install(world.other, installOptionsOf(chart, { waitForLock: 120_000 }))
  t.strictSame(world.logged, ['INFO waiting for the end of another operation release=web operation=pending-install by ci@runner (process 47) since 2026-01-02T03:04:05Z'], 'once')
  t.equal(world.clock.slept.length, 30)
  const again = await lockWorld(t)
  await leavePending(again)
  await t.rejects(install(again.other, installOptionsOf(chart, { waitForLock: 10_000 })), { code: 'locked' }, 'not for ever')
})

t.test('a pending release of Helm stays locked until it is unlocked', async t => {
  const { context, other } = await lockWorld(t)
  await context.history.create(releaseOf({ info: { status: 'pending-install' } }))
  await t.rejects(install(other, installOptionsOf(chart)), { code: 'name-in-use' })
  t.match(await unlock(other, 'web', { force: false }), { name: 'web', version: 1, status: 'pending-install', lease: undefined })
  t.equal((await context.history.last('web')).info.description, 'interrupted: unlocked by other@host; it was pending-install')
  t.equal((await install(other, installOptionsOf(chart))).version, 2)
})

t.test('what is at work is unlocked by force, what is not, not at all', async t => {
  const world = await lockWorld(t)
  await leavePending(world)
  await t.rejects(unlock(world.other, 'web', { force: false }), {
    code: 'locked',
    message: 'revision 1 of "web" is pending-install by ci@runner (process 47) since 2026-01-02T03:04:05Z, and its lease is alive until 2026-01-02T03:05:05Z: --force unlocks it all the same'
  })
  t.match(await unlock(world.other, 'web', { force: true }), { lease: { owner: 'ci@runner', process: 47 } })
  await t.rejects(unlock(world.other, 'web', { force: true }), { code: 'not-locked', message: 'nothing to unlock: revision 1 of "web" is failed' })
  await t.rejects(unlock(world.other, 'none', { force: true }), { code: 'not-found' })
})

t.test('what died on this machine is unlocked without force', async t => {
  const world = await lockWorld(t)
  await leavePending(world)
  const asked: number[] = []
  const isRunning = (process: number): boolean => asked.push(process) === 1
  const unlockBy = async (owner: string): Promise<unknown> => await unlock({ ...world.context, lease: { ...world.context.lease, owner, isRunning } }, 'web', { force: false })
  await t.rejects(unlockBy('other@host'), { code: 'locked' }, 'who knows, elsewhere')
  await t.rejects(unlockBy('ci@runner'), { code: 'locked' }, 'it runs')
  t.match(await unlockBy('ci@runner'), { lease: { owner: 'ci@runner', process: 47 } })
  t.strictSame(asked, [47, 47])
})

t.test('an installation that failed and was deployed before is no interrupted one', async t => {
  const world = await lockWorld(t)
  await world.context.history.create(releaseOf({ version: 1 }))
  await world.context.history.create(releaseOf({ version: 2, info: { status: 'failed', description: 'interrupted: …' } }))
  await t.rejects(install(world.other, installOptionsOf(chart)), { code: 'name-in-use' })
})

t.test('upgrades and rollbacks take part: locked while a lease is alive, gone on with when it expired', async t => {
  const changes = { upgrade: async (context: ActionContext) => await upgrade(context, upgradeOptionsOf(chart)), rollback: async (context: ActionContext) => await rollback(context, rollbackOptionsOf({ revision: 1 })) }
  for (const [what, change] of Object.entries(changes)) {
    const world = await lockWorld(t)
    await install(world.context, installOptionsOf(chart))
    await world.context.history.create(releaseOf({ version: 2, info: { status: `pending-${what}`, description: '' } }))
    const object = world.server.objects.get(record.replace(/1$/, '2'))
    if (object !== undefined) object.metadata.annotations = { ...annotations }
    await t.rejects(change(world.other), { code: 'locked', message: `another operation (install/upgrade/rollback) is in progress: pending-${what} by ci@runner (process 47) since 2026-01-02T03:04:05Z` })
    await world.clock.sleep(60_000)
    let seen: unknown
    world.server.control = written => {
      if (written.kind === 'ConfigMap') seen = world.server.objects.get(record.replace(/1$/, '3'))?.metadata.annotations?.['portolan.dev/lease-owner']
    }
    t.match(await change(world.other), { version: 3, info: { status: 'deployed' } })
    t.equal(seen, 'other@host', 'it holds a lease of its own meanwhile')
    t.strictSame((await world.other.history.revisions('web')).map(({ info }) => info.status), ['superseded', 'failed', 'deployed'])
  }
})
