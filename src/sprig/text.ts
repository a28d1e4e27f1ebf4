import { byteLength, decode, encode } from '../go/bytes.js'
import { formatValue } from '../go/fmt.js'
import type { Value } from '../go/value.js'
import { SprigError } from './errors.js'
import { listOf } from './typed.js'

/** The largest text, in UTF-16 units, that one call makes out of a count given by a template. Go has no limit but its memory. */
const maxLength = 16 * 1024 * 1024

/**
 * Sprig's `strval`: the text of any value.
 *
 * @param value any value
 * @returns a string or bytes as they are, all else as `%v` prints it
 */
export function textOf (value: Value): string {
  if (typeof value === 'string') return value
  return value instanceof Uint8Array ? decode(value) : formatValue(value)
}

/**
 * Sprig's `strslice`: the texts of a list, without its nil elements.
 *
 * @param value a list of any kind, or a single value, or nil
 * @returns a text an element; one text for a single value; none for nil
 */
export function textsOf (value: Value): string[] {
  const list = listOf(value)
  if (list !== undefined) return list.filter(item => item !== null).map(textOf)
  return value === null ? [] : [textOf(value)]
}

/**
 * Go's `text[start:end]`, in bytes.
 *
 * @param text any text
 * @param start the first byte
 * @param end one past the last byte
 * @returns that part; half a character is kept as the bytes it is
 */
export function sliceBytes (text: string, start: number, end: number): string {
  if (byteLength(text) === text.length) return text.slice(start, end)
  return decode(encode(text).subarray(start, end))
}

/**
 * The characters of a text as Go's range sees them.
 *
 * @param text any text
 * @returns a text a rune; a byte that is no UTF-8 stands alone
 */
export function runesOf (text: string): string[] {
  return Array.from(text)
}

/**
 * Go's strings.Repeat.
 *
 * @param text what to repeat
 * @param count how often
 * @returns the texts one after another
 * @throws {SprigError} when the count is negative, or the result would be larger than 16 Mi characters
 */
export function repeatText (text: string, count: number): string {
  if (count < 0) throw new SprigError('bounds', 'strings: negative Repeat count')
  checkLength(text.length * count)
  return text.repeat(count)
}

/**
 * Refuses what would fill the memory.
 *
 * @param length how many characters a result would have
 * @throws {SprigError} code `limit`
 */
export function checkLength (length: number): void {
  if (length > maxLength) throw new SprigError('limit', `a text of ${length} characters is larger than a template may make (${maxLength})`)
}
