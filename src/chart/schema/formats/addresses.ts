import { encode } from '../../../go/bytes.js'
import { quote } from '../../../go/strconv.js'
import { FormatError } from './format-error.js'

/** Four decimals without leading zeros. @throws {FormatError} */
export function checkIpv4 (text: string): void {
  const groups = text.split('.')
  if (groups.length !== 4) throw new FormatError('expected four decimals')
  for (const group of groups) {
    if (group.length > 1 && group.startsWith('0')) throw new FormatError('leading zeros')
    if (!/^[+-]?\d+$/.test(group)) throw new FormatError(`strconv.Atoi: parsing ${quote(group)}: invalid syntax`)
    if (group.replace(/^[+-]/, '').length > 18) throw new FormatError(`strconv.Atoi: parsing ${quote(group)}: value out of range`)
    if (Number(group) < 0 || Number(group) > 255) throw new FormatError('decimal must be between 0 and 255')
  }
}

/** An address as Go's netip reads it (RFC 4291, section 2.2), without a zone. @throws {FormatError} */
export function checkIpv6 (text: string): void {
  if (!text.includes(':')) throw new FormatError('missing colon')
  const zoned = text.search(/[.:%]/)
  if (text.charAt(zoned) === '.') new Reader(text).readIpv4(text)
  else if (text.charAt(zoned) === '%') throw parseError(text, 'missing IPv6 address')
  else new Reader(text).read()
}

function parseError (text: string, message: string, at = ''): FormatError {
  return new FormatError(`ParseAddr(${quote(text)}): ${message}${at === '' ? '' : ` (at ${quote(at)})`}`)
}

/** Reads an address group by group, to complain of the first thing that is wrong. */
class Reader {
  readonly #text: string
  #rest: string
  /** How many of the 16 bytes were read. */
  #bytes = 0
  #ellipsis = false

  constructor (text: string) {
    this.#text = text
    this.#rest = text
  }

  read (): void {
    const percent = this.#text.indexOf('%')
    if (percent === this.#text.length - 1) throw this.#error('zone must be a non-empty string')
    if (percent !== -1) this.#rest = this.#text.slice(0, percent)
    if (this.#readStart()) {
      this.#readGroups()
      this.#checkLength()
    }
    if (percent !== -1) throw new FormatError('zone id is not a part of ipv6 address')
  }

  /** @returns false when `::` is all there is */
  #readStart (): boolean {
    if (!this.#rest.startsWith('::')) return true
    this.#ellipsis = true
    this.#rest = this.#rest.slice(2)
    return this.#rest !== ''
  }

  #readGroups (): void {
    while (this.#bytes < 16) {
      const digits = /^[\da-fA-F]*/.exec(this.#rest)?.[0].length ?? 0
      if (digits > 4) throw this.#error('each group must have 4 or less digits', this.#rest)
      if (digits === 0) throw this.#error('each colon-separated field must have at least one digit', this.#rest)
      if (this.#rest.charAt(digits) === '.') {
        this.#readEmbedded()
        return
      }
      this.#bytes += 2
      this.#rest = this.#rest.slice(digits)
      if (this.#rest === '' || !this.#readColon()) return
    }
  }

  /** @returns false when the address ends in `::` */
  #readColon (): boolean {
    if (!this.#rest.startsWith(':')) throw this.#error('unexpected character, want colon', this.#rest)
    if (this.#rest.length === 1) throw this.#error('colon must be followed by more characters', this.#rest)
    this.#rest = this.#rest.slice(1)
    if (!this.#rest.startsWith(':')) return true
    if (this.#ellipsis) throw this.#error('multiple :: in address', this.#rest)
    this.#ellipsis = true
    this.#rest = this.#rest.slice(1)
    return this.#rest !== ''
  }

  #readEmbedded (): void {
    if (!this.#ellipsis && this.#bytes !== 12) throw this.#error('embedded IPv4 address must replace the final 2 fields of the address', this.#rest)
    if (this.#bytes + 4 > 16) throw this.#error('too many hex fields to fit an embedded IPv4 at the end of the address', this.#rest)
    this.readIpv4(this.#rest)
    this.#rest = ''
    this.#bytes += 4
  }

  /** Four decimals, at the end of an address or alone. */
  readIpv4 (fields: string): void {
    let dots = 0
    let digits = ''
    for (const [index, character] of Array.from(fields).entries()) {
      const rest = fields.slice(index)
      if (/\d/.test(character)) {
        if (digits === '0') throw this.#error('IPv4 field has octet with leading zero')
        digits += character
        if (Number(digits) > 255) throw this.#error('IPv4 field has value >255')
      } else if (character === '.') {
        if (digits === '' || index === fields.length - 1) throw this.#error('IPv4 field must have at least one digit', rest)
        if (dots === 3) throw this.#error('IPv4 address too long')
        dots++
        digits = ''
      } else {
        throw this.#error('unexpected character', rest)
      }
    }
    if (dots < 3) throw this.#error('IPv4 address too short')
  }

  #checkLength (): void {
    if (this.#rest !== '') throw this.#error('trailing garbage after address', this.#rest)
    if (this.#bytes < 16 && !this.#ellipsis) throw this.#error('address string too short')
    if (this.#bytes === 16 && this.#ellipsis) throw this.#error('the :: must expand to at least one field of zeros')
  }

  #error (message: string, at = ''): FormatError {
    return parseError(this.#text, message, at)
  }
}

/** How many bytes a text has, which is what Go calls its length. */
export function bytesOf (text: string): number {
  return encode(text).length
}
