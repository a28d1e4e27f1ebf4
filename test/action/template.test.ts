import t from 'tap'
import { showOnly } from '../../src/action/show-only.js'
import { outputPath, shownHooks, template, templateText } from '../../src/action/template.js'
import { KubeVersion } from '../../src/engine/kube-version.js'
import { actionWorld, chartOf, configMap, hookJob } from '../helpers/action-context.js'

const chart = chartOf({
  'templates/a.yaml': configMap('a'),
  'templates/b.yaml': configMap('b'),
  'templates/test.yaml': hookJob('t', 'test'),
  'templates/hook.yaml': hookJob('h', 'pre-install'),
  'templates/facts.yaml': 'version: {{ .Capabilities.KubeVersion }}\nboat: {{ .Capabilities.APIVersions.Has "example.com/v1" }}\nupgrade: {{ .Release.IsUpgrade }}\nname: {{ .Release.Name }} in {{ .Release.Namespace }}',
  'crds/c.yaml': 'kind: CustomResourceDefinition',
  'templates/NOTES.txt': 'Ahoy'
})
const options = { chart, values: new Map(), name: 'web', namespace: 'default' }

t.test('rendered without a cluster: a dry run of the first revision', async t => {
  const { context, server } = await actionWorld(t)
  const { release } = await template(context, options)
  t.match(release, { name: 'web', version: 1, info: { status: 'pending-install', description: 'Dry run complete', notes: 'Ahoy' } })
  t.match(release.manifest, 'version: v1.37.0\nboat: false\nupgrade: false\nname: web in default')
  t.strictSame(server.requests, [])
})

t.test('for another Kubernetes, as an upgrade, with CRDs', async t => {
  const { context } = await actionWorld(t)
  const { release, files } = await template(context, { ...options, kubeVersion: KubeVersion.parse('1.30'), apiVersions: ['example.com/v1'], isUpgrade: true, includeCrds: true })
  t.match(release.manifest, 'version: v1.30\nboat: true\nupgrade: true')
  t.ok(release.manifest.startsWith('---\n# Source: sea/crds/c.yaml\nkind: CustomResourceDefinition\n'))
  t.strictSame(files.map(({ name }) => name).sort(), ['sea/crds/c.yaml', 'sea/templates/a.yaml', 'sea/templates/b.yaml', 'sea/templates/facts.yaml'])
})

t.test('names that no release may have', async t => {
  const { context, logged } = await actionWorld(t)
  await t.rejects(template(context, { ...options, name: 'R_' }), { code: 'invalid-name', message: /^release name check failed: release name "R_": invalid/ })
  t.match(logged, [/^ERROR release name check failed/])
})

t.test('what is printed: the manifest, then hooks, with or without tests', async t => {
  const { context } = await actionWorld(t)
  const { release } = await template(context, options)
  const text = templateText(release, { hooks: true, skipTests: false })
  t.ok(text.startsWith('---\n# Source: sea/templates/a.yaml\n'))
  t.ok(text.indexOf('templates/hook.yaml') > text.indexOf('templates/facts.yaml'))
  t.notMatch(templateText(release, { hooks: true, skipTests: true }), 'test.yaml')
  t.equal(templateText(release, { hooks: false, skipTests: false }), `${release.manifest.trim()}\n`)
  t.strictSame(shownHooks(release, { hooks: true, skipTests: true }).map(({ name }) => name), ['sea/templates/hook.yaml'])
})

t.test('some templates only', async t => {
  const { context } = await actionWorld(t)
  const text = templateText((await template(context, options)).release, { hooks: true, skipTests: false })
  t.equal(showOnly(text, ['templates/b.yaml']), `---\n# Source: sea/templates/b.yaml\n${configMap('b').trimEnd()}\n\n\n`)
  t.equal(showOnly(text, ['templates/*.yaml']).match(/^# Source/gm)?.length, 5)
  t.throws(() => showOnly(text, ['templates/none.yaml']), { code: 'not-found', message: 'could not find template templates/none.yaml in chart' })
  t.throws(() => showOnly(text, ['templates/[']), { message: 'could not find template templates/[ in chart' })
})

t.test('where files go', async t => {
  t.equal(outputPath('out', { name: 'sea/templates/a.yaml', content: '' }, undefined), 'out/sea/templates/a.yaml')
  t.equal(outputPath('out', { name: 'sea/templates/a.yaml', content: '' }, 'web'), 'out/web/sea/templates/a.yaml')
})
