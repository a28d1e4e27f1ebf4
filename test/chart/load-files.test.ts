import t from 'tap'
import { ChartError } from '../../src/chart/errors.js'
import { Budget, uploadLimits } from '../../src/chart/limits.js'
import { loadDirectory } from '../../src/chart/load-directory.js'
import { loadFiles } from '../../src/chart/load-files.js'
import type { Chart, ChartFile } from '../../src/chart/chart.js'
import { messageOf } from '../../src/errors.js'
import { decode, encode } from '../../src/go/bytes.js'
import { readRecording } from '../compat/chart-recording.js'
import { chartArchive } from '../helpers/chart-archive.js'

type Folder = { [name: string]: Folder | string }

interface Recorded { files: Record<string, string>, loads?: boolean, error?: string }

function files (texts: Readonly<Record<string, string | Uint8Array>>): ChartFile[] {
  return Object.entries(texts).map(([name, data]) => ({ name, data: typeof data === 'string' ? encode(data) : data }))
}

const chartYaml = 'apiVersion: v2\nname: a\nversion: 1.0.0\n'

t.test('charts are loaded and refused as Helm does', async t => {
  for (const [name, recorded] of Object.entries(readRecording<Record<string, Recorded>>('load').cases)) {
    const folder = t.testdir(nested(recorded.files))
    const error = await loadDirectory(folder).then(() => undefined, messageOf)
    t.equal(error, recorded.error, name)
  }
})

/** Files by path as the tree of folders that testdir takes. */
function nested (texts: Readonly<Record<string, string>>): Folder {
  const root: Folder = {}
  for (const [path, text] of Object.entries(texts)) {
    const parts = path.split('/')
    let folder: Folder = root
    for (const part of parts.slice(0, -1)) folder = (folder[part] ??= {}) as Folder
    folder[parts.at(-1) ?? ''] = text
  }
  return root
}

t.test('files find their place by their names', async t => {
  const chart = loadFiles(files({
    'Chart.yaml': chartYaml,
    'Chart.lock': 'digest: d\ngenerated: "2020-01-02T03:04:05.6Z"\ndependencies: [{name: x, version: 1.0.0, repository: r}]\n',
    'values.yaml': 'a: 1\n',
    'values.schema.json': '{}',
    'values.yml': 'b: 1\n',
    'templates/a.yaml': 'x',
    'templates/sub/b.tpl': 'y',
    'README.md': 'hello',
    'crds/c.yaml': 'z',
    'charts/sub/Chart.yaml': 'name: sub\nversion: 2.0.0\n',
    'charts/sub/values.yaml': 'c: 1\n',
    'charts/_draft/Chart.yaml': 'not: read',
    'charts/sub-2.0.0.tgz.prov': 'signed'
  }))
  t.strictSame(chart.templates.map(file => file.name), ['templates/a.yaml', 'templates/sub/b.tpl'])
  t.strictSame(chart.files.map(file => file.name), ['values.yml', 'README.md', 'crds/c.yaml', 'charts/sub-2.0.0.tgz.prov'])
  t.equal(chart.raw.length, 13)
  t.strictSame(chart.values, new Map([['a', 1]]))
  t.equal(decode(chart.schema ?? new Uint8Array()), '{}')
  t.strictSame(chart.lock, { digest: 'd', generated: '2020-01-02T03:04:05.6Z', dependencies: [{ name: 'x', version: '1.0.0', repository: 'r' }] })
  t.strictSame(chart.dependencies.map(sub => [sub.metadata.name, sub.metadata.apiVersion, sub.values]), [['sub', 'v1', new Map([['c', 1]])]])
})

t.test('a chart of apiVersion v1 keeps its requirements among its files', async t => {
  const requirements = 'dependencies: [{name: x, version: 1}]\n'
  const chart = loadFiles(files({ 'Chart.yaml': 'name: a\nversion: 1.0.0\n', 'requirements.yaml': requirements, 'requirements.lock': 'digest: d\n' }))
  t.strictSame(chart.metadata.dependencies, [{ name: 'x', version: '1', repository: '' }])
  t.strictSame(chart.files.map(file => file.name), ['requirements.yaml', 'requirements.lock'])
  t.equal(chart.lock?.digest, 'd')
})

t.test('a chart of apiVersion v2 gets a warning for them', async t => {
  const warnings: string[] = []
  const chart = loadFiles(files({ 'Chart.yaml': chartYaml, 'requirements.yaml': 'dependencies: []\n', 'requirements.lock': '{}' }), { warn: message => warnings.push(message) })
  t.strictSame(chart.files, [])
  t.strictSame(warnings, [
    'Warning: Dependencies are handled in Chart.yaml since apiVersion "v2". We recommend migrating dependencies to Chart.yaml.',
    'Warning: Dependency locking is handled in Chart.lock since apiVersion "v2". We recommend migrating to Chart.lock.'
  ])
})

t.test('requirements alone are no chart', async t => {
  t.throws(() => loadFiles(files({ 'requirements.lock': '' })), new ChartError('invalid-chart', 'validation: chart.metadata.apiVersion is required'))
})

t.test('archives of sub-charts are unpacked, and archives in them', async t => {
  const inner = await chartArchive('inner', '0.1.0')
  const outer = await chartArchive('outer', '0.2.0', { 'charts/inner-0.1.0.tgz': inner })
  const chart = loadFiles(files({ 'Chart.yaml': chartYaml, 'charts/outer-0.2.0.tgz': outer }))
  const [sub] = chart.dependencies
  t.equal(sub?.metadata.name, 'outer')
  t.equal(sub?.dependencies[0]?.metadata.name, 'inner')
  t.strictSame(sub?.dependencies[0]?.values, new Map([['greeting', 'hello']]))
})

t.test('the words for bad values are those of the Helm whose limits are kept', async t => {
  const bad = files({ 'Chart.yaml': chartYaml, 'values.yaml': 'a: [\n' })
  const text = 'error converting YAML to JSON: yaml: line 1: did not find expected node content'
  t.throws(() => loadFiles(bad), { code: 'invalid-chart', message: `cannot load values.yaml: cannot unmarshal yaml document: ${text}` })
  t.throws(() => loadFiles(bad, { budget: new Budget(uploadLimits) }), { code: 'invalid-chart', message: `cannot load values.yaml: ${text}` })
})

t.test('archives within archives have an end', async t => {
  let archive = await chartArchive('deepest', '1.0.0')
  for (let i = 0; i < 6; i++) archive = await chartArchive('deep', '1.0.0', { 'charts/next.tgz': archive })
  const load = (depth: number): Chart =>
    loadFiles(files({ 'Chart.yaml': chartYaml, 'charts/next.tgz': archive }), { budget: new Budget({ ...uploadLimits, depth }) })
  t.ok(load(7))
  t.throws(() => load(6), { code: 'too-large', message: /charts stand more than 6 deep inside one another$/ })
})

t.test('an archive inside counts against the same limits', async t => {
  const archive = await chartArchive('sub', '1.0.0', { 'big.txt': new Uint8Array(5000) })
  const load = (total: number): Chart =>
    loadFiles(files({ 'Chart.yaml': chartYaml, 'charts/one.tgz': archive, 'charts/two.tgz': archive }), { budget: new Budget({ ...uploadLimits, total }) })
  t.equal(load(20_000).dependencies.length, 2)
  t.throws(() => load(8000), { code: 'too-large', message: 'error unpacking subchart two.tgz in a: decompressed chart is larger than the maximum file size 8000' })
})
