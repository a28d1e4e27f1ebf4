import t from 'tap'
import { install } from '../../src/action/install.js'
import { actionWorld, chartOf, configMap, hookJob, installOptionsOf, runJobs } from '../helpers/action-context.js'
import { releaseOf } from '../helpers/release.js'

const simple = chartOf({ 'templates/a.yaml': configMap('a') })
const path = '/api/v1/namespaces/default/configmaps/a'

t.test('objects are made the release\'s own, and the record says deployed', async t => {
  const { context, server } = await actionWorld(t)
  const release = await install(context, installOptionsOf(simple, { labels: new Map([['team', 'a']]), values: new Map([['x', 'y']]) }))
  t.match(release, { name: 'web', namespace: 'default', version: 1, applyMethod: 'ssa', info: { status: 'deployed', description: 'Install complete' } })
  t.equal(release.manifest, `---\n# Source: sea/templates/a.yaml\n${configMap('a').trimEnd()}\n\n`)
  t.match(server.objects.get(path)?.metadata, {
    labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    annotations: { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'default' }
  })
  const stored = await context.history.last('web')
  t.match(stored, { info: { status: 'deployed' }, config: new Map([['x', 'y']]), labels: new Map([['team', 'a']]) })
  const writes = server.log().filter(line => !line.startsWith('GET') && line.includes('secrets'))
  t.strictSame(writes, ['POST /api/v1/namespaces/default/secrets', 'PUT /api/v1/namespaces/default/secrets/sh.helm.release.v1.web.v1'])
})

t.test('a description of the user\'s', async t => {
  const { context } = await actionWorld(t)
  t.equal((await install(context, installOptionsOf(simple, { description: 'for the show' }))).info.description, 'for the show')
})

t.test('a cluster that is not there', async t => {
  const { context, server, logged } = await actionWorld(t)
  server.fault = () => ({ status: 403, message: 'who are you' })
  const message = 'cluster reachability check failed: kubernetes cluster unreachable: who are you'
  await t.rejects(install(context, installOptionsOf(simple)), { code: 'unreachable', message })
  t.strictSame(logged, [`ERROR ${message}`])
})

t.test('names: invalid, taken, and used again', async t => {
  const { context } = await actionWorld(t)
  await t.rejects(install(context, installOptionsOf(simple, { name: 'R_' })), { code: 'invalid-name', message: /^release name check failed: release name "R_": invalid release name, must match regex/ })
  await t.rejects(install(context, installOptionsOf(simple, { name: '' })), { message: 'release name check failed: release name "": no name provided' })
  await install(context, installOptionsOf(simple))
  const taken = { code: 'name-in-use', message: 'release name check failed: cannot reuse a name that is still in use' }
  await t.rejects(install(context, installOptionsOf(simple)), taken)
  await t.rejects(install(context, installOptionsOf(simple, { replace: true })), taken)
  await context.history.update(releaseOf({ info: { status: 'uninstalled' } }))
  await t.rejects(install(context, installOptionsOf(simple)), taken)
  t.equal((await install(context, installOptionsOf(simple, { replace: true }))).version, 2)
  t.strictSame((await context.history.revisions('web')).map(({ info }) => info.status), ['superseded', 'deployed'])
})

t.test('a failed revision stays failed when its name is used again', async t => {
  const { context } = await actionWorld(t)
  await context.history.create(releaseOf({ info: { status: 'failed' } }))
  await install(context, installOptionsOf(simple, { replace: true }))
  t.strictSame((await context.history.revisions('web')).map(({ info }) => info.status), ['failed', 'deployed'])
})

t.test('labels that are Helm\'s own', async t => {
  const { context } = await actionWorld(t)
  await t.rejects(install(context, installOptionsOf(simple, { labels: new Map([['owner', 'me']]) })), {
    code: 'reserved-label', message: 'user supplied labels contains system reserved label name. System labels: [name owner status version createdAt modifiedAt]'
  })
})

