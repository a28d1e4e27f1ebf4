import { InvalidKey } from './errors.js'

/** The longest key, in bytes of UTF-8: what S3 takes. */
export const maxKeyBytes = 1024

/** The longest segment of a key, in bytes of UTF-8: what file systems take. */
export const maxSegmentBytes = 255

/** Control characters (C0, DEL, C1), the backslash, and halves of surrogate pairs, which have no UTF-8. */
const forbidden = /[\u0000-\u001f\u007f-\u009f\\]|\p{Surrogate}/u

/**
 * Refuses a key that not every store could hold, or that could lead out of one: the rules are the same for all backends, so that a store
 * can be moved from one to another.
 *
 * @throws {InvalidKey} for an empty key or segment, `.` or `..` as a segment, a backslash, a control character, text that is no Unicode,
 * more than 1024 bytes, or a segment of more than 255
 */
export function checkKey (key: string): void {
  const fault = faultOfKey(key)
  if (fault !== undefined) throw new InvalidKey(key, `${JSON.stringify(key)} cannot be a key: ${fault}`)
}

/** Whether `checkKey` would pass. */
export function isKey (key: string): boolean {
  return faultOfKey(key) === undefined
}

/**
 * Refuses a prefix that no key begins with.
 *
 * @param prefix '' or the beginning of a key
 * @throws {InvalidKey} see `checkKey`; the last segment may be empty or a part of one
 */
export function checkPrefix (prefix: string): void {
  const end = prefix.lastIndexOf('/')
  if (end >= 0) checkKey(prefix.slice(0, end))
  if (forbidden.test(prefix)) throw new InvalidKey(prefix, `${JSON.stringify(prefix)} cannot begin a key: it has a forbidden character`)
}

/**
 * The order of keys: bytewise, as UTF-8.
 *
 * @param a a key
 * @param b a key
 * @returns negative when `a` comes first, 0 when they are the same, positive when `b` comes first
 */
export function compareKeys (a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}

/** UTF-16 has the surrogates, which stand for what is beyond U+FFFF, below U+E000 to U+FFFF; UTF-8 has them above. */
function rank (unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

function faultOfKey (key: string): string | undefined {
  if (forbidden.test(key)) return 'it has a forbidden character'
  if (Buffer.byteLength(key) > maxKeyBytes) return `it is longer than ${maxKeyBytes} bytes`
  for (const segment of key.split('/')) {
    if (segment === '') return 'it has an empty segment'
    if (segment === '.' || segment === '..') return `it has the segment ${segment}`
    if (Buffer.byteLength(segment) > maxSegmentBytes) return `it has a segment of more than ${maxSegmentBytes} bytes`
  }
  return undefined
}
