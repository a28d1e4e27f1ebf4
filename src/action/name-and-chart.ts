import { posix } from 'node:path'
import type { Sources } from '../sprig/sources.js'
import { ActionError } from './errors.js'
import { nameFromTemplate } from './name-from-template.js'

/** The ways to name a release. */
export interface NamingOptions {
  readonly generateName: boolean
  /** Empty for none. */
  readonly nameTemplate: string
  /** What a release is called when nothing else says so (`template`'s `release-name`); undefined when it must be said. */
  readonly fallback?: string
}

/**
 * The release's name and the chart's reference from `[NAME] CHART` (Helm's NameAndChart).
 *
 * @param args the arguments: one or two
 * @param options how the name is made when it is not given
 * @param sources clock and chance
 * @throws {ActionError} invalid-option, in Helm's words
 */
export function nameAndChart (args: readonly string[], options: NamingOptions, sources: Sources): { readonly name: string, readonly reference: string } {
  const [first = '', second, ...more] = args
  if (more.length > 0) throw new ActionError('invalid-option', `expected at most two arguments, unexpected arguments: ${more.join(', ')}`)
  if (second !== undefined) {
    refuseBoth(options)
    return { name: first, reference: second }
  }
  return { name: made(first, options, sources), reference: first }
}

function refuseBoth ({ generateName, nameTemplate }: NamingOptions): void {
  if (generateName) throw new ActionError('invalid-option', 'cannot set --generate-name and also specify a name')
  if (nameTemplate !== '') throw new ActionError('invalid-option', 'cannot set --name-template and also specify a name')
}

function made (reference: string, { generateName, nameTemplate, fallback }: NamingOptions, sources: Sources): string {
  if (nameTemplate !== '') return nameFromTemplate(nameTemplate, sources)
  if (fallback !== undefined) return fallback
  if (!generateName) throw new ActionError('invalid-option', 'must either provide a name or specify --generate-name')
  const base = posix.basename(reference)
  const stem = base === '.' || base === '' ? 'chart' : base.split('.')[0] ?? ''
  return `${stem}-${Math.floor(sources.clock().getTime() / 1000)}`
}
