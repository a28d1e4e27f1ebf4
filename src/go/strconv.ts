import { StrconvError } from './errors.js'
import { quote as quoteForError } from './quote.js'

export { formatFloat } from './format-float.js'
export { canBackquote, quote, quoteRune, quoteToAscii, unquote } from './quote.js'

/** How Go's errors name the function that read the number. */
type Reader = 'ParseInt' | 'ParseUint' | 'Atoi' | 'ParseFloat'

const minInt64 = -(2n ** 63n)
const maxInt64 = 2n ** 63n - 1n
const maxUint64 = 2n ** 64n - 1n

/** A decimal literal of this many digits or fewer cannot overflow an int64. */
const safeDigits = 15

/**
 * Reads a signed 64-bit integer (strconv.ParseInt with bit size 64).
 *
 * @param text optional sign and digits
 * @param base 10, or 0 for Go's literal prefixes `0x`, `0b`, `0o`, `0` and underscores between digits
 * @param reader the name in error messages: `Atoi` for strconv.Atoi
 * @returns the number
 * @throws {StrconvError} `strconv.ParseInt: parsing "x": invalid syntax` or `… value out of range`
 */
export function parseInt (text: string, base: 0 | 10, reader: Reader = 'ParseInt'): bigint {
  const negative = text.startsWith('-')
  const unsigned = negative || text.startsWith('+') ? text.slice(1) : text
  const magnitude = parseDigits(unsigned, base)
  if (magnitude === undefined) throw syntaxError(reader, text)
  const value = negative ? -magnitude : magnitude
  if (value < minInt64 || value > maxInt64) throw rangeError(reader, text)
  return value
}

/**
 * Reads an unsigned 64-bit integer (strconv.ParseUint with bit size 64).
 *
 * @param text digits without a sign
 * @param base 10, or 0 for Go's literal prefixes and underscores
 * @returns the number
 * @throws {StrconvError} `strconv.ParseUint: parsing "x": invalid syntax` or `… value out of range`
 */
export function parseUint (text: string, base: 0 | 10): bigint {
  const magnitude = parseDigits(text, base)
  if (magnitude === undefined) throw syntaxError('ParseUint', text)
  if (magnitude > maxUint64) throw rangeError('ParseUint', text)
  return magnitude
}

/** A float literal of Go: decimal, which needs a digit before its exponent, or hexadecimal with its exponent. */
const decimalFloat = /^[+-]?([\d_]*(?:\.[\d_]*)?)(?:[eE][+-]?\d[\d_]*)?$/
const hexFloat = /^([+-]?)0[xX]([\da-fA-F_]*)(?:\.([\da-fA-F_]*))?[pP]([+-]?\d[\d_]*)$/
const special = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i

/**
 * Reads a float64 (strconv.ParseFloat): decimal and hexadecimal literals, `inf`, `infinity` and `nan` in any case.
 *
 * @param text the literal
 * @returns the nearest float64
 * @throws {StrconvError} `strconv.ParseFloat: parsing "x": invalid syntax`, or `… value out of range` when it would be infinite
 */
export function parseFloat (text: string): number {
  const named = special.exec(text)
  if (named !== null) return parseSpecial(named, text)
  const value = text.includes('_') && !underscoresFit(text) ? undefined : parseFinite(text)
  if (value === undefined) throw syntaxError('ParseFloat', text)
  if (!Number.isFinite(value)) throw rangeError('ParseFloat', text)
  return value
}

function parseSpecial (named: RegExpExecArray, text: string): number {
  if (named[2] !== undefined) return named[1] === '-' ? -Infinity : Infinity
  if (named[1] !== '') throw syntaxError('ParseFloat', text)
  return NaN
}

function parseFinite (text: string): number | undefined {
  const digits = decimalFloat.exec(text)?.[1]
  if (digits !== undefined && /\d/.test(digits)) return Number(text.replaceAll('_', ''))
  const hex = hexFloat.exec(text)
  return hex === null ? undefined : parseHexFloat(hex)
}

