import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { compatFolder } from '../case-file.js'
import { randomCases } from './random-edits.js'

/** An object as it was sent, as it is to be, and as the cluster has it. */
export interface PatchCase {
  readonly name: string
  readonly original: Readonly<Record<string, unknown>>
  readonly modified: Readonly<Record<string, unknown>>
  readonly current: Readonly<Record<string, unknown>>
}

/** What the real libraries made of a case: patches as texts, or `error: …`, or `panic: …` where they crash. */
export interface PatchResult {
  readonly strategic: string
  /** The JSON merge patch from the original to the modified object. */
  readonly merge: string
  /** The JSON merge patch of all three. */
  readonly threeWay: string
}

/** The file recorded/patches.json. */
export interface PatchRecording {
  readonly versions: Readonly<Record<string, string>>
  readonly results: Readonly<Record<string, PatchResult>>
}

/** All cases: those of cases.yaml, and random ones. */
export function patchCases (): PatchCase[] {
  return [...writtenCases(), ...randomCases(600, 20)]
}

/** Those that are written down, with the name of the object filled in. */
function writtenCases (): PatchCase[] {
  const file = join(compatFolder(), 'patch-cases', 'cases.yaml')
  const cases = parse(readFileSync(file, 'utf8')) as Array<{ readonly name: string, readonly kind: string } & Record<'original' | 'modified' | 'current', Record<string, unknown>>>
  return cases.map(({ name, kind, ...objects }) => {
    const space = kind.indexOf(' ')
    const head = { apiVersion: kind.slice(0, space), kind: kind.slice(space + 1) }
    return { name, original: { ...head, ...objects.original }, modified: { ...head, ...objects.modified }, current: { ...head, ...objects.current } }
  })
}

/** Where the recording is. */
export function patchRecordingPath (): string {
  return join(compatFolder(), 'recorded', 'patches.json')
}
