import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

/** One thing to ask Helm; README.md says what each field does. */
export interface Case {
  readonly name: string
  /** An expression: short for the template `{{ call }}`. */
  readonly call?: string
  readonly template?: string
  /** The text of the values file, as it is: Helm reads it, not we. */
  readonly values?: string
  /** Further files of the chart, by path; they may replace Chart.yaml. */
  readonly files?: Readonly<Record<string, string>>
  /** Further arguments of `helm template`. */
  readonly args?: readonly string[]
  /** Helm must fail: its error is recorded. */
  readonly fails?: boolean
  /** Record all that Helm prints, not only what the template gives. */
  readonly manifest?: boolean
}

/** What Helm answered: exactly one of the three. */
export interface Result {
  readonly output?: string
  /** The output when it is not UTF-8. */
  readonly outputBase64?: string
  /** Helm's message from `Error:` on. */
  readonly error?: string
}

/** A file under recorded/. */
export interface Recording {
  readonly helm: string
  readonly results: Readonly<Record<string, Result>>
}

/** A case with what Helm answered. */
export type RecordedCase = Case & { readonly result: Result }

const fields = new Set(['name', 'call', 'template', 'values', 'files', 'args', 'fails', 'manifest'])

/**
 * The folder of the cases and the recordings, in the sources (not in dist).
 *
 * @returns its absolute path
 */
export function compatFolder (): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return join(folder, 'test', 'compat')
}

/**
 * The names of all case files, without `.yaml`.
 *
 * @returns them in order
 */
export function caseFileNames (): string[] {
  return readdirSync(join(compatFolder(), 'cases')).filter(name => name.endsWith('.yaml')).map(name => name.slice(0, -5)).sort()
}

/**
 * Reads a case file; an entry that is a text is a call, and what has no name is named by its call or template.
 *
 * @param file its name without `.yaml`
 * @returns its cases
 * @throws {Error} when it is not a list of cases, a field is unknown, or a name stands twice
 */
export function readCases (file: string): Case[] {
  const list: unknown = parse(readFileSync(join(compatFolder(), 'cases', `${file}.yaml`), 'utf8'))
  if (!Array.isArray(list)) throw new Error(`cases/${file}.yaml: expected a list of cases`)
  const seen = new Set<string>()
  return list.map((entry: unknown, index) => {
    const found = typeof entry === 'string' ? { name: entry, call: entry } : checkCase(named(entry), `cases/${file}.yaml: case ${index + 1}`)
    if (seen.has(found.name)) throw new Error(`cases/${file}.yaml: two cases are named ${found.name}`)
    seen.add(found.name)
    return found
  })
}

/** A case without a name is named by its call or template. */
function named (entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || 'name' in entry) return entry
  const name = 'call' in entry ? entry.call : 'template' in entry ? entry.template : undefined
  return { name, ...entry }
}

function checkCase (entry: unknown, where: string): Case {
  if (!isCase(entry)) throw new Error(`${where}: expected a name, and a call or a template`)
  for (const field of Object.keys(entry)) {
    if (!fields.has(field)) throw new Error(`${where} (${entry.name}): unknown field ${field}`)
  }
  return entry
}

function isCase (entry: unknown): entry is Case {
  return typeof entry === 'object' && entry !== null && 'name' in entry && typeof entry.name === 'string' &&
    (('call' in entry && typeof entry.call === 'string') || ('template' in entry && typeof entry.template === 'string') || 'files' in entry)
}

/**
 * Reads the cases of a file with what Helm answered to each.
 *
 * @param file its name without `.yaml`
 * @returns the cases in their order
 * @throws {Error} when a case has no recorded answer
 */
export function recordedCases (file: string): RecordedCase[] {
  const recording = JSON.parse(readFileSync(join(compatFolder(), 'recorded', `${file}.json`), 'utf8')) as Recording
  return readCases(file).map(found => {
    const result = recording.results[found.name]
    if (result === undefined) throw new Error(`cases/${file}.yaml: ${found.name} is not recorded; run test/compat/record.ts`)
    return { ...found, result }
  })
}

/**
 * The template of a case.
 *
 * @param found the case
 * @returns its template's text
 */
export function templateOf (found: Case): string {
  return found.template ?? (found.call === undefined ? '' : `{{ ${found.call} }}`)
}

/**
 * The output that Helm gave, as bytes.
 *
 * @param result a successful result
 * @returns the bytes
 * @throws {Error} when Helm failed
 */
export function outputBytes (result: Result): Buffer {
  if (result.outputBase64 !== undefined) return Buffer.from(result.outputBase64, 'base64')
  if (result.output === undefined) throw new Error(`Helm failed: ${result.error ?? ''}`)
  return Buffer.from(result.output, 'utf8')
}
