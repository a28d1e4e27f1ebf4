import { formatFloat, type FloatFormat } from './format-float.js'
import { quoteRune } from './quote.js'
import { isPrint } from './unicode.js'
import type { Int } from './value.js'

/** The flags, width and precision of one verb. */
export interface Format {
  readonly plus: boolean
  readonly minus: boolean
  readonly sharp: boolean
  readonly space: boolean
  readonly zero: boolean
  /** `%+v`: a struct's fields with their names. */
  readonly plusV: boolean
  /** `%#v`: Go's syntax. */
  readonly sharpV: boolean
  /** At most 10,000,009; undefined when the verb has none. */
  readonly width: number | undefined
  readonly precision: number | undefined
  /** Whether there is neither flag nor width nor precision. */
  readonly plain: boolean
}

/** No flag, width or precision. */
export const plainFormat: Format = {
  plus: false, minus: false, sharp: false, space: false, zero: false, plusV: false, sharpV: false, width: undefined, precision: undefined, plain: true
}

const maxRune = 0x10ffffn

/**
 * A text padded to the format's width, counted in characters.
 *
 * @param text any text
 * @param format `minus` pads on the right; `zero` pads with zeros, on the left only
 * @returns the padded text
 */
export function pad (text: string, format: Format): string {
  if (format.width === undefined) return text
  const missing = format.width - runeCount(text)
  if (missing <= 0) return text
  if (format.minus) return text + ' '.repeat(missing)
  return (format.zero ? '0' : ' ').repeat(missing) + text
}

/**
 * A text cut to the format's precision, counted in characters.
 *
 * @param text any text
 * @param format `precision` characters are kept; all when there is none
 * @returns the start of the text
 */
export function truncate (text: string, format: Format): string {
  const { precision } = format
  if (precision === undefined || precision >= text.length) return text
  let end = 0
  for (let count = 0; count < precision && end < text.length; count++) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
  }
  return text.slice(0, end)
}

/**
 * An integer under a verb.
 *
 * @param int the argument
 * @param verb one of `v d b o O x X c q U`
 * @param format flags, width and precision
 * @returns the text, or undefined when integers do not take the verb
 */
export function formatInteger (int: Int, verb: string, format: Format): string | undefined {
  switch (verb) {
    case 'v': return format.sharpV && int.kind.startsWith('u') ? digits(int, 16, verb, { ...format, sharp: true }) : digits(int, 10, verb, format)
    case 'd': return digits(int, 10, verb, format)
    case 'b': return digits(int, 2, verb, format)
    case 'o': case 'O': return digits(int, 8, verb, format)
    case 'x': case 'X': return digits(int, 16, verb, format)
    case 'c': return pad(character(int.value), format)
    case 'q': return pad(quoteRune(int.value < 0n || int.value > maxRune ? 0xfffd : Number(int.value), format.plus), format)
    case 'U': return pad(unicode(BigInt.asUintN(64, int.value), format), { ...format, zero: false })
    default: return undefined
  }
}

function digits (int: Int, base: 2 | 8 | 10 | 16, verb: string, format: Format): string {
  const negative = int.value < 0n
  const magnitude = negative ? -int.value : int.value
  const spaced = { ...format, zero: false }
  if (format.precision === 0 && magnitude === 0n) return pad('', spaced)
  const text = magnitude.toString(base).padStart(leastDigits(negative, format), '0')
  const sign = negative ? '-' : format.plus ? '+' : format.space ? ' ' : ''
  return pad(sign + cased(prefix(text, base, verb, format) + text, verb), spaced)
}

/** The zero flag works as a precision that fills the width, sign included. */
function leastDigits (negative: boolean, format: Format): number {
  if (format.precision !== undefined) return format.precision
  if (!format.zero || format.minus || format.width === undefined) return 0
  return format.width - (negative || format.plus || format.space ? 1 : 0)
}

function prefix (text: string, base: 2 | 8 | 10 | 16, verb: string, format: Format): string {
  const octal = verb === 'O' ? '0o' : ''
  if (!format.sharp) return octal
  if (base === 2) return '0b'
  if (base === 16) return '0x'
  return base === 8 && !text.startsWith('0') ? `${octal}0` : octal
}

function cased (text: string, verb: string): string {
  return verb === 'X' ? text.toUpperCase() : text
}

