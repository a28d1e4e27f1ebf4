import { StrconvError } from '../go/errors.js'
import { parseFloat, parseInt, parseUint, quote, unquote } from '../go/strconv.js'

/**
 * A number as a template writes it, under every type that can hold it: it gets its type where it is used, as an untyped constant of Go.
 */
export interface NumberConstant {
  /** As it was written. */
  readonly text: string
  /** Its value as an int64; undefined when it is none. */
  readonly int: bigint | undefined
  /** Its value as a uint64. */
  readonly uint: bigint | undefined
  /** Its value as a float64. */
  readonly float: number | undefined
  /** Its value as a complex128: only when it was written with an `i`. */
  readonly complex: { readonly real: number, readonly imaginary: number } | undefined
}

const minInt64 = -(2n ** 63n)
const maxInt64 = 2n ** 63n - 1n
const maxUint64 = 2n ** 64n - 1n

/**
 * Reads a character constant.
 *
 * @param text with its quotes, as the lexer gives it
 * @returns the character's code point under all integer types and float64
 * @throws {StrconvError} worded as Go's, without a place
 */
export function characterConstant (text: string): NumberConstant {
  const end = characterEnd(text)
  if (end < 0) throw syntaxError('invalid syntax')
  if (text.slice(end) !== "'") throw syntaxError(`malformed character constant: ${text}`)
  const code = codeOf(text)
  return { text, int: BigInt(code), uint: BigInt(code), float: code, complex: undefined }
}

/** How many characters follow the backslash in an escape of fixed length. */
const escapeLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

/** Where the first character of a constant ends; negative when there is none. */
function characterEnd (text: string): number {
  const first = text.charAt(1)
  if (first === "'" || first === '') return -1
  if (first !== '\\') return 1 + String.fromCodePoint(text.codePointAt(1) ?? 0).length
  const escape = text.charAt(2)
  const end = 3 + (escape >= '0' && escape <= '7' ? 2 : escapeLengths[escape] ?? 0)
  return isEscape(text.slice(1, end)) ? end : -1
}

function isEscape (text: string): boolean {
  if (/^\\(?:[abfnrtv\\']|x[\da-fA-F]{2})$/.test(text)) return true
  if (/^\\[0-7]{3}$/.test(text)) return globalThis.parseInt(text.slice(1), 8) < 256
  if (!/^\\(?:u[\da-fA-F]{4}|U[\da-fA-F]{8})$/.test(text)) return false
  const code = globalThis.parseInt(text.slice(2), 16)
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
}

/** The code point of a well-formed constant; a byte that is no UTF-8 counts as U+FFFD. */
function codeOf (text: string): number {
  if (/^'\\(?:x|[0-7])/.test(text)) return globalThis.parseInt(text.slice(text.charAt(2) === 'x' ? 3 : 2, -1), text.charAt(2) === 'x' ? 16 : 8)
  const code = unquote(text).codePointAt(0) ?? 0xfffd
  return code >= 0xd800 && code <= 0xdfff ? 0xfffd : code
}

/**
 * Reads a number without a real part before its imaginary one.
 *
 * @param text digits, as the lexer gives them
 * @returns the number under every type that holds it
 * @throws {StrconvError} worded as Go's, without a place
 */
export function numberConstant (text: string): NumberConstant {
  if (text.endsWith('i')) {
    const imaginary = tryParse(() => parseFloat(text.slice(0, -1)))
    if (imaginary !== undefined) return complexValue(text, 0, imaginary)
  }
  const int = tryParse(() => parseInt(text, 0))
  const uint = int === 0n ? 0n : tryParse(() => parseUint(text, 0))
  if (int !== undefined || uint !== undefined) return { text, int, uint, float: Number(int ?? uint), complex: undefined }
  const float = tryParse(() => parseFloat(text))
  if (float === undefined) throw syntaxError(`illegal number syntax: ${quote(text)}`)
  if (!/[.eEpP]/.test(text)) throw syntaxError(`integer overflow: ${quote(text)}`)
  return { text, ...integersOf(float), float, complex: undefined }
}

/** What Sscan takes for a float in a complex number. */
const sscanFloat = String.raw`[+-]?(?:0[xX][\da-fA-F_]*(?:\.[\da-fA-F_]*)?(?:[pP][+-]?[\d_]*)?|[\d_]*(?:\.[\d_]*)?(?:[eEpP][+-]?[\d_]*)?)`
const complexForm = new RegExp(`^(${sscanFloat})(${sscanFloat})i$`)

/**
 * Reads a complex number such as `1+2i`.
 *
 * @param text as the lexer gives it
 * @returns the number; under the other types too when its imaginary part is 0
 * @throws {StrconvError} worded as Go's fmt.Sscan, without a place
 */
export function complexConstant (text: string): NumberConstant {
  const [, real, imaginary] = complexForm.exec(text) ?? []
  if (real === undefined || imaginary === undefined || !/\d|[.]/.test(imaginary)) throw syntaxError('syntax error scanning complex number')
  return complexValue(text, parseFloat(real), parseFloat(imaginary))
}

function complexValue (text: string, real: number, imaginary: number): NumberConstant {
  const complex = { real, imaginary }
  if (imaginary !== 0) return { text, int: undefined, uint: undefined, float: undefined, complex }
  return { text, ...integersOf(real), float: real, complex }
}

function integersOf (float: number): { int: bigint | undefined, uint: bigint | undefined } {
  if (!Number.isInteger(float)) return { int: undefined, uint: undefined }
  const value = BigInt(float)
  return {
    int: value >= minInt64 && value <= maxInt64 ? value : undefined,
    uint: value >= 0n && value <= maxUint64 ? value : undefined
  }
}

/** The result of a parser, or undefined when the text is none of its numbers: the next parser is then tried. */
function tryParse<T> (parse: () => T): T | undefined {
  try {
    return parse()
  } catch (error) {
    if (error instanceof StrconvError) return undefined
    throw error
  }
}

function syntaxError (message: string): StrconvError {
  return new StrconvError('syntax', message)
}