t.test('objects that exist and are somebody else\'s are not touched', async t => {
  const { context, server } = await actionWorld(t)
  server.objects.set(path, { kind: 'ConfigMap', metadata: { name: 'a', annotations: { 'meta.helm.sh/release-name': 'other' } } })
  await t.rejects(install(context, installOptionsOf(simple)), {
    code: 'conflict',
    message: [
      'unable to continue with install: ConfigMap "a" in namespace "default" exists and cannot be imported into the current release: invalid ownership metadata;',
      'label validation error: missing key "app.kubernetes.io/managed-by": must be set to "Helm";',
      'annotation validation error: key "meta.helm.sh/release-name" must equal "web": current value is "other";',
      'annotation validation error: missing key "meta.helm.sh/release-namespace": must be set to "default"'
    ].join(' ')
  })
  t.strictSame(server.log().filter(line => /PATCH|POST|PUT/.test(line)), [])
  await install(context, installOptionsOf(simple, { takeOwnership: true }))
  t.match(server.objects.get(path)?.metadata.annotations, { 'meta.helm.sh/release-name': 'web' })
})

t.test('objects that exist and are the release\'s own are applied over', async t => {
  const { context, server } = await actionWorld(t)
  const owned = { labels: { 'app.kubernetes.io/managed-by': 'Helm' }, annotations: { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'default' } }
  server.objects.set(path, { kind: 'ConfigMap', metadata: { name: 'a', ...owned } })
  t.equal((await install(context, installOptionsOf(simple))).info.status, 'deployed')
})

t.test('without server-side apply: plain creates, and patches of what exists', async t => {
  const { context, server } = await actionWorld(t)
  const release = await install(context, installOptionsOf(simple, { serverSide: false }))
  t.equal(release.applyMethod, 'csa')
  t.ok(server.log().includes('POST /api/v1/namespaces/default/configmaps'))
  await install(context, installOptionsOf(simple, { name: 'two', serverSide: false, takeOwnership: true }))
  const patch = server.requests.find(({ method }) => method === 'PATCH')
  t.equal(patch?.headers['content-type'], 'application/strategic-merge-patch+json')
  t.strictSame(JSON.parse(patch?.body ?? ''), { metadata: { annotations: { 'meta.helm.sh/release-name': 'two' } } })
  t.match(server.objects.get(path)?.metadata.annotations, { 'meta.helm.sh/release-name': 'two', 'meta.helm.sh/release-namespace': 'default' })
})

t.test('what fails to be created: the record says why', async t => {
  const { context, server } = await actionWorld(t)
  server.fault = ({ method, path }) => method === 'PATCH' && path.includes('configmaps') ? { status: 422, message: 'bad map' } : undefined
  const message = 'server-side apply failed for object default/a /v1, Kind=ConfigMap: bad map'
  await t.rejects(install(context, installOptionsOf(simple)), { message })
  t.match(await context.history.last('web'), { info: { status: 'failed', description: `Release "web" failed: ${message}` } })
})

t.test('rollback on failure takes it back', async t => {
  const { context, server, alive } = await actionWorld(t)
  const two = chartOf({ 'templates/a.yaml': configMap('a'), 'templates/b.yaml': configMap('b') })
  server.fault = ({ method, path }) => method === 'PATCH' && path.endsWith('/b') ? { status: 422, message: 'bad' } : undefined
  await t.rejects(install(context, installOptionsOf(two, { rollbackOnFailure: true })), {
    code: 'install-failed', message: /^release web failed, and has been uninstalled due to rollback-on-failure being set: server-side apply failed .*: bad$/
  })
  t.strictSame(alive(), [])
  await t.rejects(context.history.last('web'), { code: 'not-found' })
})

t.test('a manifest that is none', async t => {
  const { context } = await actionWorld(t)
  const bad = chartOf({ 'templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {x: 1}}' })
  await t.rejects(install(context, installOptionsOf(bad)), { code: 'manifest', message: /^unable to build kubernetes objects from release manifest: unable to decode "": json: cannot unmarshal number/ })
  await t.rejects(context.history.last('web'), { code: 'not-found' })
})

t.test('the namespace is created first, and may exist', async t => {
  const { context, server } = await actionWorld(t)
  await install(context, installOptionsOf(simple, { createNamespace: true }))
  t.match(server.objects.get('/api/v1/namespaces/default')?.metadata.labels, { name: 'default' })
  server.fault = ({ method, path }) => method === 'PATCH' && path === '/api/v1/namespaces/default' ? { status: 409, message: 'other owner', reason: 'Conflict' } : undefined
  t.equal((await install(context, installOptionsOf(chartOf({ 'templates/b.yaml': configMap('b') }), { name: 'two', createNamespace: true }))).info.status, 'deployed')
})

