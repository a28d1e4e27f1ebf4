import t from 'tap'
import { install } from '../../src/action/install.js'
import { uninstall, type UninstallOptions } from '../../src/action/uninstall.js'
import { actionWorld, chartOf, configMap, hookJob, installOptionsOf, runJobs } from '../helpers/action-context.js'
import { releaseOf } from '../helpers/release.js'

const options: UninstallOptions = {
  name: 'web', hooks: true, keepHistory: false, ignoreNotFound: false, dryRun: false, wait: 'hookOnly', timeout: 5000, cascade: 'background', description: ''
}
const keep = { 'helm.sh/resource-policy': 'keep' }
const path = (name: string): string => `/api/v1/namespaces/default/configmaps/${name}`

t.test('objects and records go, in the order of kinds', async t => {
  const { context, server, alive } = await actionWorld(t)
  const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: s}'
  await install(context, installOptionsOf(chartOf({ 'templates/a.yaml': configMap('a'), 'templates/s.yaml': service })))
  server.requests.length = 0
  const done = await uninstall(context, { ...options, cascade: 'foreground' })
  t.match(done, { info: '', release: { info: { status: 'uninstalled', description: 'Uninstallation complete' } } })
  t.strictSame(server.objects.size, 0)
  t.strictSame(alive(), [])
  const deletions = server.log().filter(line => line.startsWith('DELETE')).map(line => line.split('/').at(-1))
  t.strictSame(deletions, ['s', 'a', 'sh.helm.release.v1.web.v1'])
  t.match(server.requests.find(({ method }) => method === 'DELETE')?.body, '"propagationPolicy":"Foreground"')
})

t.test('what the chart keeps stays, and what has become somebody else\'s, and both are told', async t => {
  const { context, server, alive, logged } = await actionWorld(t)
  const chart = chartOf({ 'templates/k.yaml': configMap('kept', keep), 'templates/a.yaml': configMap('mine'), 'templates/s.yaml': configMap('stolen'), 'templates/o.yaml': configMap('odd', { 'helm.sh/resource-policy': 'other' }) })
  await install(context, installOptionsOf(chart))
  const stolen = server.objects.get(path('stolen'))
  if (stolen !== undefined) stolen.metadata.annotations = {}
  const expected = 'These resources were kept due to the resource policy:\n[ConfigMap] kept\n'
  t.equal((await uninstall(context, { ...options, dryRun: true }))?.info, expected)
  t.strictSame(logged.splice(0), [
    'WARN dry-run: resources would be skipped because they are not owned by this release release=web count=1',
    'WARN dry-run: would skip resource kind=ConfigMap name=stolen namespace=default'
  ])
  t.equal(alive().length, 4)
  t.equal((await uninstall(context, options))?.info, `${expected}\n1 resource(s) were not deleted because they are not owned by this release:\n[ConfigMap] stolen\n`)
  t.strictSame(logged, ['WARN skipping delete of resource not owned by this release kind=ConfigMap name=stolen namespace=default release=web'])
  t.strictSame(alive().sort(), ['configmaps/kept', 'configmaps/odd', 'configmaps/stolen'])
})

t.test('what cannot be looked at is not deleted', async t => {
  const { context, server, alive } = await actionWorld(t)
  await install(context, installOptionsOf(chartOf({ 'templates/a.yaml': configMap('a'), 'templates/b.yaml': configMap('b') })))
  server.fault = ({ method, path }) => method === 'GET' && path.endsWith('/a') ? { status: 403, message: 'do not look' } : undefined
  t.equal((await uninstall(context, options))?.info, '1 resource(s) were not deleted because their ownership could not be verified:\n[ConfigMap] a: do not look\n')
  t.strictSame(alive(), ['configmaps/a'])
})

t.test('history can be kept; then once is enough', async t => {
  const { context } = await actionWorld(t)
  await context.history.create(releaseOf({ version: 1, manifest: '' }))
  await context.history.create(releaseOf({ version: 2, manifest: '' }))
  await uninstall(context, { ...options, keepHistory: true, description: 'bye' })
  const revisions = await context.history.revisions('web')
  t.strictSame(revisions.map(({ info }) => [info.status, info.description]), [['superseded', 'Install complete'], ['uninstalled', 'bye']])
  t.ok(revisions[1]?.info.deleted)
  await t.rejects(uninstall(context, { ...options, keepHistory: true }), { code: 'already-uninstalled', message: 'the release named "web" is already deleted' })
  t.equal((await uninstall(context, options))?.release.version, 2)
  await t.rejects(context.history.last('web'), { code: 'not-found' })
})

t.test('releases that are not there', async t => {
  const { context } = await actionWorld(t)
  await t.rejects(uninstall(context, options), { code: 'not-found', message: 'uninstall: Release not loaded: web: release: not found' })
  await t.rejects(uninstall(context, { ...options, dryRun: true }), { message: 'release: not found' })
  await t.rejects(uninstall(context, { ...options, name: 'R_' }), { code: 'invalid-name', message: 'uninstall: Release name is invalid: R_' })
  t.equal(await uninstall(context, { ...options, ignoreNotFound: true }), undefined)
  t.equal(await uninstall(context, { ...options, ignoreNotFound: true, dryRun: true }), undefined)
})

