import t from 'tap'
import { uninstallOrder } from '../../src/engine/kind-order.js'
import { manifestText, sortManifests } from '../../src/engine/manifest.js'
import { compareRecorded } from './compare-recorded.js'

t.test('as Helm answers', async t => {
  compareRecorded(t, 'engine-manifests')
})

t.test('a hook has all that its annotations say', async t => {
  const annotations = [
    'helm.sh/hook: "post-delete, Test"', 'helm.sh/hook-weight: "-5"', 'helm.sh/hook-delete-policy: hook-succeeded, Before-Hook-Creation',
    'helm.sh/hook-output-log-policy: hook-failed'
  ]
  const manifest = `kind: Job\nmetadata:\n  name: x\n  annotations:\n${annotations.map(line => `    ${line}\n`).join('')}`
  const { hooks, manifests } = sortManifests(new Map([['a/templates/x.yaml', manifest]]))
  t.strictSame(manifests, [])
  t.strictSame(hooks, [{
    name: 'x',
    kind: 'Job',
    path: 'a/templates/x.yaml',
    manifest,
    events: ['post-delete', 'test'],
    weight: -5,
    deletePolicies: ['hook-succeeded', 'before-hook-creation'],
    outputLogPolicies: ['hook-failed']
  }])
})

t.test('a weight that is no number weighs nothing', async t => {
  const hook = (weight: string): string => `kind: Job\nmetadata: { annotations: { helm.sh/hook: test, helm.sh/hook-weight: "${weight}" } }\n`
  const weightOf = (weight: string): number | undefined => sortManifests(new Map([['x', hook(weight)]])).hooks[0]?.weight
  t.strictSame(['7', 'heavy', '', '1.5', '+3'].map(weightOf), [7, 0, 0, 0, 3])
})

t.test('who asks is told of hooks that are dropped', async t => {
  const skipped: string[] = []
  const file = 'kind: Job\nmetadata: { annotations: { helm.sh/hook: sometimes } }\n'
  const sorted = sortManifests(new Map([['x.yaml', file]]), { skipped: (path, hooks) => { skipped.push(`${path}: ${hooks}`) } })
  t.strictSame(sorted, { manifests: [], hooks: [] })
  t.strictSame(skipped, ['x.yaml: sometimes'])
})

t.test('the order of deletion is the other way round, unknown kinds last all the same', async t => {
  const file = ['Namespace', 'Zebra', 'ValidatingWebhookConfiguration', 'Deployment', 'Apple'].map(kind => `kind: ${kind}\n`).join('---\n')
  const { manifests } = sortManifests(new Map([['x.yaml', file]]), { order: uninstallOrder })
  t.strictSame(manifests.map(manifest => manifest.kind), ['ValidatingWebhookConfiguration', 'Deployment', 'Namespace', 'Apple', 'Zebra'])
})

t.test('partials are no manifests', async t => {
  const { manifests } = sortManifests(new Map([['a/templates/_x.tpl', 'kind: Pod'], ['a/templates/y.yaml', 'kind: Pod']]))
  t.equal(manifestText(manifests), '---\n# Source: a/templates/y.yaml\nkind: Pod\n')
})