t.test('a dry run on the server writes nothing', async t => {
  const { context, server } = await actionWorld(t)
  const chart = chartOf({ 'templates/a.yaml': configMap('a'), 'crds/x.yaml': 'kind: CustomResourceDefinition\napiVersion: apiextensions.k8s.io/v1\nmetadata: {name: x}' })
  const release = await install(context, installOptionsOf(chart, { dryRun: 'server' }))
  t.match(release.info, { status: 'pending-install', description: 'Dry run complete' })
  t.strictSame(server.log().filter(line => !line.startsWith('GET')), [])
})

t.test('CRDs are installed first and waited for; their kinds are known then', async t => {
  const { context, server, alive } = await actionWorld(t)
  server.control = object => {
    if (object.kind !== 'CustomResourceDefinition') return
    object['status'] = { conditions: [{ type: 'Established', status: 'True' }] }
    server.kinds.push({ group: 'example.com', version: 'v1', kind: 'Boat', plural: 'boats', namespaced: true })
  }
  const crd = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: boats.example.com}'
  const chart = chartOf({
    'crds/boats.yaml': crd,
    'templates/boat.yaml': '{{ if .Capabilities.APIVersions.Has "example.com/v1/Boat" }}\napiVersion: example.com/v1\nkind: Boat\nmetadata: {name: b}\n{{ end }}'
  })
  await install(context, installOptionsOf(chart))
  t.strictSame(alive(), ['/apis/apiextensions.k8s.io/v1/customresourcedefinitions/boats.example.com', 'boats/b'])
  await install(context, installOptionsOf(simple, { name: 'two', skipCrds: true }))
})

t.test('a CRD that does not come up, and one that is there already', async t => {
  const { context, server } = await actionWorld(t)
  const crd = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: boats.example.com}'
  const chart = chartOf({ 'crds/boats.yaml': crd })
  await t.rejects(install(context, installOptionsOf(chart)), { code: 'not-ready', message: /CustomResourceDefinition\/\/boats\.example\.com not ready\. status: InProgress, message: Install in progress/ })
  t.equal((await install(context, installOptionsOf(chart, { serverSide: false }))).info.status, 'deployed')
  server.fault = ({ method }) => method === 'PATCH' ? { status: 422, message: 'no schema' } : undefined
  await t.rejects(install(context, installOptionsOf(chart, { name: 'two' })), { code: 'install-failed', message: /^failed to install CRD crds\/boats\.yaml: server-side apply failed .*: no schema$/ })
})

t.test('waiting: for what is ready, with and without jobs', async t => {
  const { context, clock } = await actionWorld(t)
  const chart = chartOf({ 'templates/p.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nstatus: {phase: Pending}' })
  await t.rejects(install(context, installOptionsOf(chart, { wait: 'watcher' })), { code: 'not-ready', message: 'resource Pod/default/p not ready. status: InProgress, message: Pod is in the Pending phase\ncontext deadline exceeded' })
  t.ok(clock.slept.length > 3)
  t.match(await context.history.last('web'), { info: { status: 'failed' } })
  t.equal((await install(context, installOptionsOf(simple, { name: 'two', wait: 'watcher', waitForJobs: true }))).info.status, 'deployed')
})

t.test('hooks: by weight and name, around the objects, each noted', async t => {
  const { context, server, alive } = await actionWorld(t)
  server.control = runJobs
  const chart = chartOf({
    'templates/a.yaml': configMap('a'),
    'templates/late.yaml': hookJob('late', 'pre-install', { 'helm.sh/hook-weight': '5' }),
    'templates/early.yaml': hookJob('early', 'pre-install,post-upgrade', { 'helm.sh/hook-weight': '-5', 'helm.sh/hook-delete-policy': 'hook-succeeded' }),
    'templates/zero-b.yaml': hookJob('zero-b', 'pre-install'),
    'templates/zero-a.yaml': hookJob('zero-a', 'pre-install'),
    'templates/after.yaml': hookJob('after', 'post-install'),
    'templates/other.yaml': hookJob('other', 'pre-delete')
  })
  const release = await install(context, installOptionsOf(chart))
  const created = server.log().filter(line => line.startsWith('PATCH')).map(line => line.split('/').at(-1))
  t.strictSame(created, ['early', 'zero-a', 'zero-b', 'late', 'a', 'after'])
  t.strictSame(alive(), ['jobs/zero-a', 'jobs/zero-b', 'jobs/late', 'configmaps/a', 'jobs/after'])
  const hook = (name: string): unknown => release.hooks.find(each => each.name === name)
  t.match(hook('early'), { lastRun: { phase: 'Succeeded' }, deletePolicies: ['hook-succeeded'] })
  t.match(hook('late'), { lastRun: { phase: 'Succeeded' }, deletePolicies: ['before-hook-creation'] })
  t.match(hook('other'), { lastRun: { phase: '' }, deletePolicies: [] })
  t.equal(server.objects.get('/apis/batch/v1/namespaces/default/jobs/late')?.metadata.labels, undefined, 'hooks belong to no release')
})

