import { ProvenanceError } from './errors.js'

/** One armored block: `-----BEGIN <type>-----`, its bytes, `-----END <type>-----`. */
export interface ArmoredBlock {
  readonly type: string
  readonly body: Uint8Array
}

const beginning = /^-----BEGIN ([^-\r\n]+)-----[ \t\r]*$/

/**
 * Reads every armored block of a text (RFC 9580 section 6.2); what stands between them is skipped. Check sums are not looked at, as the
 * standard says: the signatures within say more.
 *
 * @param text the text, a character for a byte
 * @throws {ProvenanceError} invalid-keyring: a block without an end, or something that is no base64
 */
export function readArmored (text: string): ArmoredBlock[] {
  const lines = text.split('\n')
  const blocks: ArmoredBlock[] = []
  for (let i = 0; i < lines.length; i++) {
    const type = beginning.exec(lines[i] ?? '')?.[1]
    if (type === undefined) continue
    let end = i + 1
    while (end < lines.length && lines[end]?.startsWith(`-----END ${type}-----`) !== true) end++
    if (end === lines.length) throw new ProvenanceError('invalid-keyring', 'unexpected EOF')
    blocks.push({ type, body: decodeBody(lines.slice(i + 1, end)) })
    i = end
  }
  return blocks
}

/** The lines after the empty one that ends the headers; the one that starts with `=` is the check sum. */
function decodeBody (lines: readonly string[]): Uint8Array {
  const trimmed = lines.map(line => line.trim())
  const data = trimmed.slice(trimmed.indexOf('') + 1).filter(line => !line.startsWith('=')).join('')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(data) || data.length % 4 !== 0) throw new ProvenanceError('invalid-keyring', 'openpgp: invalid data: armor invalid')
  return Buffer.from(data, 'base64')
}

/**
 * Armors some bytes as Helm's signatures are: lines of 64 characters, no headers, no check sum, no line end after the last line.
 *
 * @param type such as `PGP SIGNATURE`
 * @param body the bytes
 */
export function writeArmored (type: string, body: Uint8Array): string {
  const lines = Buffer.from(body).toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${type}-----\n\n${lines.join('\n')}\n-----END ${type}-----`
}
