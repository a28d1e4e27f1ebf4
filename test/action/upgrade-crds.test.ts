import t from 'tap'
import type { Test } from 'tap'
import { changeKind } from '../../src/action/diff/object-change.js'
import type { Preview } from '../../src/action/diff/preview.js'
import { install } from '../../src/action/install.js'
import { upgrade } from '../../src/action/upgrade.js'
import type { Chart } from '../../src/chart/chart.js'
import type { FakeObject } from '../helpers/fake-api-server.js'
import { actionWorld, chartOf, configMap, installOptionsOf, upgradeOptionsOf, type ActionWorld } from '../helpers/action-context.js'

const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/boats.example.com'

/** A chart that defines boats of some versions, and has one if the API knows it. */
function boats (...versions: readonly string[]): Chart {
  const listed = versions.map(name => `{name: ${name}, served: true}`).join(', ')
  return chartOf({
    'crds/boats.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: boats.example.com}\n' +
      `spec: {group: example.com, names: {kind: Boat}, versions: [${listed}]}`,
    'templates/map.yaml': configMap('a'),
    'templates/boat.yaml': '{{ if .Capabilities.APIVersions.Has "example.com/v2/Boat" }}\napiVersion: example.com/v2\nkind: Boat\nmetadata: {name: b}\n{{ end }}'
  })
}

/** A cluster that has a kind's versions once its definition is there, and stores objects in v1. */
async function world (t: Test): Promise<ActionWorld> {
  const world = await actionWorld(t)
  const { server } = world
  server.control = (object: FakeObject) => {
    if (object.kind !== 'CustomResourceDefinition') return
    object['status'] = { conditions: [{ type: 'Established', status: 'True' }], storedVersions: ['v1'] }
    for (const { name: version } of (object['spec'] as { readonly versions: Array<{ readonly name: string }> }).versions) {
      if (!server.kinds.some(kind => kind.kind === 'Boat' && kind.version === version)) server.kinds.push({ group: 'example.com', version, kind: 'Boat', plural: 'boats', namespaced: true })
    }
  }
  await install(world.context, installOptionsOf(boats('v1')))
  server.requests.length = 0
  return world
}

function versions ({ server }: ActionWorld): unknown {
  return (server.objects.get(path)?.['spec'] as { readonly versions: unknown }).versions
}

/** What is shown, as `change Kind/name` in order. */
function shown (): { readonly lines: string[], readonly review: (preview: Preview) => Promise<void> } {
  const lines: string[] = []
  const review = async ({ crds, changes }: Preview): Promise<void> => {
    for (const change of [...crds, ...await changes('live')]) lines.push(`${changeKind(change)} ${change.kind}/${change.name}`)
  }
  return { lines, review }
}

t.test('definitions are updated before the objects; their kinds are rendered for, and known then', async t => {
  const all = await world(t)
  const { lines, review } = shown()
  await upgrade(all.context, upgradeOptionsOf(boats('v1', 'v2'), { upgradeCrds: true, review }))
  t.strictSame(lines, ['changed CustomResourceDefinition/boats.example.com', 'added Boat/b'])
  t.strictSame(versions(all), [{ name: 'v1', served: true }, { name: 'v2', served: true }])
  t.strictSame(all.alive(), [path, 'configmaps/a', 'boats/b'])
  const writes = all.server.requests.filter(({ method, query }) => method !== 'GET' && !query.has('dryRun'))
  t.match(writes.map(({ method, path }) => `${method} ${path.replace(/.*\//, '')}`), ['PATCH boats.example.com', 'POST secrets'])
  t.match(writes[0]?.query.get('fieldManager'), 'helm')
})

t.test('without the flag, and without a change, definitions stay as they are', async t => {
  const all = await world(t)
  await upgrade(all.context, upgradeOptionsOf(boats('v1', 'v2')))
  t.strictSame(versions(all), [{ name: 'v1', served: true }])
  all.server.requests.length = 0
  await upgrade(all.context, upgradeOptionsOf(boats('v1'), { upgradeCrds: true }))
  t.strictSame(all.server.requests.filter(({ method, path: at, query }) => at === path && method !== 'GET' && !query.has('dryRun')), [])
})

t.test('a dry run shows only', async t => {
  const all = await world(t)
  const { lines, review } = shown()
  const release = await upgrade(all.context, upgradeOptionsOf(boats('v1', 'v2'), { upgradeCrds: true, review, dryRun: 'server' }))
  t.match(release.manifest, 'kind: Boat')
  t.strictSame(lines, ['changed CustomResourceDefinition/boats.example.com', 'added Boat/b'])
  t.strictSame(all.server.requests.filter(({ method, query }) => method !== 'GET' && !query.has('dryRun')), [])
})

t.test('a version in which objects are stored is not taken away', async t => {
  const all = await world(t)
  await t.rejects(upgrade(all.context, upgradeOptionsOf(boats('v2'), { upgradeCrds: true })), {
    code: 'stored-version',
    message: /^CRD boats\.example\.com cannot be updated: sea\/crds\/boats\.yaml lacks version v1, in which objects are still stored/
  })
  t.strictSame(all.server.requests.filter(({ method, query }) => method !== 'GET' && !query.has('dryRun')), [])
})

t.test('a definition that the API refuses, or whose kind does not come', async t => {
  const all = await world(t)
  all.server.fault = ({ method, query }) => method === 'PATCH' && !query.has('dryRun') ? { status: 422, message: 'no schema', reason: 'Invalid' } : undefined
  await t.rejects(upgrade(all.context, upgradeOptionsOf(boats('v1', 'v2'), { upgradeCrds: true })), { code: 'upgrade-failed', message: /^failed to upgrade CRD crds\/boats\.yaml: .*no schema/ })
  t.match(await all.context.history.last('web'), { version: 1, info: { status: 'deployed' } })
  all.server.fault = () => undefined
  all.server.control = object => { object['status'] = { conditions: [{ type: 'Established', status: 'True' }] } }
  await t.rejects(upgrade(all.context, upgradeOptionsOf(boats('v1', 'v2'), { upgradeCrds: true })), { code: 'no-match', message: 'no matches for kind "Boat" in version "example.com/v2"' })
})

t.test('an installation that is looked at first: definitions that are missing, or that differ', async t => {
  const all = await world(t)
  all.server.objects.delete(path)
  all.server.kinds.splice(all.server.kinds.findIndex(({ kind }) => kind === 'Boat'), 1)
  const first = shown()
  const stop = async (preview: Preview): Promise<void> => {
    await first.review(preview)
    throw new Error('no')
  }
  await t.rejects(install(all.context, installOptionsOf(boats('v2'), { name: 'two', takeOwnership: true, review: stop })), { message: 'no' })
  t.strictSame(first.lines, ['added CustomResourceDefinition/boats.example.com', 'added ConfigMap/a', 'added Boat/b'])
  t.strictSame(all.alive(), ['configmaps/a'], 'nothing was done')
  await install(all.context, installOptionsOf(boats('v2'), { name: 'two', takeOwnership: true, review: first.review }))
  t.strictSame(all.alive(), ['configmaps/a', path, 'boats/b'])
  const second = shown()
  await t.rejects(install(all.context, installOptionsOf(boats('v2', 'v3'), { name: 'three', takeOwnership: true, upgradeCrds: true, review: second.review })), { code: 'stored-version' }, 'v1 is stored')
  await install(all.context, installOptionsOf(boats('v1', 'v2'), { name: 'three', takeOwnership: true, upgradeCrds: true, review: second.review }))
  t.match(second.lines, ['changed CustomResourceDefinition/boats.example.com', 'changed ConfigMap/a'])
})