t.test('a hook that fails ends it: others are cleared as their charts want, what it printed is shown', async t => {
  const { context, server, alive, logged } = await actionWorld(t)
  server.control = runJobs
  server.objects.set('/api/v1/namespaces/default/pods/bad-1', { kind: 'Pod', metadata: { name: 'bad-1', labels: { 'job-name': 'bad' } }, spec: { containers: [{ name: 'c' }] } })
  const chart = chartOf({
    'templates/a.yaml': configMap('a'),
    'templates/bad.yaml': hookJob('bad', 'pre-install', { 'helm.sh/hook-delete-policy': 'hook-failed', 'helm.sh/hook-output-log-policy': 'hook-failed' }),
    'templates/fine.yaml': hookJob('fine', 'pre-install', { 'helm.sh/hook-weight': '-1', 'helm.sh/hook-delete-policy': 'hook-succeeded' })
  })
  const message = 'failed pre-install: resource Job/default/bad not ready. status: Failed, message: Job Failed. failed: 1/1'
  await t.rejects(install(context, installOptionsOf(chart)), { code: 'hook-failed', message })
  t.strictSame(alive(), ['pods/bad-1'])
  t.strictSame(logged, ['INFO line one', 'INFO line two'])
  const stored = await context.history.last('web')
  t.match(stored.info, { status: 'failed', description: `Release "web" failed: ${message}` })
  t.match(stored.hooks.find(({ name }) => name === 'bad'), { lastRun: { phase: 'Failed' } })
})

t.test('a hook that cannot be created; and none at all when they are not wanted', async t => {
  const { context, server } = await actionWorld(t)
  const chart = chartOf({ 'templates/h.yaml': hookJob('h', 'pre-install') })
  server.fault = ({ method, path }) => method === 'PATCH' && path.includes('jobs') ? { status: 422, message: 'no jobs here' } : undefined
  await t.rejects(install(context, installOptionsOf(chart)), { message: /^failed pre-install: warning: Hook pre-install sea\/templates\/h\.yaml failed: server-side apply failed .*: no jobs here$/ })
  t.equal((await install(context, installOptionsOf(chart, { name: 'two', hooks: false }))).info.status, 'deployed')
})

t.test('what an earlier run of a hook left is gone before it is created again', async t => {
  const { context, server } = await actionWorld(t)
  server.control = runJobs
  const job = '/apis/batch/v1/namespaces/default/jobs/h'
  server.objects.set(job, { kind: 'Job', apiVersion: 'batch/v1', metadata: { name: 'h', deletionTimestamp: '2026-01-01T00:00:00Z' } })
  let looks = 0
  server.fault = ({ method, path }) => {
    if (method === 'GET' && path === job && ++looks === 3) server.objects.delete(job)
    return method === 'DELETE' && path === job ? { status: 404, message: 'going', reason: 'NotFound' } : undefined
  }
  await install(context, installOptionsOf(chartOf({ 'templates/h.yaml': hookJob('h', 'pre-install') })))
  const log = server.log()
  t.equal(log.slice(0, log.indexOf(`PATCH ${job}`)).filter(line => line === `GET ${job}`).length, 3)
})

t.test('a CRD that is a hook is never deleted', async t => {
  const { context, server } = await actionWorld(t)
  const crd = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: c, annotations: {helm.sh/hook: pre-install}}'
  await install(context, installOptionsOf(chartOf({ 'templates/c.yaml': crd })))
  t.strictSame(server.log().filter(line => line.startsWith('DELETE')), [])
})

t.test('the user ends it: nothing more is done, and the record says so', async t => {
  const { context, server, stop, alive } = await actionWorld(t)
  server.control = object => {
    if (object.kind === 'Job') stop.abort()
  }
  const chart = chartOf({ 'templates/a.yaml': configMap('a'), 'templates/h.yaml': hookJob('h', 'pre-install') })
  await t.rejects(install(context, installOptionsOf(chart)), { message: 'failed pre-install: context canceled' })
  t.notOk(alive().includes('configmaps/a'))
  t.match(await context.history.last('web'), { info: { status: 'failed', description: 'Release "web" failed: failed pre-install: context canceled' } })
})

