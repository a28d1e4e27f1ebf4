import { decode } from '../bytes.js'
import { isBlank, isBreakOrEnd, isNameUnit, isSpaceOrEnd, type YamlCursor } from './cursor.js'
import type { Token } from './token.js'

const exclamation = 0x21

/** What may follow an anchor's name besides white space: `?`, `:`, `,`, `]`, `}`, `%`, `@` and the back quote. */
const afterName = '?:,]}%@`'

const uriUnits = ";/?:@&=+$,.!~*'()[]%"

/**
 * Scans an anchor or an alias.
 *
 * @param cursor at `&` or `*`; then after the name
 * @returns its token
 * @throws {YamlError} when it has no name, or something else follows it
 */
export function scanAnchor (cursor: YamlCursor): Token {
  const type = cursor.unit() === 0x26 ? 'anchor' : 'alias'
  const line = cursor.line
  cursor.at++
  const value = takeName(cursor)
  const next = cursor.unit()
  if (value === '' || (!isSpaceOrEnd(next) && !afterName.includes(String.fromCharCode(next)))) {
    throw cursor.problem('did not find expected alphabetic or numeric character')
  }
  return { type, line, value, suffix: '' }
}

/**
 * Scans a tag: `!<uri>`, `!suffix`, `!handle!suffix` or `!`.
 *
 * @param cursor at the exclamation mark; then after the tag
 * @returns its token: handle and suffix; the handle is empty when the suffix is the whole tag
 * @throws {YamlError} when it is malformed
 */
export function scanTag (cursor: YamlCursor): Token {
  const line = cursor.line
  const { value, suffix } = cursor.unit(1) === 0x3c ? scanVerbatim(cursor) : scanShorthand(cursor)
  if (!isSpaceOrEnd(cursor.unit())) throw cursor.problem('did not find expected whitespace or line break')
  return { type: 'tag', line, value, suffix }
}

/**
 * Scans a `%YAML` or `%TAG` directive with its whole line.
 *
 * @param cursor at the percent sign; then on the next line
 * @returns its token: the version, or handle and prefix
 * @throws {YamlError} when it is malformed or unknown
 */
export function scanDirective (cursor: YamlCursor): Token {
  const line = cursor.line
  cursor.at++
  const name = takeName(cursor)
  if (name === '') throw cursor.problem('could not find expected directive name')
  if (!isSpaceOrEnd(cursor.unit())) throw cursor.problem('found unexpected non-alphabetical character')
  if (name !== 'YAML' && name !== 'TAG') throw cursor.problem('found unknown directive name')
  const found: Token = name === 'YAML' ? { type: 'version', line, value: scanVersion(cursor), suffix: '' } : { type: 'tag-directive', line, ...scanTagDirective(cursor) }
  cursor.skipBlanks()
  cursor.skipComment()
  if (!isBreakOrEnd(cursor.unit())) throw cursor.problem('did not find expected comment or line break')
  if (cursor.unit() !== 0) cursor.takeBreak()
  return found
}

interface TagParts { readonly value: string, readonly suffix: string }

function scanVerbatim (cursor: YamlCursor): TagParts {
  cursor.at += 2
  const suffix = scanUri(cursor, '')
  if (cursor.unit() !== 0x3e) throw cursor.problem("did not find the expected '>'")
  cursor.at++
  return { value: '', suffix }
}

function scanShorthand (cursor: YamlCursor): TagParts {
  const handle = scanHandle(cursor, false)
  if (handle.length > 1 && handle.endsWith('!')) return { value: handle, suffix: scanUri(cursor, '') }
  const suffix = scanUri(cursor, handle)
  return suffix === '' ? { value: '', suffix: '!' } : { value: '!', suffix }
}

function scanTagDirective (cursor: YamlCursor): TagParts {
  cursor.skipBlanks()
  const value = scanHandle(cursor, true)
  if (!isBlank(cursor.unit())) throw cursor.problem('did not find expected whitespace')
  cursor.skipBlanks()
  const suffix = scanUri(cursor, '')
  if (!isSpaceOrEnd(cursor.unit())) throw cursor.problem('did not find expected whitespace or line break')
  return { value, suffix }
}

function scanHandle (cursor: YamlCursor, directive: boolean): string {
  if (cursor.unit() !== exclamation) throw cursor.problem("did not find expected '!'")
  cursor.at++
  const handle = `!${takeName(cursor)}`
  if (cursor.unit() === exclamation) {
    cursor.at++
    return `${handle}!`
  }
  if (directive && handle !== '!') throw cursor.problem("did not find expected '!'")
  return handle
}

/** What follows a handle; a `head` that turned out to be none is its start, and may stand alone. */
function scanUri (cursor: YamlCursor, head: string): string {
  let uri = head.slice(1)
  const from = cursor.at
  for (let unit = cursor.unit(); isNameUnit(unit) || (unit < 0x80 && unit > 0x20 && uriUnits.includes(String.fromCharCode(unit))); unit = cursor.unit()) {
    if (unit === 0x25) {
      uri += takeOctets(cursor)
    } else {
      uri += String.fromCharCode(unit)
      cursor.at++
    }
  }
  if (head === '' && cursor.at === from) throw cursor.problem('did not find expected tag URI')
  return uri
}

/** One character, written as the escaped octets of its UTF-8. */
function takeOctets (cursor: YamlCursor): string {
  const first = takeOctet(cursor)
  const width = first < 0x80 ? 1 : (first & 0xe0) === 0xc0 ? 2 : (first & 0xf0) === 0xe0 ? 3 : (first & 0xf8) === 0xf0 ? 4 : 0
  if (width === 0) throw cursor.problem('found an incorrect leading UTF-8 octet')
  const octets = [first]
  while (octets.length < width) {
    const octet = takeOctet(cursor)
    if ((octet & 0xc0) !== 0x80) throw cursor.problem('found an incorrect trailing UTF-8 octet')
    octets.push(octet)
  }
  return decode(Uint8Array.from(octets))
}

function takeOctet (cursor: YamlCursor): number {
  const text = cursor.text.slice(cursor.at, cursor.at + 3)
  if (!/^%[\da-fA-F]{2}$/.test(text)) throw cursor.problem('did not find URI escaped octet')
  cursor.at += 3
  return Number.parseInt(text.slice(1), 16)
}

function scanVersion (cursor: YamlCursor): string {
  cursor.skipBlanks()
  const major = takeVersionNumber(cursor)
  if (cursor.unit() !== 0x2e) throw cursor.problem("did not find expected digit or '.' character")
  cursor.at++
  return `${major}.${takeVersionNumber(cursor)}`
}

function takeVersionNumber (cursor: YamlCursor): number {
  let length = 0
  let value = 0
  for (let digit = cursor.unit() - 0x30; digit >= 0 && digit <= 9; digit = cursor.unit() - 0x30) {
    if (++length > 2) throw cursor.problem('found extremely long version number')
    value = value * 10 + digit
    cursor.at++
  }
  if (length === 0) throw cursor.problem('did not find expected version number')
  return value
}

function takeName (cursor: YamlCursor): string {
  const from = cursor.at
  while (isNameUnit(cursor.unit())) cursor.at++
  return cursor.text.slice(from, cursor.at)
}