t.test('hooks before and after', async t => {
  const { context, server, alive } = await actionWorld(t)
  server.control = runJobs
  const chart = chartOf({
    'templates/a.yaml': configMap('a'),
    'templates/before.yaml': hookJob('before', 'pre-delete'),
    'templates/after.yaml': hookJob('after', 'post-delete', { 'helm.sh/hook-delete-policy': 'hook-succeeded' })
  })
  await install(context, installOptionsOf(chart))
  server.requests.length = 0
  await uninstall(context, options)
  t.strictSame(server.log().filter(line => /^(PATCH|DELETE)/.test(line)).map(line => line.replace(/\/.*\//, '')), [
    'DELETE before', 'PATCH before', 'DELETE a', 'PATCH after', 'DELETE after', 'DELETE sh.helm.release.v1.web.v1'
  ])
  t.strictSame(alive(), ['jobs/before'], 'hooks are nobody\'s, and stay')
})

t.test('a hook that fails before keeps everything; one that fails after is told at the end', async t => {
  const before = await actionWorld(t)
  before.server.control = runJobs
  await install(before.context, installOptionsOf(chartOf({ 'templates/a.yaml': configMap('a'), 'templates/h.yaml': hookJob('bad', 'pre-delete') })))
  await t.rejects(uninstall(before.context, options), { code: 'not-ready' })
  t.ok(before.alive().includes('configmaps/a'))
  t.equal((await uninstall(before.context, { ...options, hooks: false }))?.info, '')
  const after = await actionWorld(t)
  after.server.control = runJobs
  await install(after.context, installOptionsOf(chartOf({ 'templates/a.yaml': configMap('a'), 'templates/h.yaml': hookJob('bad', 'post-delete') })))
  await t.rejects(uninstall(after.context, options), { code: 'uninstall-failed', message: /^uninstallation completed with 1 error\(s\): resource Job\/default\/bad not ready/ })
  await t.rejects(after.context.history.last('web'), { code: 'not-found' })
})

t.test('a deletion that is refused ends it, and the record says that it was under way', async t => {
  const { context, server } = await actionWorld(t)
  await install(context, installOptionsOf(chartOf({ 'templates/a.yaml': configMap('a') })))
  server.fault = ({ method }) => method === 'DELETE' ? { status: 403, message: 'stays' } : undefined
  await t.rejects(uninstall(context, options), { code: 'uninstall-failed', message: 'failed to delete release: web: failed to delete resource namespace=default, name=a, kind=ConfigMap: stays' })
  t.match(await context.history.last('web'), { info: { status: 'uninstalling', description: 'Deletion in progress (or silently failed)' } })
})

t.test('waiting until objects are gone', async t => {
  const { context, server } = await actionWorld(t)
  await install(context, installOptionsOf(chartOf({ 'templates/a.yaml': configMap('a') })))
  server.fault = ({ method, path }) => method === 'DELETE' && path.endsWith('/a') ? { status: 404, message: 'going', reason: 'NotFound' } : undefined
  await t.rejects(uninstall(context, { ...options, wait: 'watcher' }), { message: /^uninstallation completed with 1 error\(s\): resource ConfigMap\/default\/a still exists\. status: Current, message: Resource is always ready\ncontext deadline exceeded$/ })
})

t.test('records that cannot be removed', async t => {
  const { context, server } = await actionWorld(t)
  await context.history.create(releaseOf({ manifest: '' }))
  server.fault = ({ method }) => method === 'DELETE' ? { status: 403, message: 'mine' } : undefined
  await t.rejects(uninstall(context, options), { message: /^uninstallation completed with 1 error\(s\): uninstall: Failed to purge the release: delete: failed to delete .*: mine$/ })
})

t.test('a manifest that cannot be read, or has kinds that are gone', async t => {
  const { context, warnings } = await actionWorld(t)
  await context.history.create(releaseOf({ manifest: 'kind: [' }))
  await t.rejects(uninstall(context, options), { message: /^failed to delete release: web: corrupted release record\. You must manually delete the resources: / })
  await context.history.update(releaseOf({ manifest: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: 5}' }))
  await t.rejects(uninstall(context, options), { cause: { message: /^unable to build kubernetes objects for delete: unable to decode/ } })
  await context.history.update(releaseOf({ manifest: 'apiVersion: gone.example.com/v1\nkind: Gone\nmetadata: {name: g}' }))
  t.match(await uninstall(context, options), { info: '', release: { info: { status: 'uninstalled' } } })
  t.match(warnings, [/kind=Gone namespace=default name=g version=gone.example.com\/v1/])
})

t.test('objects of a version that is gone are deleted in the one that is served', async t => {
  const { context, server, alive } = await actionWorld(t)
  const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\n'
  const release = await install(context, installOptionsOf(chartOf({ 'templates/d.yaml': deployment })))
  await context.history.update({ ...release, manifest: release.manifest.replace('apps/v1', 'extensions/v1beta1') })
  await uninstall(context, options)
  t.strictSame(alive(), [])
  t.ok(server.log().includes('DELETE /apis/apps/v1/namespaces/default/deployments/d'))
})
