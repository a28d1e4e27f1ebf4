import { gunzipSync } from 'node:zlib'
import { Readable } from 'node:stream'
import t from 'tap'
import { loadArchive } from '../../src/chart/archive.js'
import type { Chart } from '../../src/chart/chart.js'
import { loadDirectory } from '../../src/chart/load-directory.js'
import { loadFiles } from '../../src/chart/load-files.js'
import { writeArchive } from '../../src/chart/write-archive.js'
import { decode, encode } from '../../src/go/bytes.js'
import { readRecording, repositoryRoot } from '../compat/chart-recording.js'
import { tarEntries, type TarEntryDigest } from '../compat/tar-entries.js'

interface Recorded { file: string, gzipHeader: string, entries: TarEntryDigest[] }

const now = new Date('2024-05-06T07:08:09.4Z')
const stamp = new Date(1_700_000_000_000)

async function fixture (name: string): Promise<Chart> {
  return loadDirectory(`${repositoryRoot()}/test/fixtures/charts/${name}`)
}

t.test('the tar of a package is Helm\'s, byte by byte', async t => {
  for (const [name, { gzipHeader, entries }] of Object.entries(readRecording<Record<string, Recorded>>('packages').cases)) {
    const archive = await writeArchive(await fixture(name), { now, stamp })
    const written = tarEntries(gunzipSync(archive))
    t.strictSame(sorted(written), sorted(entries), name)
    // Helm takes several sub-charts in any order.
    const subcharts = new Set(entries.map(entry => /^[^/]+\/charts\/[^/]+/.exec(entry.name)?.[0]))
    if (subcharts.size <= 2) t.strictSame(written, entries, `order of ${name}`)
    t.equal(Buffer.from(archive.subarray(0, 61)).toString('hex'), gzipHeader, `gzip header of ${name}`)
  }
})

function sorted (entries: readonly TarEntryDigest[]): TarEntryDigest[] {
  return [...entries].sort((a, b) => a.name < b.name ? -1 : 1)
}

t.test('what was written is read again', async t => {
  const chart = await fixture('fleet')
  const again = await loadArchive(Readable.from([await writeArchive(chart, { now })]))
  t.strictSame(again.metadata, chart.metadata)
  t.strictSame(again.values, chart.values)
  t.strictSame(again.dependencies.map(sub => sub.metadata.name), chart.dependencies.map(sub => sub.metadata.name))
  t.strictSame(again.templates.map(file => [file.name, decode(file.data)]), chart.templates.map(file => [file.name, decode(file.data)]))
})

function chartOf (files: Readonly<Record<string, string>>, modified?: Date): Chart {
  return loadFiles(Object.entries(files).map(([name, text]) => ({ name, data: encode(text), ...(modified === undefined ? {} : { modified }) })))
}

const chartYaml = 'apiVersion: v2\nname: a\nversion: 1.0.0\n'

t.test('dates are those of the files, or now', async t => {
  const dates = async (chart: Chart): Promise<unknown[]> => (await loadArchive(Readable.from([await writeArchive(chart, { now })]))).raw.map(file => file.modified?.toISOString())
  t.strictSame(await dates(chartOf({ 'Chart.yaml': chartYaml, 'values.yaml': '{}' })), ['2024-05-06T07:08:09.000Z', '2024-05-06T07:08:09.000Z'])
  t.strictSame(await dates(chartOf({ 'Chart.yaml': chartYaml, 'values.yaml': '{}' }, new Date('2020-01-01T00:00:00.6Z'))), ['2020-01-01T00:00:01.000Z', '2020-01-01T00:00:01.000Z'])
})

t.test('the lock is written with its own date', async t => {
  const chart = chartOf({ 'Chart.yaml': chartYaml, 'Chart.lock': 'digest: sha256:d\ngenerated: "2020-01-02T03:04:05.600+02:00"\ndependencies: [{name: x, version: 1.0.0, repository: r}]\n' })
  const lock = async (options: { now: Date, stamp?: Date }): Promise<unknown> => {
    const { raw } = await loadArchive(Readable.from([await writeArchive(chart, options)]))
    const file = raw.find(file => file.name === 'Chart.lock')
    return [file?.modified?.toISOString(), decode(file?.data ?? new Uint8Array())]
  }
  const text = (generated: string): string => `dependencies:\n- name: x\n  repository: r\n  version: 1.0.0\ndigest: sha256:d\ngenerated: "${generated}"\n`
  t.strictSame(await lock({ now }), ['2020-01-02T01:04:05.000Z', text('2020-01-02T03:04:05.6+02:00')])
  t.strictSame(await lock({ now, stamp }), ['2023-11-14T22:13:20.000Z', text('2023-11-14T22:13:20Z')])
})

t.test('names that do not fit into a header', async t => {
  const long = `templates/${'d'.repeat(90)}/${'f'.repeat(99)}`
  const longer = `templates/${'n'.repeat(300)}.yaml`
  const chart = chartOf({ 'Chart.yaml': chartYaml, [long]: 'x', [longer]: 'y', 'files/grün.txt': 'z' })
  const again = await loadArchive(Readable.from([await writeArchive(chart, { now })]))
  t.strictSame(again.raw.map(file => file.name), ['Chart.yaml', long, longer, 'files/grün.txt'])
})

t.test('what Helm would not pack is not packed', async t => {
  const chart = chartOf({ 'Chart.yaml': chartYaml, 'values.schema.json': '{' })
  await t.rejects(writeArchive(chart, { now }), { code: 'invalid-chart', message: 'invalid JSON in values.schema.json' })
  await t.rejects(writeArchive({ ...chart, metadata: { ...chart.metadata, version: 'x' } }, { now }), { message: 'chart validation: validation: chart.metadata.version "x" is invalid' })
})
