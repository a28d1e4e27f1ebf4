import { plainFormat } from './fmt-number.js'
import { FormatReader } from './fmt-reader.js'
import { formatArgument } from './fmt-value.js'
import { typeOf } from './type-name.js'
import type { Value } from './value.js'

/**
 * A value as `{{ x }}` prints it: Go's `%v`.
 *
 * @param value any value; nil prints `<nil>`
 * @returns the text: maps as `map[a:1 b:2]` by sorted key, lists as `[1 2]`
 * @throws {FmtError} `depth` when lists and maps nest deeper than `maxDepth` (a map that holds itself does)
 */
export function formatValue (value: Value): string {
  return typeof value === 'string' ? value : formatArgument(value, 'v', plainFormat)
}

/**
 * Prints its arguments with a space between two that are both no strings (fmt.Sprint).
 *
 * @param args any values
 * @returns the text
 * @throws {FmtError} `depth` when a value nests too deeply
 */
export function sprint (...args: Value[]): string {
  let out = ''
  let afterString = true
  for (const arg of args) {
    const isString = typeof arg === 'string'
    if (!isString && !afterString) out += ' '
    out += formatValue(arg)
    afterString = isString
  }
  return out
}

/**
 * Prints its arguments with a space between any two and a line feed at the end (fmt.Sprintln).
 *
 * @param args any values
 * @returns the text
 * @throws {FmtError} `depth` when a value nests too deeply
 */
export function sprintln (...args: Value[]): string {
  return `${args.map(formatValue).join(' ')}\n`
}

/**
 * Prints by a format (fmt.Sprintf): every verb, the flags `+-# 0`, width, precision, `*` and `[n]`; mistakes are printed as Go prints
 * them (`%!d(string=x)`, `%!d(MISSING)`, `%!(EXTRA int=1)`, `%!d(BADINDEX)`, `%!(NOVERB)`).
 *
 * @param format the format; a width or precision of more digits than 1,000,000 has is refused as Go refuses it: one verb pads to
 *   10,000,009 characters at most
 * @param args what the verbs print
 * @returns the text
 * @throws {FmtError} `depth` when a value nests too deeply
 */
export function sprintf (format: string, ...args: Value[]): string {
  const reader = new FormatReader(format, args)
  let out = ''
  while (reader.more()) {
    out += reader.literal()
    if (reader.more()) out += reader.verb()
  }
  const rest = reader.unused()
  if (rest.length === 0) return out
  return `${out}%!(EXTRA ${rest.map(arg => arg === null ? '<nil>' : `${typeOf(arg)}=${formatValue(arg)}`).join(', ')})`
}
