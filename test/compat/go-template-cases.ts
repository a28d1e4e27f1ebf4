import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { compatFolder } from './case-file.js'

/** A template for Go's text/template, and what it is executed with: gotemplate/cases.yaml says what the keys mean. */
export interface TemplateCase {
  /** Unique. */
  readonly name: string
  readonly texts: ReadonlyArray<{ readonly name: string, readonly text: string }>
  readonly data: unknown
  readonly missingKey: 'default' | 'zero' | 'error'
  readonly execute: string
}

/** What Go made of a case. */
export interface TemplateResult {
  readonly output?: string
  /** In place of the output when that is no UTF-8: base64. */
  readonly bytes?: string
  readonly error?: string
  /** The messages of the error and of the errors in it. */
  readonly messages?: readonly string[]
  /** The executed template as Go prints its tree. */
  readonly tree?: string
}

/** A recording: Go's version, and its results by the name of the case. */
export interface TemplateRecording {
  readonly go: string
  readonly results: Readonly<Record<string, TemplateResult>>
}

interface WrittenCase {
  readonly name?: string
  readonly template: string
  readonly texts?: Readonly<Record<string, string>>
  readonly data?: unknown
  readonly missingKey?: 'default' | 'zero' | 'error'
  readonly execute?: string
}

interface CaseFile {
  readonly data: unknown
  readonly groups: Readonly<Record<string, ReadonlyArray<string | WrittenCase>>>
}

/**
 * The cases of gotemplate/cases.yaml.
 *
 * @returns them by group, in the order of the file
 */
export function templateCases (): Map<string, TemplateCase[]> {
  const { data, groups } = parse(readFileSync(join(compatFolder(), 'gotemplate', 'cases.yaml'), 'utf8')) as CaseFile
  return new Map(Object.entries(groups).map(([group, cases]) => [group, cases.map(found => complete(found, data))]))
}

function complete (found: string | WrittenCase, shared: unknown): TemplateCase {
  const written = typeof found === 'string' ? { template: found } : found
  const texts = Object.entries(written.texts ?? {}).map(([name, text]) => ({ name, text }))
  return {
    name: written.name ?? nameOf(written),
    texts: [...texts, { name: 'case', text: written.template }],
    data: 'data' in written ? written.data : shared,
    missingKey: written.missingKey ?? 'zero',
    execute: written.execute ?? 'case'
  }
}

function nameOf (written: WrittenCase): string {
  const missingKey = written.missingKey === undefined ? '' : ` (missingkey=${written.missingKey})`
  const data = 'data' in written ? ` (with ${JSON.stringify(written.data)})` : ''
  return written.template + missingKey + data
}

/** Where the recording is. */
export function templateRecordingPath (): string {
  return join(compatFolder(), 'recorded', 'go-template.json')
}

/** The recording that is committed. */
export function templateRecording (): TemplateRecording {
  return JSON.parse(readFileSync(templateRecordingPath(), 'utf8')) as TemplateRecording
}
