import t from 'tap'
import type { Chart } from '../../src/chart/chart.js'
import { loadFiles } from '../../src/chart/load-files.js'
import { processDependencies } from '../../src/chart/process-dependencies.js'
import { coalesceTables, coalesceValues, mergeTables, mergeValues } from '../../src/chart/values.js'
import { parseValues } from '../../src/chart/values-file.js'
import { messageOf } from '../../src/errors.js'
import type { Warn } from '../../src/chart/warn.js'
import { encode } from '../../src/go/bytes.js'
import { marshalJson } from '../../src/go/json.js'
import type { Dict, Value } from '../../src/go/value.js'
import { readRecording } from '../compat/chart-recording.js'

interface Recorded { files: Record<string, string>, values?: string, printed?: Record<string, { values: string }>, warnings: string[], error?: string }

function load (files: Readonly<Record<string, string>>): Chart {
  return loadFiles(Object.entries(files).map(([name, text]) => ({ name, data: encode(text) })))
}

t.test('charts see the values that they see in Helm', async t => {
  for (const [name, recorded] of Object.entries(readRecording<Record<string, Recorded>>('values').cases)) {
    const warnings = new Set<string>()
    const found = see(recorded, (message, { level = 'WARN', facts = {} } = {}) => warnings.add(line({ level, msg: message, ...facts })))
    const { error, printed = {} } = recorded
    t.strictSame(found, error === undefined ? { seen: Object.fromEntries(Object.entries(printed).map(([source, { values }]) => [source.replace('/templates/print.yaml', ''), values])) } : { error }, name)
    t.strictSame([...warnings].sort(), [...new Set(recorded.warnings)].sort(), `warnings: ${name}`)
  }
})

/** The values of every chart that is rendered, by its path. */
function see (recorded: Recorded, warn: Warn): object {
  try {
    const user = parseValues(recorded.values ?? '')
    const chart = processDependencies(load(recorded.files), user, warn)
    const seen: Record<string, string> = {}
    collect({ chart, path: chart.metadata.name, values: coalesceValues(chart, user, warn), seen })
    return { seen }
  } catch (thrown) {
    return { error: messageOf(thrown) }
  }
}

function collect ({ chart, path, values, seen }: { chart: Chart, path: string, values: Value | undefined, seen: Record<string, string> }): void {
  seen[path] = marshalJson(values ?? null)
  for (const sub of chart.dependencies) {
    const { name } = sub.metadata
    collect({ chart: sub, path: `${path}/charts/${name}`, values: values instanceof Map ? values.get(name) : undefined, seen })
  }
}

/** A line of Helm's log. */
function line (parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).map(([name, value]) => `${name}=${/[\s"]/.test(value) ? JSON.stringify(value) : value}`).join(' ')
}

t.test('what goes in stays as it is', async t => {
  const chart = load({ 'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n', 'values.yaml': 'a: {b: null, c: 1}\nd: null\n' })
  const user: Dict = new Map<string, Value>([['a', new Map<string, Value>([['c', null]])]])
  const before = [marshalJson(chart.values), marshalJson(user)]
  coalesceValues(chart, user)
  mergeValues(chart, user)
  t.strictSame([marshalJson(chart.values), marshalJson(user)], before)
})

t.test('merging keeps nulls, coalescing drops them', async t => {
  const chart = load({ 'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n', 'values.yaml': 'a: null\nb: {c: null, d: 1}\ne: 1\n' })
  const user: Dict = new Map<string, Value>([['e', null], ['b', new Map<string, Value>([['d', null]])]])
  t.equal(marshalJson(coalesceValues(chart, user)), '{"b":{}}')
  t.equal(marshalJson(mergeValues(chart, user)), '{"a":null,"b":{"c":null,"d":null},"e":null}')
})

t.test('tables are put together in place, the target winning', async t => {
  const target = parseValues('a: 1\nb: {c: 1}\nk: null\n')
  const result = coalesceTables(target, parseValues('a: 2\nb: {d: 2}\nk: 3\ne: 4\n'))
  t.equal(result, target)
  t.equal(marshalJson(result), '{"a":1,"b":{"c":1,"d":2},"e":4}')
  t.equal(marshalJson(mergeTables(parseValues('k: null\nx: null\n'), parseValues('k: 3\n'))), '{"k":null,"x":null}')
})
