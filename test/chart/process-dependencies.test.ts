import t from 'tap'
import type { Chart } from '../../src/chart/chart.js'
import { loadFiles } from '../../src/chart/load-files.js'
import { loadDirectory } from '../../src/chart/load-directory.js'
import { isCompatibleRange, processDependencies } from '../../src/chart/process-dependencies.js'
import { parseValues } from '../../src/chart/values-file.js'
import { encode } from '../../src/go/bytes.js'
import { marshalJson } from '../../src/go/json.js'
import { repositoryRoot } from '../compat/chart-recording.js'

async function fixture (name: string): Promise<Chart> {
  return loadDirectory(`${repositoryRoot()}/test/fixtures/charts/${name}`)
}

function names (chart: Chart): string[] {
  return chart.dependencies.map(sub => sub.metadata.name)
}

t.test('the values that come of it are compared with Helm\'s in values.test.ts; here are the charts', async t => {
  const quay = await fixture('quay')
  const processed = processDependencies(quay, new Map())
  t.strictSame(names(processed), ['parcels', 'letters'], 'one chart under two aliases, and none that is tagged heavy')
  t.strictSame(processed.metadata.dependencies?.map(({ name, enabled }) => [name, enabled]), [['parcels', true], ['letters', true]])
  t.strictSame(marshalJson(processed.metadata.dependencies?.[0]?.importValues?.[0] ?? null), '{"child":"ports","parent":"imported.parcels"}')
  t.strictSame(names(quay), ['crane', 'store'], 'the chart itself stays as it was')
})

t.test('the user switches sub-charts', async t => {
  const quay = await fixture('quay')
  const on = (values: string): string[] => names(processDependencies(quay, parseValues(values)))
  t.strictSame(on('tags: {heavy: true}'), ['parcels', 'letters', 'crane'])
  t.strictSame(on('parcels: {enabled: false}'), ['letters'])
  t.strictSame(on('extras: {enabled: false}'), ['parcels'])
  t.strictSame(on('letters: {enabled: true}\nextras: {enabled: false}'), ['parcels', 'letters'])
})

t.test('tags that are no booleans are warned of before conditions, which decide', t => {
  const files = {
    'Chart.yaml': 'apiVersion: v2\nname: case\nversion: 1.0.0\ndependencies:\n- { name: one, version: 1.0.0, condition: one.enabled, tags: [x] }\n- { name: two, version: 1.0.0, tags: [x] }\n',
    'charts/one/Chart.yaml': 'apiVersion: v2\nname: one\nversion: 1.0.0\n',
    'charts/two/Chart.yaml': 'apiVersion: v2\nname: two\nversion: 1.0.0\n'
  }
  const chart = loadFiles(Object.entries(files).map(([name, text]) => ({ name, data: encode(text) })))
  const warned: unknown[] = []
  const processed = processDependencies(chart, parseValues('tags: { x: null }\none: { enabled: false }'), (message, { facts = {} } = {}) => warned.push([message, facts]))
  t.strictSame(names(processed), ['two'])
  t.strictSame(warned, ['one', 'two'].map(chart => ['returned non-bool value', { tag: 'x', chart }]))
  t.end()
})

t.test('imported values belong to the parent', async t => {
  const processed = processDependencies(await fixture('quay'), parseValues('tags: {heavy: true}'))
  t.equal(marshalJson(processed.values.get('imported') ?? null), '{"parcels":{"backdoor":8081,"counter":8080}}')
  t.equal(marshalJson(processed.values.get('lift') ?? null), '{"tonnes":5}')
})

t.test('a chart without declared dependencies is left as it is', async t => {
  const lighthouse = await fixture('lighthouse')
  t.strictSame(processDependencies(lighthouse, new Map()).values, lighthouse.values)
})

t.test('ranges that are none fit nothing', async t => {
  t.equal(isCompatibleRange('^1.0.0', '1.2.3'), true)
  t.equal(isCompatibleRange('^1.0.0', '2.0.0'), false)
  t.equal(isCompatibleRange('', '1.0.0'), false)
  t.equal(isCompatibleRange('one', '1.0.0'), false)
  t.equal(isCompatibleRange('*', 'one'), false)
})
