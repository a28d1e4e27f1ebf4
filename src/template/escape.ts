import { encode } from '../go/bytes.js'
import { quote } from '../go/strconv.js'
import type { Value } from '../go/value.js'
import { printed } from './reflect.js'

const htmlEscapes: Readonly<Record<string, string>> = {
  '\0': '\ufffd', '"': '&#34;', "'": '&#39;', '&': '&amp;', '<': '&lt;', '>': '&gt;'
}

/**
 * The text of values, safe in HTML (`html`).
 *
 * @param args any values
 * @returns what `print` gives, with the characters that mean something in HTML escaped
 */
export function html (args: readonly Value[]): string {
  return textOf(args).replace(/[\0"'&<>]/g, character => htmlEscapes[character] ?? character)
}

const jsEscapes: Readonly<Record<string, string>> = {
  '\\': '\\\\', "'": "\\'", '"': '\\"', '<': '\\u003C', '>': '\\u003E', '&': '\\u0026', '=': '\\u003D'
}

/**
 * The text of values, safe within a JavaScript string (`js`).
 *
 * @param args any values
 * @returns what `print` gives, escaped
 */
export function js (args: readonly Value[]): string {
  return textOf(args).replace(/[\\'"<>&=\x00-\x1f]|[^\x00-\x7f]/gu, escapeJs)
}

function escapeJs (character: string): string {
  const known = jsEscapes[character]
  if (known !== undefined) return known
  const rune = character.codePointAt(0) ?? 0
  if (rune < 0x80) return `\\u00${hex(rune, 2)}`
  return isPrinted(character, rune) ? character : `\\u${hex(rune, 4)}`
}

/** Whether Go prints the character as it is; of a byte that is no UTF-8 Go asks about U+FFFD, which it does. */
function isPrinted (character: string, rune: number): boolean {
  return (rune >= 0xd800 && rune <= 0xdfff) || quote(character) === `"${character}"`
}

/**
 * The text of values, safe in the query of a URL (`urlquery`).
 *
 * @param args any values
 * @returns what `print` gives, escaped as Go's url.QueryEscape does: a space becomes `+`
 */
export function urlQuery (args: readonly Value[]): string {
  let out = ''
  for (const byte of encode(textOf(args))) out += escapeQueryByte(byte)
  return out
}

function escapeQueryByte (byte: number): string {
  if (byte === 0x20) return '+'
  const character = String.fromCharCode(byte)
  return /[A-Za-z0-9\-_.~]/.test(character) ? character : `%${hex(byte, 2)}`
}

/** The arguments as `print` joins them, each as an action would print it: a nil is the text `<no value>`. */
function textOf (args: readonly Value[]): string {
  let out = ''
  let afterString = true
  for (const arg of args) {
    const isString = typeof arg === 'string' || arg === null
    if (!isString && !afterString) out += ' '
    out += printed(arg)
    afterString = isString
  }
  return out
}

function hex (value: number, width: number): string {
  return value.toString(16).toUpperCase().padStart(width, '0')
}
