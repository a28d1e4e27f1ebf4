import { StrconvError, TomlError } from '../errors.js'
import { parseFloat, parseInt, quote, quoteRune } from '../strconv.js'
import { int64, type Int } from '../value.js'
import type { TomlSource } from './source.js'

/** Which characters a number may go on with, once its kind is known. */
const going = { decimal: /^[\d_]$/, float: /^[\d_.+\-eE]$/, datetime: /^[\d\-:Tt .Zz+]$/ } as const

/** The prefixes of whole numbers that are not decimal: their name in errors, and their digits. */
const bases: ReadonlyMap<string, readonly [name: string, digit: RegExp]> = new Map([
  ['b', ['a binary', /^[01]$/]], ['o', ['an octal', /^[0-7]$/]], ['x', ['a hexadecimal', /^[\da-fA-F]$/]]
])

/** A number or a date as it is written; what it is worth is not known yet. */
export interface Scalar {
  readonly kind: 'integer' | 'float' | 'datetime'
  readonly text: string
}

/**
 * Reads a number without a sign, or a date.
 *
 * @param source the document; its next character is a digit
 * @returns what stands there
 * @throws {TomlError} code `syntax` for a prefix without digits
 */
export function scanNumberOrDate (source: TomlSource): Scalar {
  const start = source.position
  const leading = source.next()
  let character = source.next()
  const base = leading === '0' ? bases.get(character) : undefined
  if (base !== undefined) return scanBase(source, start, base)
  // What starts with 0 and goes on with `-` or `:` is no date: those have two digits at least.
  if (leading !== '0' || isDigit(character)) {
    while (isDigit(character)) character = source.next()
    if (character === '-' || character === ':') return scanRest(source, start, 'datetime')
  }
  source.back()
  return scanDecimal(source, start)
}

function scanBase (source: TomlSource, start: number, [name, digit]: readonly [string, RegExp]): Scalar {
  const next = source.peek()
  if (!digit.test(next)) throw source.error(`not ${name} number: '${source.since(start)}${next === '' ? '\0' : next}'`)
  for (let character = next; character === '_' || digit.test(character);) character = source.next()
  return scanned(source, start, 'integer')
}

/**
 * Reads a number with a sign.
 *
 * @param source the document, behind the sign
 * @param start where the sign stands
 * @returns what stands there
 * @throws {TomlError} code `syntax` when it is no decimal number, `inf` or `nan`
 */
export function scanSigned (source: TomlSource, start: number): Scalar {
  const character = source.next()
  if (character === 'i') return scanNamed(source, start, 'nf')
  if (character === 'n') return scanNamed(source, start, 'an')
  if (character === '.') throw source.error("floats must start with a digit, not '.'")
  const next = character === '0' ? source.peek() : ''
  if (bases.has(next)) throw source.error(`cannot use sign with non-decimal numbers: '${source.since(start)}${next}'`)
  if (!isDigit(character)) throw source.error(`expected a digit but got ${quoteRune(character.codePointAt(0) ?? 0)}`)
  return scanDecimal(source, start)
}

function scanNamed (source: TomlSource, start: number, rest: string): Scalar {
  for (const character of rest) {
    if (!source.accept(character)) throw source.error(`invalid float: '${source.since(start)}'`)
  }
  return { kind: 'float', text: source.since(start) }
}

function scanDecimal (source: TomlSource, start: number): Scalar {
  let character = source.next()
  while (going.decimal.test(character)) character = source.next()
  return /^[.eE]$/.test(character) ? scanRest(source, start, 'float') : scanned(source, start, 'integer')
}

function scanRest (source: TomlSource, start: number, kind: 'float' | 'datetime'): Scalar {
  while (going[kind].test(source.next()));
  return scanned(source, start, kind)
}

/** The character that did not fit any more goes back. */
function scanned (source: TomlSource, start: number, kind: Scalar['kind']): Scalar {
  source.back()
  return { kind, text: source.since(start).trim() }
}

/**
 * The value of a whole number.
 *
 * @param text as it is written
 * @param source the document, for errors
 * @returns an int64
 * @throws {TomlError} code `syntax` for underscores and zeros where none may be, and beyond 64 bits
 */
export function integerOf (text: string, source: TomlSource): Int {
  if (!underscoresFit(text)) throw source.errorAt(source.line, `Invalid integer ${quote(text)}: underscores must be surrounded by digits`)
  if (hasLeadingZero(text)) throw source.errorAt(source.line, `Invalid integer ${quote(text)}: cannot have leading zeroes`)
  try {
    return int64(parseInt(text, 0))
  } catch (error) {
    if (!(error instanceof StrconvError)) throw error
    if (error.code === 'range') throw source.errorAt(source.line, `${text} is out of range for int64`)
    throw new TomlError('internal', `BUG: Expected integer value, but got '${text}'.\n\n`, { cause: error })
  }
}

/**
 * The value of a float.
 *
 * @param text as it is written, or `inf` or `nan` with or without a sign
 * @param source the document, for errors
 * @returns a float64
 * @throws {TomlError} code `syntax`, as with `integerOf`
 */
export function floatOf (text: string, source: TomlSource): number {
  const invalid = (why: string): TomlError => source.errorAt(source.line, `Invalid float ${quote(text)}: ${why}`)
  const parts = text.split(/[.eE]/).filter(part => part !== '')
  if (!parts.every(underscoresFit)) throw invalid('underscores must be surrounded by digits')
  if (hasLeadingZero(parts[0] ?? '')) throw invalid('cannot have leading zeroes')
  if (/\.(?!\d)/.test(text)) throw invalid("'.' must be followed by one or more digits")
  const plain = text.replaceAll('_', '')
  try {
    return parseFloat(/^[+-]nan$/.test(plain) ? 'nan' : plain)
  } catch (error) {
    if (!(error instanceof StrconvError)) throw error
    throw source.errorAt(source.line, error.code === 'range' ? `${text} is out of range for float64` : `Invalid float value: ${quote(text)}`)
  }
}

/** Every underscore, and the end, must follow a digit of whatever base. */
function underscoresFit (text: string): boolean {
  return /^[+-]?(?:nan|inf)$/.test(text) || (text !== '' && !/(?:^|[^\da-fA-F])(?:_|$)/.test(text))
}

function hasLeadingZero (text: string): boolean {
  return /^0[^box]/.test(text) || /^[+-]0./.test(text)
}

function isDigit (character: string): boolean {
  return character >= '0' && character <= '9'
}
