import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { loadChart } from '../../src/chart/load.js'
import { marshalJson } from '../../src/go/json.js'
import { defaultCapabilities } from '../../src/engine/capabilities.js'
import { renderChart, requireInstallable } from '../../src/engine/render-chart.js'
import { compatFolder } from '../compat/case-file.js'
import { chartOf, fixedSources, printed, renderRelease } from './case-chart.js'

const charts = join(compatFolder(), '..', 'fixtures', 'charts')
const recorded = join(compatFolder(), 'recorded', 'fixtures')
const release = { name: 'release', namespace: 'default', revision: 1, isInstall: true, isUpgrade: false }
const facts = { release, capabilities: defaultCapabilities(), values: new Map() }

t.test('our own charts are rendered as Helm renders them, byte for byte', async t => {
  const names = readdirSync(charts, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name)
  t.ok(names.length >= 10)
  for (const name of names) {
    const rendered = renderChart({ ...fixedSources(), ...facts, chart: await loadChart(join(charts, name)), includeCrds: true })
    t.equal(printed(rendered), readFileSync(join(recorded, `${name}.yaml`), 'utf8'), name)
    const notes = join(recorded, `${name}.notes.txt`)
    t.equal(rendered.notes.trim(), existsSync(notes) ? readFileSync(notes, 'utf8').trim() : '', `the notes of ${name}`)
  }
})

t.test('the same input gives the same result', async t => {
  const chart = chartOf({
    'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n',
    'values.yaml': 'x: {}\n',
    'templates/a.yaml': 'a: {{ randAlphaNum 20 }} {{ uuidv4 }} {{ set .Values.x "b" 1 | toJson }}'
  })
  t.equal(renderRelease(chart).manifest, renderRelease(chart).manifest)
  t.strictSame([...chart.values], [['x', new Map()]], 'the chart is as it was')
})

t.test('the user’s values are not changed', async t => {
  const values = new Map([['x', new Map()]])
  const chart = chartOf({ 'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n', 'templates/a.yaml': 'a: {{ set .Values.x "b" 1 | toJson }}' })
  const rendered = renderChart({ ...fixedSources(), ...facts, chart, values })
  t.match(rendered.manifest, 'a: {"b":1}')
  t.match(marshalJson(rendered.values), '{"x":{"b":1}}')
  t.strictSame(values, new Map([['x', new Map()]]))
})

t.test('values are checked before anything is rendered', async t => {
  const chart = chartOf({ 'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n', 'values.yaml': 'x: 1\n', 'templates/a.yaml': '{{ fail "rendered" }}' })
  const seen: unknown[] = []
  const validate = (_chart: unknown, values: unknown): void => {
    seen.push(values)
    throw new Error('no good')
  }
  t.throws(() => renderChart({ ...fixedSources(), ...facts, chart, validate }), { message: 'no good' })
  t.strictSame(seen, [new Map([['x', 1]])])
})

t.test('secrets can be hidden', async t => {
  const chart = chartOf({
    'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n',
    'templates/a.yaml': 'apiVersion: v1\nkind: Secret\ndata: { a: aGlkZGVu }\n---\napiVersion: x/v1\nkind: Secret\n'
  })
  const { manifest } = renderChart({ ...fixedSources(), ...facts, chart, hideSecrets: true })
  t.equal(manifest, '---\n# Source: a/templates/a.yaml\n# HIDDEN: The Secret output has been suppressed\n---\n# Source: a/templates/a.yaml\napiVersion: x/v1\nkind: Secret\n\n')
})

t.test('definitions of custom resources come only when asked for', async t => {
  const chart = await loadChart(join(charts, 'buoy'))
  const without = renderChart({ ...fixedSources(), ...facts, chart }).manifest
  t.notMatch(without, 'kind: CustomResourceDefinition')
  t.match(renderChart({ ...fixedSources(), ...facts, chart, includeCrds: true }).manifest, 'kind: CustomResourceDefinition')
})

t.test('a library chart cannot be installed', async t => {
  const chart = chartOf({ 'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\ntype: library\n' })
  t.throws(() => requireInstallable(chart), { name: 'EngineError', code: 'not-installable', message: 'library charts are not installable' })
  t.doesNotThrow(() => requireInstallable(chartOf({ 'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\ntype: application\n' })))
})

t.test('look-up, strictness and bounds come from outside', async t => {
  const chart = (template: string) => chartOf({ 'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n', 'templates/a.yaml': template })
  const lookUp = (...asked: string[]) => new Map([['asked', asked.join(' ')]])
  const found = renderChart({ ...fixedSources(), ...facts, chart: chart('a: {{ (lookup "v1" "Pod" "ns" "x").asked }}'), lookUp })
  t.match(found.manifest, 'a: v1 Pod ns x')
  t.throws(() => renderChart({ ...fixedSources(), ...facts, chart: chart('a: {{ .Chart.nothing }}'), strict: true }), { code: 'execution', message: /map has no entry for key "nothing"/ })
  t.throws(() => renderChart({ ...fixedSources(), ...facts, chart: chart('{{ range until 1000 }}{{ range until 1000 }}{{ end }}{{ end }}'), limits: { steps: 10_000 } }),
    { name: 'EngineError', code: 'execution' })
})

t.test('keys and hashes are refused before they are made, with the name of the function', async t => {
  const chart = (template: string) => chartOf({ 'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n', 'templates/a.yaml': template })
  const rendered = (template: string, steps: number) => renderChart({ ...fixedSources(), ...facts, chart: chart(template), limits: { steps }, limitHint: 'ask for more' })
  t.match(rendered('a: {{ htpasswd "a" "b" }}', 500_000).manifest, /a: a:\$2a\$10\$/)
  for (const expression of ['genCA "a" 1', 'genPrivateKey "rsa"', 'genPrivateKey "dsa"', 'genSelfSignedCert "a" nil nil 1', 'bcrypt "a"', 'htpasswd "a" "b"', 'derivePassword 1 "long" "a" "b" "c"']) {
    const name = expression.replace(/ .*/, '')
    t.throws(() => rendered(`{{ range until 1000 }}{{ ${expression} }}{{ end }}`, 390_000), {
      code: 'execution', message: `template: a/templates/a.yaml:1:25: executing "a/templates/a.yaml" at <${expression}>: error calling ${name}: exceeded maximum of 390000 steps (ask for more)`
    })
  }
})

t.test('in lint mode fail and required only warn', async t => {
  const warnings: string[] = []
  const chart = chartOf({ 'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n', 'templates/a.yaml': 'a: "{{ fail "one" }}{{ required "two" .Values.x }}"' })
  const { manifest } = renderChart({ ...fixedSources(), ...facts, chart, lint: true, warn: message => { warnings.push(message) } })
  t.match(manifest, 'a: ""')
  t.strictSame(warnings, ['fail: one', 'missing required value: two'])
})

t.test('files are texts of bytes', async t => {
  const chart = { ...chartOf({ 'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n', 'templates/a.yaml': 'a: {{ .Files.Get "bin" | b64enc }}' }), files: [{ name: 'bin', data: Uint8Array.of(0xff, 0, 0xc3) }] }
  t.match(renderRelease(chart).manifest, 'a: /wDD')
})