/** The significant digits of a hexadecimal float that can matter: 53 bits, and one more digit that stands for all the rest. */
const hexDigits = 16

function parseHexFloat (parts: RegExpExecArray): number | undefined {
  const whole = (parts[2] ?? '').replaceAll('_', '')
  const fraction = (parts[3] ?? '').replaceAll('_', '')
  if (whole === '' && fraction === '') return undefined
  const digits = (whole + fraction).replace(/^0+/, '')
  const kept = digits.slice(0, hexDigits)
  const sticky = /[^0]/.test(digits.slice(hexDigits)) ? '1' : '0'
  const exponent = clampExponent((parts[4] ?? '').replaceAll('_', '')) - 4 * fraction.length + 4 * (digits.length - kept.length) - 4
  const magnitude = scale(BigInt(`0x0${kept}${sticky}`), exponent)
  return parts[1] === '-' ? -magnitude : magnitude
}

function clampExponent (text: string): number {
  return Math.max(-100000, Math.min(100000, Number(text)))
}

/** `mantissa × 2^exponent`, rounded once, half to even. */
function scale (mantissa: bigint, exponent: number): number {
  if (mantissa === 0n) return 0
  const bits = mantissa.toString(2).length
  if (bits + exponent > 1024) return Infinity
  if (bits + exponent < -1076) return 0
  // The lowest bit that a float64 of this size has; below it everything is rounded away here, so that no operation rounds twice.
  const lowest = Math.max(bits + exponent - 53, -1074)
  const drop = BigInt(Math.max(lowest - exponent, 0))
  const rounded = roundHalfEven(mantissa, drop)
  const power = exponent + Number(drop)
  return Number(rounded) * 2 ** Math.trunc(power / 2) * 2 ** (power - Math.trunc(power / 2))
}

function roundHalfEven (value: bigint, drop: bigint): bigint {
  if (drop === 0n) return value
  const kept = value >> drop
  const rest = value - (kept << drop)
  const half = 1n << (drop - 1n)
  return rest > half || (rest === half && kept % 2n === 1n) ? kept + 1n : kept
}

function parseDigits (text: string, base: 0 | 10): bigint | undefined {
  if (base === 10) return /^\d+$/.test(text) ? decimalDigits(text) : undefined
  if (text.includes('_') && !underscoresFit(text)) return undefined
  const plain = text.replaceAll('_', '')
  if (/^[1-9]\d*$/.test(plain)) return decimalDigits(plain)
  if (/^0(?:[bB][01]+|[oO][0-7]+|[xX][\da-fA-F]+)$/.test(plain)) return BigInt(plain)
  return /^0[0-7]*$/.test(plain) ? BigInt(`0o0${plain.slice(1)}`) : undefined
}

/** More digits than any 64-bit integer has are not worth converting: any number too large will do. */
function decimalDigits (text: string): bigint {
  const digits = text.length > 20 ? text.replace(/^0+(?=\d)/, '') : text
  if (digits.length > 20) return maxUint64 + 1n
  return digits.length <= safeDigits ? BigInt(Number(digits)) : BigInt(digits)
}

/** Underscores may stand between digits, and between a base prefix and a digit. */
function underscoresFit (text: string): boolean {
  const unsigned = text.replace(/^[+-]/, '')
  const prefixed = /^0[bBoOxX]/.exec(unsigned)
  const hex = /^0[xX]/.test(unsigned)
  const rest = prefixed === null ? unsigned : `0${unsigned.slice(2)}`
  return hex ? !/(?:^|[^\da-fA-F])_|_(?:[^\da-fA-F]|$)/.test(rest) : !/(?:^|\D)_|_(?:\D|$)/.test(rest)
}

function syntaxError (reader: Reader, text: string): StrconvError {
  return new StrconvError('syntax', `strconv.${reader}: parsing ${quoteForError(text)}: invalid syntax`)
}

function rangeError (reader: Reader, text: string): StrconvError {
  return new StrconvError('range', `strconv.${reader}: parsing ${quoteForError(text)}: value out of range`)
}
