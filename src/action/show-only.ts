import { splitManifests } from '../engine/split-manifests.js'
import { match } from '../go/path.js'
import { BadPatternError } from '../go/errors.js'
import { ActionError } from './errors.js'

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
  return patterns.flatMap(pattern => {
    const found = documents.filter(document => matches(pattern, document))
    if (found.length === 0) throw new ActionError('not-found', `could not find template ${pattern} in chart`)
    return found
  }).map(document => `---\n${document}\n`).join('')
}

function matches (pattern: string, document: string): boolean {
  const path = /# Source: [^/]+\/(.+)/.exec(document)?.[1]
  if (path === undefined) return false
  try {
    return match(pattern, path)
  } catch (error) {
    if (error instanceof BadPatternError) return false
    throw error
  }
}
