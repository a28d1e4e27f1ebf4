import { SprigError } from './errors.js'

const base64 = alphabetOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
const base32Characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const base32 = alphabetOf(base32Characters)
const padding = 0x3d

/**
 * Go's base64.StdEncoding.DecodeString: padding is required, line breaks are skipped.
 *
 * @param source the encoded text's bytes
 * @returns the bytes
 * @throws {SprigError} `illegal base64 data at input byte N`
 */
export function decodeBase64 (source: Uint8Array): Uint8Array {
  const digits: number[] = []
  let padded = 0
  let last = -1
  for (const [at, byte] of source.entries()) {
    if (isLineBreak(byte)) continue
    if (padded > 0 && (padded + digits.length % 4 === 4 || byte !== padding)) {
      throw corrupt('base64', padded + digits.length % 4 === 4 ? at : last)
    }
    if (byte === padding) {
      if (digits.length % 4 < 2) throw corrupt('base64', at)
      padded++
      last = at
      continue
    }
    const digit = base64.get(byte)
    if (digit === undefined) throw corrupt('base64', at)
    digits.push(digit)
  }
  const open = digits.length % 4
  if (open > 0 && padded === 0) throw corrupt('base64', source.length - open)
  if (padded === 1 && open === 2) throw corrupt('base64', source.length)
  return pack(digits, 6)
}

/**
 * Go's base32.StdEncoding.DecodeString: padding is required, line breaks are skipped and not counted.
 *
 * @param source the encoded text's bytes
 * @returns the bytes
 * @throws {SprigError} `illegal base32 data at input byte N`
 */
export function decodeBase32 (source: Uint8Array): Uint8Array {
  const bytes = source.filter(byte => !isLineBreak(byte))
  const end = bytes.indexOf(padding)
  const digits: number[] = []
  for (const [at, byte] of bytes.subarray(0, end === -1 ? bytes.length : end).entries()) {
    const digit = base32.get(byte)
    if (digit === undefined) throw corrupt('base32', at)
    digits.push(digit)
  }
  checkBase32Padding(bytes, digits.length)
  return pack(digits, 5)
}

/**
 * Go's base32.StdEncoding.EncodeToString.
 *
 * @param bytes any bytes
 * @returns their base32 text, padded
 */
export function encodeBase32 (bytes: Uint8Array): string {
  let text = ''
  let buffer = 0
  let bits = 0
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte
    for (bits += 8; bits >= 5; bits -= 5) text += base32Characters.charAt((buffer >> (bits - 5)) & 31)
    buffer &= 31
  }
  if (bits > 0) text += base32Characters.charAt((buffer << (5 - bits)) & 31)
  return text.padEnd(Math.ceil(text.length / 8) * 8, '=')
}

/** A group of eight has 2, 4, 5, 7 or 8 digits; Go names the byte at which it notices that a group does not. */
function checkBase32Padding (bytes: Uint8Array, digits: number): void {
  const open = digits % 8
  const start = digits - open
  if (digits === bytes.length) {
    if (open > 0) throw corrupt('base32', start)
    return
  }
  if (open < 2 || bytes.length - digits > 8) throw corrupt('base32', digits)
  if (bytes.length - start < 8) throw corrupt('base32', bytes.length)
  // What stands behind a whole group is not looked at any more.
  const stray = bytes.subarray(digits, start + 8).findIndex(byte => byte !== padding)
  if (stray !== -1) throw corrupt('base32', digits + stray - 1)
  if (open === 3 || open === 6) throw corrupt('base32', digits)
}

function pack (digits: readonly number[], width: number): Uint8Array {
  const bytes = new Uint8Array(Math.floor(digits.length * width / 8))
  let buffer = 0
  let bits = 0
  let at = 0
  for (const digit of digits) {
    buffer = ((buffer << width) | digit) & 0xffff
    bits += width
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = (buffer >> bits) & 0xff
  }
  return bytes
}

function alphabetOf (characters: string): ReadonlyMap<number, number> {
  return new Map(Array.from(characters, (character, i) => [character.charCodeAt(0), i]))
}

function isLineBreak (byte: number): boolean {
  return byte === 0x0a || byte === 0x0d
}

function corrupt (encoding: string, at: number): SprigError {
  return new SprigError('syntax', `illegal ${encoding} data at input byte ${at}`)
}
