import { isBreak, isSpaceOrEnd, type YamlCursor } from './cursor.js'
import { takeBreaks, takeFold } from './fold.js'

/** The usual scalar: on one line, with nothing to unescape; up to its closing quote. */
const simpleSingle = /[^'\n\r\x85\u2028\u2029]*'(?!')/y
const simpleDouble = /[^"\\\n\r\x85\u2028\u2029]*"/y

const singleQuote = 0x27
const doubleQuote = 0x22
const backslash = 0x5c

/**
 * Scans a quoted scalar.
 *
 * @param cursor at the opening quote; then after the closing one
 * @returns its text, unescaped and folded
 * @throws {YamlError} when it does not end, or an escape is malformed
 */
export function scanQuoted (cursor: YamlCursor): string {
  const single = cursor.unit() === singleQuote
  cursor.at++
  const simple = single ? simpleSingle : simpleDouble
  simple.lastIndex = cursor.at
  if (!simple.test(cursor.text)) return scanLines(cursor, single)
  const text = cursor.text.slice(cursor.at, simple.lastIndex - 1)
  cursor.at = simple.lastIndex
  return text
}

function scanLines (cursor: YamlCursor, single: boolean): string {
  let text = ''
  for (;;) {
    if (cursor.atDocumentMark()) throw cursor.problem('found unexpected document indicator')
    if (cursor.unit() === 0) throw cursor.problem('found unexpected end of stream')
    text += takeWord(cursor, single)
    if (cursor.unit() === (single ? singleQuote : doubleQuote)) {
      cursor.at++
      return text
    }
    text += !single && cursor.unit() === backslash ? takeEscapedBreak(cursor) : takeSpace(cursor)
  }
}

/** Blanks within a line stay as they are; around a line break they vanish. */
function takeSpace (cursor: YamlCursor): string {
  const from = cursor.at
  cursor.skipBlanks()
  return isBreak(cursor.unit()) ? takeFold(cursor, 0) : cursor.text.slice(from, cursor.at)
}

/** A backslash at the end of a line: the break and the next line's indentation vanish. */
function takeEscapedBreak (cursor: YamlCursor): string {
  cursor.at++
  cursor.takeBreak()
  return takeBreaks(cursor, 0)
}

/** Characters up to white space, the closing quote or an escaped line break. */
function takeWord (cursor: YamlCursor, single: boolean): string {
  let text = ''
  let from = cursor.at
  for (let unit = cursor.unit(); !isSpaceOrEnd(unit); unit = cursor.unit()) {
    if (single && unit === singleQuote) {
      if (cursor.unit(1) !== singleQuote) break
      text += cursor.text.slice(from, cursor.at + 1)
      cursor.at += 2
      from = cursor.at
    } else if (!single && unit === doubleQuote) {
      break
    } else if (!single && unit === backslash) {
      if (isBreak(cursor.unit(1))) break
      text += cursor.text.slice(from, cursor.at) + takeEscape(cursor)
      from = cursor.at
    } else {
      cursor.at++
    }
  }
  return text + cursor.text.slice(from, cursor.at)
}

const escapes: ReadonlyMap<number, string> = new Map([
  ['0', '\0'], ['a', '\x07'], ['b', '\b'], ['t', '\t'], ['\t', '\t'], ['n', '\n'], ['v', '\v'], ['f', '\f'], ['r', '\r'], ['e', '\x1b'],
  [' ', ' '], ['"', '"'], ["'", "'"], ['\\', '\\'], ['N', '\x85'], ['_', '\xa0'], ['L', '\u2028'], ['P', '\u2029']
].map(([name = '', character = '']) => [name.charCodeAt(0), character]))

const codeLengths: ReadonlyMap<number, number> = new Map([[0x78, 2], [0x75, 4], [0x55, 8]])

function takeEscape (cursor: YamlCursor): string {
  const kind = cursor.unit(1)
  const character = escapes.get(kind)
  const length = codeLengths.get(kind) ?? 0
  if (character === undefined && length === 0) throw cursor.problem('found unknown escape character')
  cursor.at += 2
  return character ?? takeCode(cursor, length)
}

function takeCode (cursor: YamlCursor, length: number): string {
  const digits = cursor.text.slice(cursor.at, cursor.at + length)
  if (!/^[\da-fA-F]+$/.test(digits)) throw cursor.problem('did not find expected hexdecimal number')
  const rune = Number.parseInt(digits, 16)
  if ((rune >= 0xd800 && rune <= 0xdfff) || rune > 0x10ffff) throw cursor.problem('found invalid Unicode character escape code')
  cursor.at += length
  return String.fromCodePoint(rune)
}