t.test('a store that fails before anything is created', async t => {
  const { context, server } = await actionWorld(t)
  server.fault = ({ method, path }) => method === 'POST' && path.endsWith('/secrets') ? { status: 403, message: 'no secrets' } : undefined
  await t.rejects(install(context, installOptionsOf(simple)), { code: 'storage', message: 'create: failed to create: no secrets' })
  t.equal(server.objects.has(path), false)
})

t.test('a record that cannot be updated is warned about; what is installed is installed', async t => {
  const { context, server, logged } = await actionWorld(t)
  server.fault = ({ method }) => method === 'PUT' ? { status: 500, message: 'full' } : undefined
  t.equal((await install(context, installOptionsOf(simple))).info.status, 'deployed')
  t.strictSame(logged, ['WARN failed to update release name=web revision=1 error=update: failed to update: full'])
})

t.test('a chart with a schema is checked', async t => {
  const { context, logged } = await actionWorld(t)
  const wrong = chartOf({ 'values.schema.json': '{"required":["a"]}', 'templates/a.yaml': configMap('a') })
  await t.rejects(install(context, installOptionsOf(wrong)), {
    code: 'invalid-values',
    message: "values don't meet the specifications of the schema(s) in the following chart(s):\nsea:\n- at '': missing property 'a'\n"
  })
  const chart = chartOf({ 'values.schema.json': '{"$ref":"urn:example:x"}', 'templates/a.yaml': configMap('a') })
  await install(context, installOptionsOf(chart))
  t.strictSame(logged, ['WARN unresolved URN reference ignored; using permissive schema urn=urn:example:x'])
  const validate = (): void => { throw new Error('values do not fit') }
  await t.rejects(install({ ...context, validate }, installOptionsOf(chart, { name: 'two' })), { message: 'values do not fit' })
  await t.rejects(install({ ...context, validate }, installOptionsOf(chart, { name: 'two', skipSchemaValidation: true })), { code: 'conflict' })
})

t.test('templates look things up in the cluster, one after another if need be', async t => {
  const { context, server, logged } = await actionWorld(t)
  server.objects.set('/api/v1/namespaces/default/configmaps/first', { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'first' }, data: { next: 'second' } })
  server.objects.set('/api/v1/namespaces/default/configmaps/second', { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'second' }, data: { word: 'ahoy' } })
  const chart = chartOf({
    'values.schema.json': '{"$ref":"urn:example:x"}',
    'templates/a.yaml': [
      '{{- $first := lookup "v1" "ConfigMap" "default" "first" }}',
      '{{- $second := lookup "v1" "ConfigMap" "default" (required "no first" (dig "data" "next" "" $first)) }}',
      '{{- $_ := set $first "data" nil }}',
      'apiVersion: v1', 'kind: ConfigMap', 'metadata: {name: a}', 'data:',
      '  word: {{ $second.data.word }}',
      '  none: {{ lookup "v1" "Secret" "default" "none" | toJson | quote }}',
      '  kind: {{ lookup "v1" "Boat" "default" "none" | len | quote }}',
      '  all: {{ (lookup "v1" "ConfigMap" "default" "").items | len | quote }}'
    ].join('\n')
  })
  await install(context, installOptionsOf(chart))
  t.strictSame(server.objects.get(path)?.['data'], { word: 'ahoy', none: '{}', kind: '0', all: '2' })
  t.equal(logged.length, 1, 'warnings of the last round only')
})

t.test('look-ups that fail fail the template', async t => {
  const { context, server } = await actionWorld(t)
  const unknown = chartOf({ 'templates/a.yaml': '{{ lookup "example.com/v9" "Boat" "" "b" }}' })
  await t.rejects(install(context, installOptionsOf(unknown)), { message: /unable to get apiresource from unstructured: example\.com\/v9, Kind=Boat: the server could not find the requested resource/ })
  server.fault = ({ path }) => path.endsWith('/secrets/hidden') ? { status: 403, message: 'secrets "hidden" is forbidden' } : undefined
  const forbidden = chartOf({ 'templates/a.yaml': '{{ lookup "v1" "Secret" "default" "hidden" }}' })
  await t.rejects(install(context, installOptionsOf(forbidden)), { message: /error calling lookup: secrets "hidden" is forbidden/ })
})
