import { splitManifests } from '../engine/split-manifests.js'
import { match } from '../go/path.js'
import { BadPatternError } from '../go/errors.js'
import { ActionError } from './errors.js'
import type { RenderedFile } from './template.js'

/**
 * The documents of some templates only (`template --show-only`).
 *
 * @param text what `template` prints
 * @param patterns paths in the chart, such as `templates/service.yaml`, or patterns of them (Go's filepath.Match)
 * @returns the documents, each after a `---` line: in the order of the patterns, then of the text
 * @throws {ActionError} not-found: `could not find template X in chart`
 */
export function showOnly (text: string, patterns: readonly string[]): string {
  const documents = splitManifests(text)
  const chosen = choose(patterns, documents, document => /# Source: [^/]+\/(.+)/.exec(document)?.[1])
  return chosen.map(document => `---\n${document}\n`).join('')
}

/**
 * The files of some templates only (`template --show-only --output-dir`).
 *
 * @param files rendered
 * @param patterns as showOnly takes them; none for all files
 * @throws {ActionError} not-found
 */
export function chosenFiles (files: readonly RenderedFile[], patterns: readonly string[]): readonly RenderedFile[] {
  return patterns.length === 0 ? files : choose(patterns, files, ({ name }) => name.slice(name.indexOf('/') + 1))
}

function choose<T> (patterns: readonly string[], all: readonly T[], pathOf: (each: T) => string | undefined): T[] {
  return patterns.flatMap(pattern => {
    const found = all.filter(each => matches(pattern, pathOf(each)))
    if (found.length === 0) throw new ActionError('not-found', `could not find template ${pattern} in chart`)
    return found
  })
}

function matches (pattern: string, path: string | undefined): boolean {
  if (path === undefined) return false
  try {
    return match(pattern, path)
  } catch (error) {
    if (error instanceof BadPatternError) return false
    throw error
  }
}
