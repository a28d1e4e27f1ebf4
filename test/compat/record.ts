/**
 * Records what the real Helm answers to the cases under cases/, into recorded/: see README.md for the format.
 *
 *     PORTOLAN_HELM4=/path/to/helm node dist/test/compat/record.js [case file …]
 *
 * Cases that neither fail nor need a chart of their own share one run of Helm: each is a partial, included by a template that
 * prints it as base64 in a comment, so that the bytes arrive as they were. All others run alone.
 */
import { execFileSync } from 'node:child_process'
import { isUtf8 } from 'node:buffer'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { caseFileNames, compatFolder, readCases, templateOf, type Case, type Result } from './case-file.js'

const helm = process.env['PORTOLAN_HELM4'] ?? 'helm'
const chartFile = 'apiVersion: v2\nname: case\nversion: 1.0.0\n'

/** What a wrapper hands to a case: its own values in place of the shared ones. */
const scope = (key: string): string =>
  `(dict "Values" (index .Values "${key}") "Chart" .Chart "Release" .Release "Capabilities" .Capabilities "Files" .Files "Template" .Template "Subcharts" .Subcharts)`

const version = run(['version', '--template', '{{ .Version }}']).output.toString('utf8').trim()
const requested = process.argv.slice(2)
for (const file of requested.length > 0 ? requested : caseFileNames()) record(file)

function record (file: string): void {
  const cases = readCases(file)
  const results = new Map<string, Result>()
  const shared = cases.filter(found => isShareable(found))
  if (shared.length > 0) for (const [name, result] of runShared(shared)) results.set(name, result)
  for (const found of cases.filter(found => !isShareable(found))) results.set(found.name, runAlone(found))
  const inOrder = Object.fromEntries(cases.map(found => [found.name, results.get(found.name) ?? {}]))
  const target = join(compatFolder(), 'recorded', `${file}.json`)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, `${JSON.stringify({ helm: version, results: inOrder }, null, 2)}\n`)
  process.stdout.write(`${file}: ${cases.length} cases\n`)
}

function isShareable (found: Case): boolean {
  return found.fails !== true && found.manifest !== true && found.args === undefined && found.files === undefined
}

function runShared (cases: readonly Case[]): Map<string, Result> {
  const files = new Map([['Chart.yaml', chartFile]])
  let values = ''
  cases.forEach((found, index) => {
    const key = `case-${String(index).padStart(4, '0')}`
    files.set(`templates/_${key}.tpl`, templateOf(found))
    files.set(`templates/${key}.yaml`, `# {{ include "case/templates/_${key}.tpl" ${scope(key)} | b64enc }}`)
    values += `${key}:\n${indent(found.values ?? '{}')}\n`
  })
  files.set('values.yaml', values)
  const { output, error } = runChart(files, [])
  if (error !== undefined) throw new Error(`${nameFailing(error, cases)}: ${error}`)
  const found = collectComments(output.toString('utf8'))
  return new Map(cases.map((one, index) => [one.name, toResult(Buffer.from(found.get(index) ?? '', 'base64'))]))
}

function nameFailing (error: string, cases: readonly Case[]): string {
  const index = /case-(\d{4})/.exec(error)?.[1]
  const found = index === undefined ? undefined : cases[Number(index)]
  return found === undefined ? 'a case failed that is not marked `fails`' : `${found.name} failed and is not marked \`fails\``
}

function collectComments (stdout: string): Map<number, string> {
  const found = new Map<number, string>()
  for (const match of stdout.matchAll(/^# Source: case\/templates\/case-(\d{4})\.yaml\n# (.*)$/gm)) found.set(Number(match[1]), match[2] ?? '')
  return found
}

function runAlone (found: Case): Result {
  const bare = found.fails === true || found.manifest === true
  const files = new Map([['Chart.yaml', chartFile], ['values.yaml', found.values ?? '']])
  const template = templateOf(found)
  if (bare && template !== '') files.set('templates/case.yaml', template)
  if (!bare) {
    files.set('templates/_case-0000.tpl', template)
    files.set('templates/case-0000.yaml', '# {{ include "case/templates/_case-0000.tpl" . | b64enc }}')
  }
  for (const [path, text] of Object.entries(found.files ?? {})) files.set(path, text)
  const { output, error } = runChart(files, found.args ?? [])
  if (found.fails === true) {
    if (error === undefined) throw new Error(`${found.name} is marked \`fails\`, but Helm succeeded`)
    return { error }
  }
  if (error !== undefined) throw new Error(`${found.name} failed and is not marked \`fails\`: ${error}`)
  return toResult(bare ? output : Buffer.from(collectComments(output.toString('utf8')).get(0) ?? '', 'base64'))
}

function runChart (files: ReadonlyMap<string, string>, args: readonly string[]): { output: Buffer, error?: string } {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-record-'))
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, 'case', path)), { recursive: true })
      writeFileSync(join(folder, 'case', path), text)
    }
    return run(['template', 'release', './case', ...args], folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function run (args: readonly string[], cwd?: string): { output: Buffer, error?: string } {
  const home = cwd ?? tmpdir()
  const env = { HOME: home, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home, PATH: process.env['PATH'], TZ: 'UTC' }
  try {
    return { output: execFileSync(helm, args, { cwd, env, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] }) }
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error && Buffer.isBuffer(error.stderr) ? error.stderr.toString('utf8') : String(error)
    const start = stderr.indexOf('Error:')
    return { output: Buffer.alloc(0), error: (start < 0 ? stderr : stderr.slice(start)).trimEnd() }
  }
}

function toResult (output: Buffer): Result {
  return isUtf8(output) ? { output: output.toString('utf8') } : { outputBase64: output.toString('base64') }
}

function indent (text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}
