import t from 'tap'
import type { Test } from 'tap'
import { install } from '../../src/action/install.js'
import { rollback } from '../../src/action/rollback.js'
import { upgrade } from '../../src/action/upgrade.js'
import { actionWorld, chartOf, configMap, hookJob, installOptionsOf, rollbackOptionsOf, runJobs, upgradeOptionsOf, type ActionWorld } from '../helpers/action-context.js'
import { releaseOf } from '../helpers/release.js'

const first = chartOf({ 'templates/a.yaml': configMap('a'), 'templates/NOTES.txt': 'one' })
const second = chartOf({ 'Chart.yaml': 'apiVersion: v2\nname: sea\nversion: 2.0.0\n', 'templates/b.yaml': configMap('b') })

/** A release with two revisions. */
async function upgraded (t: Test, chart = first): Promise<ActionWorld> {
  const world = await actionWorld(t)
  world.server.control = runJobs
  await install(world.context, installOptionsOf(chart, { labels: new Map([['team', 'a']]), values: new Map([['x', 'y']]) }))
  await upgrade(world.context, upgradeOptionsOf(second, { labels: new Map([['team', 'b']]), policy: 'reset' }))
  world.server.requests.length = 0
  return world
}

async function states ({ context }: ActionWorld): Promise<string[]> {
  return (await context.history.revisions('web')).map(({ version, info }) => `${version} ${info.status}: ${info.description}`)
}

t.test('the revision before comes back, as a new one', async t => {
  const world = await upgraded(t)
  await rollback(world.context, rollbackOptionsOf())
  t.match(await world.context.history.get('web', 3), {
    applyMethod: 'ssa',
    config: new Map([['x', 'y']]),
    labels: new Map([['team', 'a']]),
    chart: { metadata: { version: '1.2.3' } },
    info: { status: 'deployed', description: 'Rollback to 1', notes: 'one', rollbackRevision: 1 }
  })
  t.strictSame(world.alive(), ['configmaps/a'])
  t.strictSame(await states(world), ['1 superseded: Install complete', '2 superseded: Upgrade complete', '3 deployed: Rollback to 1'])
  await rollback(world.context, rollbackOptionsOf({ revision: 2, description: 'forth again', maxHistory: 2 }))
  t.strictSame(await states(world), ['3 superseded: Rollback to 1', '4 deployed: forth again'])
  t.strictSame(world.alive(), ['configmaps/b'])
})

t.test('every revision that is called deployed is superseded', async t => {
  const world = await upgraded(t)
  await world.context.history.update({ ...await world.context.history.get('web', 1), info: { ...releaseOf().info, status: 'deployed' } })
  await rollback(world.context, rollbackOptionsOf())
  t.strictSame((await states(world)).map(line => line.split(':')[0]), ['1 superseded', '2 superseded', '3 deployed'])
})

t.test('what is refused', async t => {
  const world = await upgraded(t)
  const { context } = world
  await t.rejects(rollback(context, rollbackOptionsOf({ revision: 7 })), { code: 'not-found', message: 'release has no 7 version' })
  await t.rejects(rollback(context, rollbackOptionsOf({ revision: -1 })), { message: 'invalid release revision' })
  await t.rejects(rollback(context, rollbackOptionsOf({ name: 'R_' })), { code: 'invalid-name', message: 'prepareRollback: Release name is invalid: R_' })
  await t.rejects(rollback(context, rollbackOptionsOf({ name: 'db' })), { message: 'release: not found' })
  await t.rejects(rollback(context, rollbackOptionsOf({ description: 'ü'.repeat(257) })), { message: 'description must be 256 characters or less, got 257' })
  await t.rejects(rollback(context, rollbackOptionsOf({ serverSide: 'x' })), { message: 'invalid/unknown release server-side apply method: x' })
  t.match(await rollback(context, rollbackOptionsOf({ dryRun: true })), { version: 3, info: { status: 'pending-rollback' } })
  t.strictSame(world.server.log().filter(line => !line.startsWith('GET')), [])
})

t.test('hooks around it', async t => {
  const hooked = chartOf({ 'templates/a.yaml': configMap('a'), 'templates/pre.yaml': hookJob('pre', 'pre-rollback'), 'templates/post.yaml': hookJob('post', 'post-rollback') })
  const world = await upgraded(t, hooked)
  await rollback(world.context, rollbackOptionsOf())
  t.strictSame(world.server.log().filter(line => line.startsWith('PATCH')).map(line => line.split('/').at(-1)), ['pre', 'a', 'post'])
  t.match((await world.context.history.last('web')).hooks, [{ lastRun: { phase: 'Succeeded' } }, { lastRun: { phase: 'Succeeded' } }])
})

