import { Buffer } from 'node:buffer'
import { byteLength, encode } from '../bytes.js'
import { YamlCursor } from './cursor.js'

/** Everything but what YAML 1.1 lets a text hold. */
const refused = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** go-yaml reads ahead in pieces of this many bytes; a syntax error in an earlier piece is found before a bad character in a later one. */
const readAhead = 512

/**
 * Opens a YAML text as go-yaml's reader does: UTF-16 is told by its byte-order mark, and a mark of UTF-8 is passed.
 *
 * @param text any text, bytes that are no UTF-8 escaped as in bytes.ts
 * @returns a cursor at its start; it knows where the text stops being YAML
 */
export function openYaml (text: string): YamlCursor {
  const plain = decodeUtf16(text) ?? (text.startsWith('\ufeff') ? text.slice(1) : text)
  const bad = refused.exec(plain)
  if (bad === null) return new YamlCursor(plain, undefined)
  const before = byteLength(plain.slice(0, bad.index))
  const from = Math.max(0, bad.index - before % readAhead)
  return new YamlCursor(plain, { from, problem: problemOf(plain, bad.index) })
}

/** The mark of UTF-16, as bytes that are no UTF-8. */
function decodeUtf16 (text: string): string | undefined {
  const bigEndian = text.startsWith('\udcfe\udcff')
  if (!bigEndian && !text.startsWith('\udcff\udcfe')) return undefined
  const bytes = Buffer.from(encode(text.slice(2)))
  const even = bytes.subarray(0, bytes.length - bytes.length % 2)
  return (bigEndian ? even.swap16() : even).toString('utf16le')
}

/** What go-yaml says of the first bad character. */
function problemOf (text: string, index: number): string {
  const [first = 0, second = 0] = encode(text.slice(index, index + 2))
  if (text.charCodeAt(index) < 0xdc80 || text.charCodeAt(index) > 0xdcff) return 'control characters are not allowed'
  if (first < 0xc0 || first >= 0xf8) return 'invalid leading UTF-8 octet'
  const width = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  const bytes = encode(text.slice(index, index + width))
  if (bytes.length < width && index + bytes.length >= text.length) return 'incomplete UTF-8 octet sequence'
  for (let i = 1; i < width; i++) {
    if (((bytes[i] ?? 0) & 0xc0) !== 0x80) return 'invalid trailing UTF-8 octet'
  }
  const overlong = first < 0xc2 || (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90)
  return overlong ? 'invalid length of a UTF-8 sequence' : 'invalid Unicode character'
}
