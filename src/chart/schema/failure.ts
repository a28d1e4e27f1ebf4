import { quote as goQuote } from '../../go/strconv.js'
import { formatValue } from '../../go/fmt.js'
import type { Json } from './json.js'

/** Where a value stands: the last key or index, and where the value that holds it stands. */
export interface Path {
  readonly parent: Path | undefined
  readonly token: string
}

/**
 * What a failure is, as far as printing it goes: a `reference` with one cause does not show, a `group` holds several failures of one schema,
 * and `schema` is the whole.
 */
export type FailureKind = 'keyword' | 'reference' | 'group' | 'schema'

/** A node of the tree of what is wrong with a value. */
export interface Failure {
  readonly kind: FailureKind
  readonly path: Path | undefined
  /** What is wrong; written only when it is printed. */
  readonly text: () => string
  readonly causes: readonly Failure[]
}

/** The failure of values that no one wants to hear about: only that there is one counts. */
export const silent: Failure = { kind: 'keyword', path: undefined, text: () => '', causes: [] }

/**
 * Prints failures as santhosh-tekuri/jsonschema does: `- at '/a': got string, want integer`, causes indented below.
 *
 * @param failures of one value
 * @returns lines, with no line feed at the end; of very many only the first ones
 */
export function failureText (failures: readonly Failure[]): string {
  const text = new FailureText()
  for (const failure of failures) text.add(failure, '')
  return text.lines.join('\n')
}

/** How many characters are printed, but for the line in which there are too many: some ten thousand lines of what can go wrong in a thousand ways. */
const maxCharacters = 2_000_000

class FailureText {
  readonly lines: string[] = []
  #left = maxCharacters

  add (failure: Failure, indent: string): void {
    if (this.#left < 0) return
    const hidden = failure.kind === 'reference' && failure.causes.length === 1
    if (!hidden) this.#print(`${indent}- at ${quote(pointerOf(failure.path))}: ${failure.text()}`)
    for (const cause of failure.causes) this.add(cause, hidden ? indent : `${indent}  `)
  }

  #print (line: string): void {
    this.lines.push(line)
    this.#left -= line.length + 1
    if (this.#left < 0) this.lines.push(`- more is wrong than ${maxCharacters} characters can say: the rest is left out`)
  }
}

/** A path as a JSON pointer (RFC 6901). */
export function pointerOf (path: Path | undefined): string {
  const tokens: string[] = []
  for (let at = path; at !== undefined; at = at.parent) tokens.push(`/${escapeToken(at.token)}`)
  return tokens.reverse().join('')
}

/** A key or index as it stands in a JSON pointer. */
export function escapeToken (token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** A text in single quotes, escaped as in Go but for the quotes. */
export function quote (text: string): string {
  return `'${goQuote(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** Texts in single quotes, between commas. */
export function quoteAll (texts: readonly string[]): string {
  return texts.map(quote).join(', ')
}

/** A scalar as errors show it; `value` for a list or an object. */
export function display (value: Json): string {
  if (typeof value === 'string') return quote(value)
  return Array.isArray(value) || value instanceof Map ? 'value' : formatValue(value)
}
