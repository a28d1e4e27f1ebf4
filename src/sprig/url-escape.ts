import { decode, encode } from '../go/bytes.js'
import { quote } from '../go/strconv.js'
import { SprigError } from './errors.js'

/** The part of a URL that a text stands in: each leaves other characters as they are. */
export type UrlPart = 'path' | 'host' | 'zone' | 'userinfo' | 'fragment'

const reservedAlways = /^[A-Za-z0-9\-_.~]$/
const kept: Readonly<Record<UrlPart, RegExp>> = {
  path: /^[$&+,/:;=@]$/,
  host: /^[!$&'()*+,;=:[\]<>"]$/,
  zone: /^[!$&'()*+,;=:[\]<>"]$/,
  userinfo: /^[$&+,;=]$/,
  fragment: /^[$&+,/:;=?@!()*]$/
}

/**
 * Whether Go's net/url escapes a byte there.
 *
 * @param character one character of ASCII
 * @param part where it stands
 * @returns true when it is written as %XX
 */
export function mustEscape (character: string, part: UrlPart): boolean {
  return !reservedAlways.test(character) && !kept[part].test(character)
}

/**
 * @param text any text
 * @param part where it shall stand
 * @returns the text with every byte escaped that must be
 */
export function escapeUrl (text: string, part: UrlPart): string {
  return Array.from(encode(text), byte => {
    const character = String.fromCharCode(byte)
    return byte < 0x80 && !mustEscape(character, part) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }).join('')
}

/**
 * @param text an escaped text
 * @param part where it stands
 * @returns what it means
 * @throws {SprigError} `invalid URL escape "%zz"`, `invalid character " " in host name`
 */
export function unescapeUrl (text: string, part: UrlPart): string {
  const inHost = part === 'host' || part === 'zone'
  for (const match of text.matchAll(/%.{0,2}|[\0-\x7f]/gsu)) {
    const token = match[0]
    if (token.startsWith('%')) checkEscape(token, part)
    else if (inHost && mustEscape(token, part)) throw new SprigError('syntax', `invalid character ${quote(token)} in host name`)
  }
  if (!text.includes('%')) return text
  const bytes: number[] = []
  const source = encode(text)
  for (let i = 0; i < source.length; i++) {
    const escaped = source[i] === 0x25
    bytes.push(escaped ? Number(`0x${String.fromCharCode(source[i + 1] ?? 0, source[i + 2] ?? 0)}`) : source[i] ?? 0)
    if (escaped) i += 2
  }
  return decode(Uint8Array.from(bytes))
}

/** A host may only escape what is not ASCII (and the percent sign before a zone); a zone only what could stand there unescaped, and spaces. */
function checkEscape (token: string, part: UrlPart): void {
  const wrong = new SprigError('syntax', `invalid URL escape ${quote(token)}`)
  if (!/^%[\da-fA-F]{2}$/.test(token)) throw wrong
  if (token === '%25') return
  const byte = Number(`0x${token.slice(1)}`)
  if (part === 'host' && byte < 0x80) throw wrong
  if (part === 'zone' && byte !== 0x20 && (byte >= 0x80 || mustEscape(String.fromCharCode(byte), 'host'))) throw wrong
}
