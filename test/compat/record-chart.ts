/**
 * Records how the real Helm reads, refuses, merges, packs and indexes charts, into recorded/chart-*.json.
 *
 *     PORTOLAN_HELM4=/path/to/helm [PORTOLAN_HELM3=/path/to/helm] node dist/test/compat/record-chart.js [metadata|load|…]
 *
 * What is recorded holds the cases themselves, so that a test needs nothing else. Helm 3 is asked about broken archives alone, because
 * Helm 4 does not say what is wrong with them; without it, that recording stays as it is.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { evilArchive, evilKinds } from '../helpers/chart-archive.js'
import { ignoreCases, ignoreFiles } from './chart-cases/ignore-cases.js'
import { loadCases } from './chart-cases/load-cases.js'
import { metadataCases } from './chart-cases/metadata-cases.js'
import { setBase, setCases } from './chart-cases/set-cases.js'
import { valueCases } from './chart-cases/value-cases.js'
import { helmVersion, repositoryRoot, runHelm, withFiles, writeRecording } from './chart-recording.js'
import { recordLookUps } from './record-look-ups.js'
import { tarEntries } from './tar-entries.js'

const helm = process.env['PORTOLAN_HELM4'] ?? 'helm'
const helm3 = process.env['PORTOLAN_HELM3']

/** Prints a chart's values and the types at their top, so that no YAML in between can change them. */
const template = 'values: {{ .Values | toJson | b64enc }}\ntypes: {{ range $key, $value := .Values }}{{ printf "%s %s\\n" $key (typeOf $value) | b64enc }} {{ end }}\n'

const recorders: Readonly<Record<string, () => unknown>> = {
  metadata: () => each(metadataCases, text => ({ text, ...showChart(text) })),
  load: () => each(loadCases, files => ({ files, ...loaded(files) })),
  ignore: () => each(ignoreCases, text => ({ text, files: ignoreFiles, ...ignored(text) })),
  set: () => ({ values: setBase, flags: setCases.map(found => ({ ...found, ...printed({ ...base(), ...found.files }, setBase, found.args) })) }),
  values: () => each(valueCases, found => ({ ...found, ...printedAll(found.files, found.values) })),
  packages: () => Object.fromEntries(fixtures().map(name => [name, packed(name)])),
  indexes: () => indexes(),
  archives: () => Object.fromEntries(evilKinds.map(kind => [kind, refused(kind)]))
}

const wanted = process.argv.slice(2)
for (const [name, record] of Object.entries(recorders)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const by = name === 'archives' ? helm3 : helm
  if (by === undefined) continue
  writeRecording(name, { helm: helmVersion(by), cases: record() })
  process.stdout.write(`${name}\n`)
}
if (wanted.length === 0 || wanted.includes('look-ups')) await recordLookUps(helm)

function each<In, Out> (cases: Readonly<Record<string, In>>, run: (found: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(cases).map(([name, found]) => [name, run(found)]))
}

function base (): Record<string, string> {
  return { 'Chart.yaml': 'apiVersion: v2\nname: parent\nversion: 1.0.0\n' }
}

function showChart (text: string): object {
  return withFiles({ 'Chart.yaml': text }, folder => {
    const { output, error } = runHelm(helm, ['show', 'chart', folder])
    return error === undefined ? { output: output?.replace(/\n$/, '') } : { error }
  })
}

function loaded (files: Readonly<Record<string, string>>): object {
  return withFiles(files, folder => {
    const { error } = runHelm(helm, ['template', 'r', folder])
    return error === undefined || error.includes('missing in charts/') ? { loads: true } : { error: error.replaceAll(folder, '<folder>') }
  })
}

function ignored (text: string): object {
  const all = Object.fromEntries(ignoreFiles.map(name => [name, 'x']))
  const list = 'files: {{ range $name, $_ := .Files }}{{ $name | b64enc }} {{ end }}\n'
  return withFiles({ ...base(), ...all, '.helmignore': text, 'templates/list.yaml': list, 'templates/.hidden': '{{ fail "hidden" }}' }, folder => {
    const { output, error } = runHelm(helm, ['template', 'r', folder])
    if (error !== undefined) return { error: error.replaceAll(folder, '<folder>') }
    // A rule that ignores the template too leaves nothing to read.
    if (!/^files:/m.test(output ?? '')) return { left: null }
    return { left: (/^files: (.*)$/m.exec(output ?? '')?.[1] ?? '').split(' ').filter(word => word !== '').map(word => unbase64(word)) }
  })
}

function printed (files: Readonly<Record<string, string>>, values: string, args: readonly string[]): object {
  return withFiles({ ...files, 'values.yaml': values, 'templates/print.yaml': template }, folder => {
    const { output, error } = runHelm(helm, ['template', 'r', folder, ...args], { cwd: folder })
    return error === undefined ? { charts: readPrinted(output ?? '')['parent/templates/print.yaml'] } : { error }
  })
}