function character (value: bigint): string {
  const valid = value >= 0n && value <= maxRune && !(value >= 0xd800n && value <= 0xdfffn)
  return valid ? String.fromCodePoint(Number(value)) : '\ufffd'
}

function unicode (value: bigint, format: Format): string {
  const text = `U+${value.toString(16).toUpperCase().padStart(Math.max(format.precision ?? 0, 4), '0')}`
  return format.sharp && value <= maxRune && isPrint(Number(value)) ? `${text} '${character(value)}'` : text
}

/**
 * Bytes as hexadecimal (`%x` of a string or of bytes).
 *
 * @param bytes what to print; the precision bounds how many
 * @param verb `x`, or `X` for upper case
 * @param format `space` puts a space between bytes, `sharp` a `0x` before the text, or before each byte with `space`
 * @returns the padded text
 */
export function bytesToHex (bytes: Uint8Array, verb: 'x' | 'X', format: Format): string {
  const shown = format.precision === undefined ? bytes : bytes.subarray(0, format.precision)
  const mark = format.sharp && shown.length > 0 ? '0x' : ''
  const separator = format.space ? ` ${mark}` : ''
  const text = mark + Array.from(shown, byte => byte.toString(16).padStart(2, '0')).join(separator)
  return pad(verb === 'X' ? text.toUpperCase() : text, format)
}

/**
 * A float under a verb.
 *
 * @param value the argument
 * @param verb one of `v b g G x X f F e E`
 * @param format flags, width and precision
 * @returns the text, or undefined when floats do not take the verb
 */
export function formatFloatArgument (value: number, verb: string, format: Format): string | undefined {
  const style = floatStyle(verb)
  if (style === undefined) return undefined
  const precision = format.precision ?? (style === 'f' || style === 'e' || style === 'E' ? 6 : -1)
  const text = formatFloat(value, style, precision)
  const signed = /^[+-]/.test(text)
  const sign = signed ? text.charAt(0) : '+'
  return signFloat(sign, signed ? text.slice(1) : text, format, magnitude =>
    format.sharp && style !== 'b' ? keepZeros(magnitude, style, precision) : magnitude)
}

function floatStyle (verb: string): FloatFormat | undefined {
  switch (verb) {
    case 'v': return 'g'
    case 'F': return 'f'
    case 'b': case 'g': case 'G': case 'x': case 'X': case 'f': case 'e': case 'E': return verb
    default: return undefined
  }
}

function signFloat (sign: string, magnitude: string, format: Format, complete: (magnitude: string) => string): string {
  const shownSign = format.plus || sign === '-' ? sign : format.space ? ' ' : ''
  if (magnitude === 'NaN') return pad((format.plus ? '+' : format.space ? ' ' : '') + magnitude, { ...format, zero: false })
  if (magnitude === 'Inf') return pad((shownSign === '' ? '+' : shownSign) + magnitude, { ...format, zero: false })
  const text = complete(magnitude)
  if (shownSign === '' || !format.zero || format.minus || format.width === undefined) return pad(shownSign + text, format)
  return shownSign + text.padStart(format.width - 1, '0')
}

/** The sharp flag: always a decimal point, and the trailing zeros that `g` would drop. */
function keepZeros (magnitude: string, style: FloatFormat, precision: number): string {
  const tailAt = magnitude.search(style === 'x' || style === 'X' ? /p/i : /e/i)
  const number = tailAt < 0 ? magnitude : magnitude.slice(0, tailAt)
  const tail = tailAt < 0 ? '' : magnitude.slice(tailAt)
  // Go counts the x of a hexadecimal number as a digit.
  const significant = number.replace('.', '').replace(/^0+/, '').length
  const wanted = style === 'g' || style === 'G' || style === 'x' ? (precision < 0 ? 6 : precision) : 0
  const missing = wanted - significant - (number === '0' ? 1 : 0)
  return `${number}${number.includes('.') ? '' : '.'}${'0'.repeat(Math.max(missing, 0))}${tail}`
}

function runeCount (text: string): number {
  let count = text.length
  for (let i = 0; i < text.length; i++) {
    if ((text.codePointAt(i) ?? 0) > 0xffff) {
      count--
      i++
    }
  }
  return count
}
