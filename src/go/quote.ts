import { StrconvError } from './errors.js'
import { isPrint } from './unicode.js'
import { decode } from './bytes.js'
import { work } from './work.js'

/** Texts that quoting leaves as they are. */
const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/

const escapes: ReadonlyMap<number, string> = new Map([
  [0x07, '\\a'], [0x08, '\\b'], [0x0c, '\\f'], [0x0a, '\\n'], [0x0d, '\\r'], [0x09, '\\t'], [0x0b, '\\v'], [0x5c, '\\\\']
])

/**
 * A double-quoted Go string literal (strconv.Quote, `%q`): what Go prints as it is stays, all else is escaped, invalid bytes as `\xNN`.
 *
 * @param text any text
 * @returns the literal
 */
export function quote (text: string): string {
  if (plain.test(text)) return `"${text}"`
  work(text.length)
  return quoteWith(text, 0x22, false)
}

/**
 * A double-quoted Go string literal of ASCII alone (strconv.QuoteToASCII, `%+q`).
 *
 * @param text any text
 * @returns the literal
 */
export function quoteToAscii (text: string): string {
  return quoteWith(text, 0x22, true)
}

/**
 * A single-quoted Go character literal (strconv.QuoteRune, `%q` of an integer).
 *
 * @param rune a code point; one that is not valid is printed as U+FFFD
 * @param asciiOnly whether to escape everything but ASCII (`%+q`)
 * @returns the literal
 */
export function quoteRune (rune: number, asciiOnly = false): string {
  const valid = rune >= 0 && rune <= 0x10ffff && !(rune >= 0xd800 && rune <= 0xdfff)
  return `'${escapeRune(valid ? rune : 0xfffd, 0x27, asciiOnly)}'`
}

/**
 * Whether a text can be a raw literal between back quotes (strconv.CanBackquote).
 *
 * @param text any text
 * @returns false when it holds a back quote, a control character but the tab, a byte-order mark or an invalid byte
 */
export function canBackquote (text: string): boolean {
  return !/[\x00-\x08\x0a-\x1f`\x7f\ufeff\ud800-\udfff]/u.test(text)
}

/**
 * Reads a Go literal (strconv.Unquote): double-quoted, raw between back quotes, or one character between single quotes.
 *
 * @param literal the literal with its quotes
 * @returns the text
 * @throws {StrconvError} `invalid syntax`
 */
export function unquote (literal: string): string {
  const mark = literal.charAt(0)
  const body = literal.slice(1, -1)
  if (literal.length < 2 || literal.at(-1) !== mark) throw invalidSyntax()
  if (mark === '`') {
    if (body.includes('`')) throw invalidSyntax()
    return body.replaceAll('\r', '')
  }
  if ((mark !== '"' && mark !== "'") || body.includes('\n')) throw invalidSyntax()
  if (mark === "'" || body.includes('\\')) return unescape(body, mark)
  if (body.includes('"')) throw invalidSyntax()
  return body
}

function unescape (body: string, mark: string): string {
  const pieces = body.match(mark === '"' ? stringPieces : characterPieces) ?? []
  let length = 0
  let bytes = false
  let text = ''
  for (const piece of pieces) {
    length += piece.length
    bytes ||= piece.charCodeAt(1) === 0x78 || (piece.length === 4 && piece.charCodeAt(0) === 0x5c)
    text += piece.charCodeAt(0) === 0x5c ? unescapePiece(piece) : piece
  }
  if (length !== body.length || (mark === "'" && pieces.length > 1)) throw invalidSyntax()
  // Bytes written one by one may make up a character together.
  return bytes ? rejoin(text) : text
}

const stringPieces = /[^\\"]+|\\(?:[abfnrtv\\"]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3})/g
const characterPieces = /[^\\']|\\(?:[abfnrtv\\']|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3})/gu

const unescapes: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'], ['b', '\b'], ['f', '\f'], ['n', '\n'], ['r', '\r'], ['t', '\t'], ['v', '\v'], ['\\', '\\'], ['"', '"'], ["'", "'"]
])

function unescapePiece (piece: string): string {
  const kind = piece.charAt(1)
  const simple = unescapes.get(kind)
  if (simple !== undefined) return simple
  if (kind === 'x') return byteText(Number.parseInt(piece.slice(2), 16))
  if (kind === 'u' || kind === 'U') return runeText(Number.parseInt(piece.slice(2), 16))
  return byteText(Number.parseInt(piece.slice(1), 8))
}

function byteText (byte: number): string {
  if (byte > 0xff) throw invalidSyntax()
  return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte)
}

function runeText (rune: number): string {
  if (rune > 0x10ffff || (rune >= 0xd800 && rune <= 0xdfff)) throw invalidSyntax()
  return String.fromCodePoint(rune)
}

function rejoin (text: string): string {
  return text.replace(/[\udc80-\udcff]{2,}/gu, run => decode(Uint8Array.from(run, unit => unit.charCodeAt(0) - 0xdc00)))
}

function quoteWith (text: string, mark: number, asciiOnly: boolean): string {
  const sign = String.fromCharCode(mark)
  let out = sign
  for (const character of text) out += escapeRune(character.codePointAt(0) ?? 0, mark, asciiOnly)
  return out + sign
}

function escapeRune (rune: number, mark: number, asciiOnly: boolean): string {
  if (rune === mark) return `\\${String.fromCharCode(mark)}`
  if (rune >= 0xdc80 && rune <= 0xdcff) return `\\x${(rune - 0xdc00).toString(16)}`
  if (rune !== 0x5c && isPrint(rune) && (!asciiOnly || rune < 0x80)) return String.fromCodePoint(rune)
  const known = escapes.get(rune)
  if (known !== undefined) return known
  if (rune < 0x20 || rune === 0x7f) return `\\x${hex(rune, 2)}`
  return rune < 0x10000 ? `\\u${hex(rune, 4)}` : `\\U${hex(rune, 8)}`
}

function hex (rune: number, width: number): string {
  return rune.toString(16).padStart(width, '0')
}

function invalidSyntax (): StrconvError {
  return new StrconvError('syntax', 'invalid syntax')
}
