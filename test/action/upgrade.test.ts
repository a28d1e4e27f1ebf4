import t from 'tap'
import type { Test } from 'tap'
import { install } from '../../src/action/install.js'
import { upgrade } from '../../src/action/upgrade.js'
import type { Value } from '../../src/go/value.js'
import { actionWorld, chartOf, configMap, hookJob, installOptionsOf, runJobs, upgradeOptionsOf, type ActionWorld } from '../helpers/action-context.js'
import { releaseOf } from '../helpers/release.js'

const first = chartOf({ 'templates/a.yaml': configMap('a'), 'templates/b.yaml': configMap('b'), 'templates/NOTES.txt': 'one' })
const second = chartOf({ 'templates/b.yaml': configMap('b', { of: '{{ .Release.Revision }} {{ .Release.IsUpgrade }}' }), 'templates/c.yaml': configMap('c'), 'templates/NOTES.txt': 'two' })
const maps = '/api/v1/namespaces/default/configmaps'

async function installed (t: Test): Promise<ActionWorld> {
  const world = await actionWorld(t)
  await install(world.context, installOptionsOf(first, { labels: new Map([['team', 'a'], ['old', 'x']]) }))
  world.server.requests.length = 0
  return world
}

async function states ({ context }: ActionWorld): Promise<string[]> {
  return (await context.history.revisions('web')).map(({ version, info }) => `${version} ${info.status}: ${info.description}`)
}

