import { compareBytes } from '../bytes.js'
import { YamlError } from '../errors.js'
import { maxDepth } from '../limits.js'
import type { Value } from '../value.js'
import { goSyntax } from './go-syntax.js'
import { refuseKey } from './key.js'
import type { Token } from './token.js'

/**
 * A mistake in how a text is said.
 *
 * @param token where it was found: go-yaml's parser counts lines from 0, and names none on the first
 * @param problem in go-yaml's words
 * @returns the error, to be thrown
 */
export function parserProblem (token: Token, problem: string): YamlError {
  return new YamlError('syntax', token.line === 0 ? `yaml: ${problem}` : `yaml: line ${token.line}: ${problem}`)
}

/**
 * Collections nest too deep.
 *
 * @param token where it was found
 * @returns the error, to be thrown
 */
export function tooDeep (token: Token): YamlError {
  return new YamlError('depth', `yaml: ${token.line === 0 ? '' : `line ${token.line + 1}: `}exceeded max depth of ${maxDepth}`)
}

/**
 * Keys that sigs.k8s.io/yaml has no text for: one is found before those in what stands under it, and in a list the first item's are found
 * first.
 *
 * @param value decoded exactly
 * @throws {YamlError} `type`
 */
export function refuseKeys (value: Value): void {
  if (Array.isArray(value)) value.forEach(refuseKeys)
  if (!(value instanceof Map)) return
  for (const [key, item] of value) {
    refuseKey(key, () => item === null ? '<nil>' : goSyntax(item))
    refuseKeys(item)
  }
}

/**
 * JSON, through which every value passes, has no NaN and no infinities.
 *
 * @param value any
 * @throws {YamlError} `type`, for the first one in the order in which JSON is written
 */
export function refuseInfinite (value: Value): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new YamlError('type', `json: unsupported value: ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`)
  }
  if (Array.isArray(value)) value.forEach(refuseInfinite)
  if (value instanceof Map) for (const key of [...value.keys()].sort(compareBytes)) refuseInfinite(value.get(key) ?? null)
}
