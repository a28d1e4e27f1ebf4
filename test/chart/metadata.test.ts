import t from 'tap'
import { dependencyToStruct } from '../../src/chart/dependency.js'
import { ChartError } from '../../src/chart/errors.js'
import { metadataToDict, metadataToStruct, parseMetadata, sanitizeMetadata, sanitizeString, validateMetadata, type Metadata } from '../../src/chart/metadata.js'
import { messageOf } from '../../src/errors.js'
import { marshalJson } from '../../src/go/json.js'
import { marshalYaml } from '../../src/go/yaml.js'
import { readRecording } from '../compat/chart-recording.js'

interface Recorded { text: string, output?: string, error?: string }

t.test('Chart.yaml is read, refused and written as Helm does', async t => {
  for (const [name, { text, output, error }] of Object.entries(readRecording<Record<string, Recorded>>('metadata').cases)) {
    t.strictSame(outcome(text), error === undefined ? { output } : { error }, name)
  }
})

/** What `helm show chart` prints of a chart with such a Chart.yaml. */
function outcome (text: string): { output: string } | { error: string } {
  let metadata: Metadata
  try {
    metadata = parseMetadata(text)
  } catch (thrown) {
    return { error: `cannot load Chart.yaml: ${messageOf(thrown)}` }
  }
  try {
    metadata = sanitizeMetadata({ ...metadata, apiVersion: metadata.apiVersion ?? 'v1' })
    validateMetadata(metadata)
    return { output: marshalYaml(metadataToDict(metadata)) }
  } catch (thrown) {
    return { error: messageOf(thrown) }
  }
}

t.test('errors say which kind they are', async t => {
  t.throws(() => parseMetadata('a: ['), { name: 'ChartError', code: 'invalid-chart' })
  t.throws(() => { validateMetadata({ name: 'a', version: '1' }) }, new ChartError('invalid-chart', 'validation: chart.metadata.apiVersion is required'))
})

t.test('more metadata on top of metadata: requirements.yaml', async t => {
  const base = parseMetadata('apiVersion: v1\nname: a\nversion: 1.0.0\nkeywords: [k]\nannotations: {x: 1}\ndependencies: [{name: x, version: 1, condition: x.on}, {name: y, version: 2}]\n')
  const merged = parseMetadata('annotations: {z: 2}\nkeywords: null\ndependencies: [{name: z, version: 3}]\n', base)
  t.strictSame(merged, {
    name: 'a',
    version: '1.0.0',
    apiVersion: 'v1',
    annotations: new Map([['x', '1'], ['z', '2']]),
    // An element is read on top of the one that stood there, as encoding/json does.
    dependencies: [{ name: 'z', repository: '', version: '3', condition: 'x.on' }]
  })
  t.strictSame(base.dependencies?.length, 2, 'the base stays as it was')
})

t.test('the JSON of a struct keeps its order', async t => {
  const metadata = parseMetadata('type: library\nname: a\nversion: 1.0.0\napiVersion: v2\nmaintainers: [{url: u, name: m}]\nkeywords: ["<k>"]\ndeprecated: true\n')
  t.equal(marshalJson(metadataToStruct(metadata)), '{"name":"a","version":"1.0.0","keywords":["\\u003ck\\u003e"],"maintainers":[{"name":"m","url":"u"}],"apiVersion":"v2","deprecated":true,"type":"library"}')
  const [dependency] = parseMetadata('dependencies: [{alias: a, name: m, import-values: [{child: c, parent: p}], tags: [t], version: 1}]').dependencies ?? []
  t.ok(dependency)
  if (dependency !== undefined) t.equal(marshalJson(dependencyToStruct(dependency)), '{"name":"m","version":"1","repository":"","tags":["t"],"import-values":[{"child":"c","parent":"p"}],"alias":"a"}')
})

t.test('keys that stand in every JavaScript object are keys like others', async t => {
  const metadata = parseMetadata('name: a\nversion: 1.0.0\n__proto__: {apiVersion: v2}\nconstructor: x\nannotations: {__proto__: p, toString: s}\n')
  t.equal(metadata.apiVersion, undefined)
  t.strictSame(metadata.annotations, new Map([['__proto__', 'p'], ['toString', 's']]))
})

t.test('texts are sanitised', async t => {
  t.equal(sanitizeString('a\tb\nc\u2028d\u00a0e'), 'a b c d e')
  t.equal(sanitizeString('a\u0000b\u200bc\ufeffd\u{e0001}e'), 'abcde')
  t.equal(sanitizeString('façade 灯台 🚢 ½ €'), 'façade 灯台 🚢 ½ €')
})