t.test('objects come, change and go; the revision before is superseded', async t => {
  const world = await installed(t)
  const release = await upgrade(world.context, upgradeOptionsOf(second, { labels: new Map([['team', 'b'], ['old', 'null']]) }))
  t.match(release, { version: 2, namespace: 'default', applyMethod: 'ssa', info: { status: 'deployed', description: 'Upgrade complete', notes: 'two' } })
  t.strictSame(world.alive(), ['configmaps/b', 'configmaps/c'])
  t.match(world.server.objects.get(`${maps}/b`)?.metadata, { annotations: { of: '2 true', 'meta.helm.sh/release-name': 'web' }, labels: { 'app.kubernetes.io/managed-by': 'Helm' } })
  t.strictSame(await states(world), ['1 superseded: Install complete', '2 deployed: Upgrade complete'])
  const stored = await world.context.history.get('web', 2)
  t.strictSame(stored.labels, new Map([['team', 'b']]))
  t.strictSame(stored.info.firstDeployed, (await world.context.history.get('web', 1)).info.firstDeployed)
  const writes = world.server.log().filter(line => /^(?!GET)/.test(line)).map(line => line.replace(/\/api.*\//, ''))
  t.strictSame(writes, ['POST secrets', 'PATCH b', 'PATCH c', 'DELETE a', 'PUT sh.helm.release.v1.web.v1', 'PUT sh.helm.release.v1.web.v2'])
})

t.test('descriptions, and revisions that make room', async t => {
  const world = await installed(t)
  for (const description of ['x', 'y', 'z']) await upgrade(world.context, upgradeOptionsOf(second, { description, maxHistory: 2 }))
  t.strictSame(await states(world), ['3 superseded: y', '4 deployed: z'])
})

t.test('what there must be, and what locks it', async t => {
  const world = await actionWorld(t)
  const { context } = world
  await t.rejects(upgrade(context, upgradeOptionsOf(second)), { code: 'no-deployed', message: '"web" has no deployed releases' })
  await t.rejects(upgrade(context, upgradeOptionsOf(second, { name: 'R_' })), { code: 'invalid-name', message: 'release name is invalid: R_' })
  await t.rejects(upgrade(context, upgradeOptionsOf(second, { hideSecrets: true })), { message: 'hiding Kubernetes secrets requires a dry-run mode' })
  await context.history.create(releaseOf({ info: { status: 'uninstalled' } }))
  await t.rejects(upgrade(context, upgradeOptionsOf(second)), { code: 'no-deployed' })
  for (const status of ['pending-install', 'pending-upgrade', 'pending-rollback']) {
    await context.history.update(releaseOf({ info: { status } }))
    await t.rejects(upgrade(context, upgradeOptionsOf(second)), { code: 'pending', message: 'another operation (install/upgrade/rollback) is in progress' })
  }
  world.server.fault = ({ path }) => path === '/version' ? { status: 403, message: 'no' } : undefined
  await t.rejects(upgrade(context, upgradeOptionsOf(second)), { message: 'kubernetes cluster unreachable: no' })
})

t.test('which revision it goes on from', async t => {
  const world = await installed(t)
  const { context, server } = world
  server.fault = ({ method, path }) => method === 'PATCH' && path.endsWith('/c') ? { status: 422, message: 'bad c' } : undefined
  await t.rejects(upgrade(context, upgradeOptionsOf(second)), { message: /bad c/ })
  server.fault = () => undefined
  const base = await upgrade(context, upgradeOptionsOf(second))
  t.equal(base.version, 3, 'the number of the newest, failed or not')
  t.strictSame(await states(world).then(lines => lines.map(line => line.split(':')[0])), ['1 superseded', '2 failed', '3 deployed'])
  t.strictSame(world.alive(), ['configmaps/b', 'configmaps/c'], 'what the deployed one had is gone, not what the failed one had')
})

t.test('a first installation that failed is gone on from, too', async t => {
  const world = await actionWorld(t)
  world.server.fault = ({ method, path }) => method === 'PATCH' && path.endsWith('/b') ? { status: 422, message: 'bad b' } : undefined
  await t.rejects(install(world.context, installOptionsOf(first)))
  world.server.fault = () => undefined
  await upgrade(world.context, upgradeOptionsOf(second))
  t.strictSame(await states(world).then(lines => lines.map(line => line.split(':')[0])), ['1 superseded', '2 deployed'])
})

t.test('the values before: kept, forgotten, merged', async t => {
  const chart = (port: number): ReturnType<typeof chartOf> => chartOf({ 'values.yaml': `port: ${port}\nname: n${port}\n`, 'templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  all: {{ .Values | toJson | quote }}\n' })
  const { context, server } = await actionWorld(t)
  await install(context, installOptionsOf(chart(1), { values: new Map<string, Value>([['name', 'x'], ['deep', new Map([['a', 1]])]]) }))
  const seen = async (changes: Parameters<typeof upgradeOptionsOf>[1]): Promise<unknown> => {
    await upgrade(context, upgradeOptionsOf(chart(2), changes))
    return JSON.parse((server.objects.get(`${maps}/a`)?.['data'] as { all: string }).all)
  }
  t.strictSame(await seen({}), { deep: { a: 1 }, name: 'x', port: 2 }, 'none given: those before')
  const given = new Map<string, Value>([['deep', new Map([['b', 2]])]])
  t.strictSame(await seen({ policy: 'reset-then-reuse', values: given }), { deep: { a: 1, b: 2 }, name: 'x', port: 2 })
  t.strictSame(await seen({ values: given }), { deep: { b: 2 }, name: 'n2', port: 2 }, 'some given: only those')
  await seen({ policy: 'reset', values: new Map([['name', 'y']]) })
  t.strictSame(await seen({ policy: 'reset' }), { name: 'n2', port: 2 })
  await context.history.update({ ...await context.history.last('web'), chart: chart(3) })
  t.strictSame(await seen({ policy: 'reuse', values: given }), { deep: { b: 2 }, name: 'n3', port: 3 }, 'the defaults before, too')
})

t.test('objects that exist: owned, somebody else\'s, taken', async t => {
  const world = await installed(t)
  world.server.objects.set(`${maps}/c`, { kind: 'ConfigMap', metadata: { name: 'c' } })
  await t.rejects(upgrade(world.context, upgradeOptionsOf(second)), { code: 'conflict', message: /^unable to continue with update: ConfigMap "c" in namespace "default" exists and cannot be imported into the current release: invalid ownership metadata; label/ })
  t.strictSame(await states(world), ['1 deployed: Install complete'])
  await upgrade(world.context, upgradeOptionsOf(second, { takeOwnership: true }))
  t.match(world.server.objects.get(`${maps}/c`)?.metadata.annotations, { 'meta.helm.sh/release-name': 'web' })
})

t.test('dry runs write nothing; on the client nothing is looked up', async t => {
  const world = await installed(t)
  const looking = chartOf({ 'templates/a.yaml': configMap('a', { found: '{{ (lookup `v1` `ConfigMap` `default` `b`).kind }}' }) })
  const server = await upgrade(world.context, upgradeOptionsOf(looking, { dryRun: 'server', hideSecrets: true }))
  t.match(server, { version: 2, info: { status: 'pending-upgrade', description: 'Dry run complete' } })
  t.match(server.manifest, '"found":"ConfigMap"')
  t.match((await upgrade(world.context, upgradeOptionsOf(looking, { dryRun: 'client', description: 'just so' }))).info, { description: 'just so' })
  t.match((await upgrade(world.context, upgradeOptionsOf(looking, { dryRun: 'client' }))).manifest, '"found":""')
  t.strictSame(world.server.log().filter(line => !line.startsWith('GET')), [])
})

t.test('how objects are sent', async t => {
  const world = await installed(t)
  const { context } = world
  await t.rejects(upgrade(context, upgradeOptionsOf(second, { serverSide: 'maybe' })), { message: 'invalid/unknown release server-side apply method: maybe' })
  await t.rejects(upgrade(context, upgradeOptionsOf(second, { labels: new Map([['owner', 'me']]) })), { code: 'reserved-label' })
  await t.rejects(upgrade(context, upgradeOptionsOf(second, { forceReplace: true })), { message: 'invalid operation: cannot use server-side apply and force replace together' })
  t.match(await context.history.last('web'), { info: { status: 'failed', description: 'Upgrade "web" failed: invalid operation: cannot use server-side apply and force replace together' } })
  await context.history.update({ ...await context.history.last('web'), applyMethod: '' })
  t.match(await upgrade(context, upgradeOptionsOf(second, { dryRun: 'server' })), { applyMethod: 'csa' })
  t.match(await upgrade(context, upgradeOptionsOf(second, { serverSide: 'true' })), { applyMethod: 'ssa' })
})

t.test('manifests that cannot be read: the new one, and the current one', async t => {
  const world = await installed(t)
  const { context } = world
  const bad = chartOf({ 'templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {x: 1}}' })
  await t.rejects(upgrade(context, upgradeOptionsOf(bad)), { message: /^unable to decode "": json: cannot unmarshal number/ })
  const last = await context.history.last('web')
  await context.history.update({ ...last, manifest: 'kind: ConfigMap' })
  await t.rejects(upgrade(context, upgradeOptionsOf(second)), {
    code: 'manifest', message: 'unable to build kubernetes objects from current release manifest: error validating "": error validating data: apiVersion not set'
  })
})

t.test('versions that are gone: the current revision may have them, the new one may not', async t => {
  const world = await installed(t)
  const { context, server, warnings } = world
  server.kinds.push({ group: 'policy', version: 'v1', kind: 'PodDisruptionBudget', plural: 'poddisruptionbudgets', namespaced: true })
  const budget = (version: string, name: string): string => `---\napiVersion: policy/${version}\nkind: PodDisruptionBudget\nmetadata: {name: ${name}}\n`
  const both = chartOf({ 'templates/p.yaml': budget('v1', 'p') + budget('v1', 'q') })
  await upgrade(context, upgradeOptionsOf(both))
  const last = await context.history.last('web')
  const psp = '---\napiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {name: psp}\n'
  await context.history.update({ ...last, manifest: budget('v1beta1', 'p') + budget('v1beta1', 'q') + psp })
  await t.rejects(upgrade(context, upgradeOptionsOf(chartOf({ 'templates/p.yaml': budget('v1beta1', 'p') }))), { code: 'no-match', message: /resource mapping not found for name: "p"/ })
  await upgrade(context, upgradeOptionsOf(chartOf({ 'templates/p.yaml': budget('v1', 'p') })))
  t.strictSame(world.alive().map(path => path.split('/').at(-1)), ['p'])
  t.match(warnings, [/another one kind=PodDisruptionBudget namespace=default name=p/, /another one .*name=q/, /kind of a recorded object.*name=psp/])
  t.equal(warnings.length, 3, 'each is told of once')
})

t.test('hooks around it, and hooks that fail', async t => {
  const world = await installed(t)
  world.server.control = runJobs
  const hooked = chartOf({ 'templates/a.yaml': configMap('a'), 'templates/pre.yaml': hookJob('pre', 'pre-upgrade'), 'templates/post.yaml': hookJob('post', 'post-upgrade'), 'templates/no.yaml': hookJob('bad', 'pre-install') })
  const release = await upgrade(world.context, upgradeOptionsOf(hooked))
  const patched = world.server.log().filter(line => line.startsWith('PATCH')).map(line => line.split('/').at(-1))
  t.strictSame(patched, ['pre', 'a', 'post'])
  t.match(release.hooks.find(({ name }) => name === 'post'), { lastRun: { phase: 'Succeeded' } })
  for (const event of ['pre-upgrade', 'post-upgrade']) {
    const failing = chartOf({ 'templates/a.yaml': configMap('a'), 'templates/bad.yaml': hookJob('bad', event) })
    await t.rejects(upgrade(world.context, upgradeOptionsOf(failing)), { code: 'hook-failed', message: new RegExp(`^${event} hooks failed: .*Job/default/bad`) })
    t.match(await world.context.history.last('web'), { info: { status: 'failed', description: new RegExp(`^Upgrade "web" failed: ${event} hooks failed: `) } })
    await upgrade(world.context, upgradeOptionsOf(failing, { hooks: false }))
  }
})

t.test('waiting: for what is ready', async t => {
  const world = await installed(t)
  const pod = chartOf({ 'templates/p.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nstatus: {phase: Pending}' })
  await t.rejects(upgrade(world.context, upgradeOptionsOf(pod, { wait: 'watcher' })), { code: 'not-ready' })
  t.match(await world.context.history.last('web'), { version: 2, info: { status: 'failed' } })
  t.match(await upgrade(world.context, upgradeOptionsOf(second, { wait: 'watcher', waitForJobs: true })), { version: 3 })
})

t.test('a failure: what was created is cleaned up, and the good revision comes back', async t => {
  const world = await installed(t)
  const { context, server, logged } = world
  const wreck = chartOf({ 'templates/a.yaml': configMap('a'), 'templates/new.yaml': configMap('fresh'), 'templates/z.yaml': configMap('z') })
  server.fault = ({ method, path }) => method === 'PATCH' && path.endsWith('/z') ? { status: 422, message: 'bad z' } : undefined
  const message = /failed to create resource: server-side apply failed for object default\/z \/v1, Kind=ConfigMap: bad z/
  await t.rejects(upgrade(context, upgradeOptionsOf(wreck, { cleanupOnFail: true })), { message })
  t.strictSame(world.alive(), ['configmaps/a', 'configmaps/b'])
  t.match(logged, [/^WARN upgrade failed name=web error=.*bad z$/])
  await t.rejects(upgrade(context, upgradeOptionsOf(wreck, { rollbackOnFailure: true })), {
    code: 'upgrade-failed', message: /^release web failed, and has been rolled back due to rollback-on-failure being set: .*bad z$/
  })
  t.strictSame(world.alive(), ['configmaps/a', 'configmaps/b'])
  t.match(await states(world), ['1 superseded: Install complete', /^2 failed/, /^3 failed/, '4 deployed: Rollback to 1'])
})

t.test('a failure, and then trouble with undoing it', async t => {
  const world = await installed(t)
  const { context, server } = world
  const wreck = chartOf({ 'templates/a.yaml': configMap('a'), 'templates/z.yaml': configMap('z') })
  server.fault = ({ method, path }) => path.endsWith('/z') && method !== 'GET' ? { status: 422, message: `bad ${method}` } : undefined
  await t.rejects(upgrade(context, upgradeOptionsOf(wreck, { cleanupOnFail: true })), {
    message: /^an error occurred while cleaning up resources\. original upgrade error: .*bad PATCH: unable to cleanup resources: failed to delete resource namespace=default, name=z, kind=ConfigMap: bad DELETE$/
  })
  server.fault = ({ method, path }) => method === 'PATCH' && (path.endsWith('/z') || path.endsWith('/a')) ? { status: 422, message: 'bad' } : undefined
  await t.rejects(upgrade(context, upgradeOptionsOf(wreck, { rollbackOnFailure: true })), {
    message: /^an error occurred while rolling back the release\. original upgrade error: .*bad.*: server-side apply failed .*: bad$/
  })
})

t.test('nothing good to go back to', async t => {
  const { context, server } = await actionWorld(t)
  server.fault = ({ method, path }) => method === 'PATCH' && path.endsWith('/b') ? { status: 422, message: 'bad b' } : undefined
  await t.rejects(install(context, installOptionsOf(first)))
  await t.rejects(upgrade(context, upgradeOptionsOf(first, { rollbackOnFailure: true })), {
    message: /^unable to find a previously successful release when attempting to rollback\. original upgrade error: .*bad b$/
  })
})

t.test('Ctrl-C is recorded, and what was good comes back all the same', async t => {
  const world = await installed(t)
  world.server.control = object => { if (object.metadata.name === 'c') world.stop.abort() }
  await t.rejects(upgrade(world.context, upgradeOptionsOf(second, { rollbackOnFailure: true })), { message: /rolled back due to rollback-on-failure being set: context canceled$/ })
  t.strictSame(await states(world), ['1 superseded: Install complete', '2 failed: Upgrade "web" failed: context canceled', '3 deployed: Rollback to 1'])
  t.strictSame(world.alive(), ['configmaps/a', 'configmaps/b'], 'what is no more wanted was not deleted yet')
})