function printedAll (files: Readonly<Record<string, string>>, values: string | undefined): object {
  const templates = Object.fromEntries(Object.keys(files)
    .filter(name => name.endsWith('Chart.yaml'))
    .map(name => [name.replace('Chart.yaml', 'templates/print.yaml'), template]))
  return withFiles({ ...files, ...templates, 'user.yaml': values ?? '' }, folder => {
    const { output, error, stderr } = runHelm(helm, ['template', 'r', folder, '-f', join(folder, 'user.yaml')])
    const warnings = stderr.split('\n').filter(line => line !== '' && !line.startsWith('Error: ')).map(line => line.replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /, '')).sort()
    return error === undefined ? { printed: readPrinted(output ?? ''), warnings } : { error, warnings }
  })
}

function readPrinted (output: string): Record<string, { values: string, types: Record<string, string> }> {
  const found = [...output.matchAll(/^# Source: (.*)\nvalues: (\S+)\ntypes:(.*)$/gm)].sort(([, a = ''], [, b = '']) => a < b ? -1 : 1)
  return Object.fromEntries(found.map(([, source = '', values = '', types = '']) => [source, {
    values: unbase64(values),
    types: Object.fromEntries(types.split(' ').filter(word => word !== '').map(word => splitLast(unbase64(word).trimEnd())))
  }]))
}

/** A key and its type; the type has no space, or is one of a map or list of interfaces. */
function splitLast (line: string): [string, string] {
  const match = /^(.*?) (\S+|map\[string\]interface \{\}|\[\]interface \{\}|%!s\(<nil>\)|<nil>)$/s.exec(line)
  return [match?.[1] ?? line, match?.[2] ?? '']
}

function unbase64 (text: string): string {
  return Buffer.from(text, 'base64').toString('utf8')
}

function fixtures (): string[] {
  return readdirSync(chartsFolder(), { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name).sort()
}

function chartsFolder (): string {
  return join(repositoryRoot(), 'test', 'fixtures', 'charts')
}

function packed (name: string): object {
  return withFiles({}, folder => {
    pack(name, folder)
    const [file = ''] = readdirSync(folder)
    const archive = readFileSync(join(folder, file))
    return { file, gzipHeader: archive.subarray(0, 61).toString('hex'), entries: tarEntries(gunzipSync(archive)) }
  })
}

function pack (name: string, folder: string): void {
  const { error } = runHelm(helm, ['package', join(chartsFolder(), name), '-d', folder], { env: { SOURCE_DATE_EPOCH: '1700000000' } })
  if (error !== undefined) throw new Error(`${name}: ${error}`)
}

/** Indexes of a folder with archives at its top and in a folder, and one that is no chart. */
function indexes (): object {
  return withFiles({}, folder => {
    for (const name of fixtures()) pack(name, folder)
    mkdirSync(join(folder, 'below', 'deeper'), { recursive: true })
    writeFileSync(join(folder, 'broken-1.0.0.tgz'), 'no chart')
    for (const [name, to] of [['sloop-2.0.0.tgz', 'below'], ['buoy-0.2.0.tgz', join('below', 'deeper')]] as const) renameSync(join(folder, name), join(folder, to, name))
    const old = 'apiVersion: v1\nentries:\n  lighthouse:\n  - {apiVersion: v2, name: lighthouse, version: 1.4.0, description: of old, urls: [old.tgz], created: "2020-01-02T03:04:05.6Z"}\n  - {apiVersion: v2, name: lighthouse, version: 1.10.0, urls: [newer.tgz], created: "2020-01-02T03:04:05.600+02:00", digest: abc, removed: true}\n  - {name: lighthouse, version: 1.9.0, urls: [], checksum: c, engine: e}\ngenerated: "2020-01-02T03:04:05Z"\n'
    writeFileSync(join(folder, 'old.yaml'), old)
    return {
      old,
      plain: indexed(folder, []),
      url: indexed(folder, ['--url', 'https://example.com/some charts/?x=1']),
      json: indexed(folder, ['--json']),
      merged: indexed(folder, ['--merge', join(folder, 'old.yaml')])
    }
  })
}

function indexed (folder: string, args: readonly string[]): string {
  const { error } = runHelm(helm, ['repo', 'index', folder, ...args])
  if (error !== undefined) throw new Error(error)
  return readFileSync(join(folder, 'index.yaml'), 'utf8')
}

function refused (kind: typeof evilKinds[number]): object {
  return withFiles({ 'evil.tgz': evilArchive(kind) }, folder => {
    const { error } = runHelm(helm3 ?? '', ['show', 'chart', join(folder, 'evil.tgz')])
    return error === undefined ? { accepted: true } : { error: error.replaceAll(folder, '<folder>') }
  })
}