t.test('hooks that fail, or are left out', async t => {
  const world = await upgraded(t, chartOf({ 'templates/a.yaml': configMap('a'), 'templates/pre.yaml': hookJob('bad', 'pre-rollback') }))
  await t.rejects(rollback(world.context, rollbackOptionsOf()), { message: /Job\/default\/bad/ })
  t.match(await states(world), ['1 superseded: Install complete', '2 deployed: Upgrade complete', /^3 failed: Rollback "web" failed: .*Job/])
  await rollback(world.context, rollbackOptionsOf({ hooks: false, revision: 1 }))
  t.match((await states(world)).at(-1), '4 deployed')
})

t.test('an update that fails: what was there counts as superseded, what was created is cleaned up', async t => {
  const two = chartOf({ 'templates/a.yaml': configMap('a'), 'templates/z.yaml': configMap('z') })
  const world = await upgraded(t, two)
  world.server.fault = ({ method, path }) => method === 'PATCH' && path.endsWith('/z') ? { status: 422, message: 'bad z' } : undefined
  await t.rejects(rollback(world.context, rollbackOptionsOf({ cleanupOnFail: true })), { message: /bad z$/ })
  t.match(await states(world), ['1 superseded: Install complete', '2 superseded: Upgrade complete', /^3 failed: Rollback "web" failed: failed to create resource: .*bad z$/])
  t.strictSame(world.alive(), ['configmaps/b'])
  t.match(world.logged, [/^WARN Rollback "web" failed: .*bad z$/])
  world.server.fault = ({ method, path }) => method !== 'GET' && path.endsWith('/z') ? { status: 422, message: `bad ${method}` } : undefined
  await t.rejects(rollback(world.context, rollbackOptionsOf({ revision: 1, cleanupOnFail: true })), {
    message: /^an error occurred while cleaning up resources\. original rollback error: .*bad PATCH: unable to cleanup resources: failed to delete resource namespace=default, name=z, kind=ConfigMap: bad DELETE$/
  })
})

t.test('waiting', async t => {
  const world = await upgraded(t, chartOf({ 'templates/p.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nstatus: {phase: Pending}' }))
  await t.rejects(rollback(world.context, rollbackOptionsOf({ wait: 'watcher' })), { code: 'rollback-failed', message: /^release web failed: resource Pod\/default\/p not ready/ })
  t.match((await states(world)).slice(1), ['2 deployed: Upgrade complete', /^3 failed: Release "web" failed: resource Pod\/default\/p not ready/])
  t.match(await rollback(world.context, rollbackOptionsOf({ revision: 2, wait: 'watcher', waitForJobs: true })), { version: 4, info: { status: 'deployed' } })
})

t.test('manifests that cannot be read', async t => {
  const world = await upgraded(t)
  const { context } = world
  const gone = '---\napiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {name: old}\n'
  await context.history.update({ ...await context.history.get('web', 1), manifest: gone })
  await t.rejects(rollback(context, rollbackOptionsOf()), { message: /^unable to build kubernetes objects from new release manifest: resource mapping not found for name: "old"/ })
  await context.history.update({ ...await context.history.last('web'), manifest: 'kind: ConfigMap' })
  await t.rejects(rollback(context, rollbackOptionsOf({ revision: 2 })), { message: /^unable to build kubernetes objects from current release manifest: error validating/ })
  await context.history.update({ ...await context.history.last('web'), manifest: gone })
  t.match(await rollback(context, rollbackOptionsOf({ revision: 2 })), { info: { status: 'deployed' } }, 'what cannot exist is not in the way')
  t.match(world.warnings, [/kind=PodSecurityPolicy namespace=default name=old version=policy\/v1beta1/])
})

t.test('Ctrl-C', async t => {
  const world = await upgraded(t)
  world.server.control = object => { if (object.metadata.name === 'a') world.stop.abort() }
  await t.rejects(rollback(world.context, rollbackOptionsOf()), { message: 'context canceled' })
  t.match(await states(world), ['1 superseded: Install complete', '2 superseded: Upgrade complete', '3 failed: Rollback "web" failed: context canceled'])
})
