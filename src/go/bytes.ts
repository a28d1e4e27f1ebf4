import { Buffer, isUtf8 } from 'node:buffer'

/**
 * Go strings are bytes; ours are UTF-16. A byte that is no part of valid UTF-8 stands as a lone low surrogate, U+DC80 to U+DCFF,
 * which no valid UTF-8 can produce: so a text made of any bytes gives the same bytes back.
 */
const escapeBase = 0xdc00

const loneSurrogate = /[\ud800-\udfff]/u

/**
 * The bytes of a text.
 *
 * @param text any text; a lone U+DC80 to U+DCFF gives its one byte, any other lone surrogate gives U+FFFD as Go does
 * @returns UTF-8, with the escaped bytes as they were
 */
export function encode (text: string): Uint8Array {
  if (!loneSurrogate.test(text)) return Buffer.from(text, 'utf8')
  const parts: Uint8Array[] = []
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (isPair(text, i, unit)) {
      i++
    } else if (unit >= 0xdc80 && unit <= 0xdcff) {
      parts.push(Buffer.from(text.slice(start, i), 'utf8'), Uint8Array.of(unit - escapeBase))
      start = i + 1
    }
  }
  parts.push(Buffer.from(text.slice(start), 'utf8'))
  return Buffer.concat(parts)
}

/**
 * The text of bytes.
 *
 * @param bytes any bytes
 * @returns the text; each byte that is not part of valid UTF-8 (surrogates and overlong forms are not) is one lone low surrogate
 */
export function decode (bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (isUtf8(buffer)) return buffer.toString('utf8')
  let text = ''
  let start = 0
  for (let i = 0; i < buffer.length;) {
    const width = runeWidth(buffer, i)
    if (width > 0) {
      i += width
      continue
    }
    text += buffer.toString('utf8', start, i) + String.fromCharCode(escapeBase + buffer.readUInt8(i))
    start = ++i
  }
  return text + buffer.toString('utf8', start)
}

/**
 * The length of a text in bytes: what Go's `len` gives.
 *
 * @param text any text
 * @returns the number of bytes `encode` would give
 */
export function byteLength (text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (unit < 0x800) {
      length += 1
    } else if (isPair(text, i, unit)) {
      length += 2
      i++
    } else if (unit < 0xdc80 || unit > 0xdcff) {
      length += 2
    }
  }
  return length
}

/**
 * Go's order of strings: by bytes. It differs from JavaScript's for characters beyond U+FFFF and for escaped bytes.
 *
 * @param a any text
 * @param b any text
 * @returns negative when `a` comes first, 0 when they are the same, positive when `b` comes first
 */
export function compareBytes (a: string, b: string): number {
  if (a === b) return 0
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x === y) continue
    if (x < 0xd800 && y < 0xd800) return x - y
    return Buffer.compare(encode(a), encode(b))
  }
  return a.length - b.length
}

/**
 * Whether a text is valid UTF-8: Go's utf8.ValidString.
 *
 * @param text any text
 * @returns false when it holds an escaped byte or any other lone surrogate
 */
export function isValidUtf8 (text: string): boolean {
  return !loneSurrogate.test(text)
}

/**
 * The text as Go sees it when it reads it rune by rune: each invalid byte becomes U+FFFD (what encoding/json writes, for one).
 *
 * @param text any text
 * @returns a text without lone surrogates
 */
export function toValidUtf8 (text: string): string {
  return loneSurrogate.test(text) ? text.replace(/[\ud800-\udfff]/gu, '\ufffd') : text
}

function isPair (text: string, i: number, unit: number): boolean {
  if (unit < 0xd800 || unit > 0xdbff) return false
  const next = text.charCodeAt(i + 1)
  return next >= 0xdc00 && next <= 0xdfff
}

/** The width of the valid character at `i`, or 0 when there is none (RFC 3629's table). */
function runeWidth (bytes: Uint8Array, i: number): number {
  const first = bytes[i] ?? 0
  if (first < 0x80) return 1
  const second = bytes[i + 1] ?? 0
  if (first >= 0xc2 && first <= 0xdf) return isContinuation(second) ? 2 : 0
  if (first >= 0xe0 && first <= 0xef) {
    const low = first === 0xe0 ? 0xa0 : 0x80
    const high = first === 0xed ? 0x9f : 0xbf
    return second >= low && second <= high && isContinuation(bytes[i + 2] ?? 0) ? 3 : 0
  }
  if (first < 0xf0 || first > 0xf4) return 0
  const low = first === 0xf0 ? 0x90 : 0x80
  const high = first === 0xf4 ? 0x8f : 0xbf
  return second >= low && second <= high && isContinuation(bytes[i + 2] ?? 0) && isContinuation(bytes[i + 3] ?? 0) ? 4 : 0
}

function isContinuation (byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf
}
