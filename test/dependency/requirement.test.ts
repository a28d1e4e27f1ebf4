import t from 'tap'
import { lockedRequirements, requirementsOf } from '../../src/dependency/requirement.js'
import { dependencyWorld } from './dependency-context.js'

const repositories = { 'repositories.yaml': 'repositories:\n- {name: charts, url: "http://charts.example.com/"}\n' }
const needs = (repository: string, name = 'anchor'): { name: string, version: string, repository: string } => ({ name, version: '1', repository })

t.test('where dependencies come from', async t => {
  const { context, ship } = dependencyWorld(t, { ...repositories, keel: {}, ship: {} })
  const found = await requirementsOf(context, ship, [needs(''), needs('file://../keel'), needs('@charts'), needs('alias:charts'), needs('http://charts.example.com'), needs('https://other.example.com')])
  t.match(found.map(({ source }) => source), [
    { kind: 'charts' }, { kind: 'folder', folder: { shown: 'keel' } }, { managed: true, repository: { name: 'charts' } }, { managed: true }, { managed: true },
    { managed: false, repository: { name: /^helm-manager-[0-9a-f]{64}$/, url: 'https://other.example.com' } }
  ])
  t.strictSame(found.map(({ dependency }) => dependency.repository), ['', 'file://../keel', 'http://charts.example.com/', 'http://charts.example.com/', 'http://charts.example.com', 'https://other.example.com'])
})

t.test('names that are paths', async t => {
  const { context, ship } = dependencyWorld(t, { ship: {} })
  for (const name of ['../x', 'a/b', '..', '.', '', 'a\\b', '/etc/passwd']) await t.rejects(requirementsOf(context, ship, [needs('', name)]), { code: 'invalid-name' }, name)
})

t.test('registries are refused by the name of the dependency', async t => {
  const { context, ship } = dependencyWorld(t, { ship: {} })
  await t.rejects(requirementsOf(context, ship, [needs('oci://example.com/charts')]), {
    code: 'not-supported', message: 'dependency "anchor" comes from a registry (oci://example.com/charts), which is not supported yet'
  })
})

t.test('what nobody knows', async t => {
  const { context, ship } = dependencyWorld(t, { ...repositories, ship: {} })
  await t.rejects(requirementsOf(context, ship, [needs('@nope'), needs('alias:nope')]), { code: 'no-repository', message: "no repository definition for @nope, alias:nope. Please add them via 'portolan repo add'" })
  await t.rejects(requirementsOf(context, ship, [needs('stable')]), { code: 'no-repository', message: /Note that repositories must be URLs or aliases/ })
  await t.rejects(requirementsOf(context, ship, [needs('file://../none')]), { code: 'not-found', message: 'directory none not found' })
  await t.rejects(lockedRequirements(context, ship, [needs('https://a.example.com'), needs('@charts'), needs('https://b.example.com')]), {
    code: 'no-repository', message: "no repository definition for https://a.example.com, https://b.example.com. Please add the missing repos via 'portolan repo add'"
  })
})
