import { readArmored } from './armor.js'
import { ProvenanceError } from './errors.js'
import { encode } from '../../go/bytes.js'

/** A clear-signed message (RFC 9580 section 7): a text that can be read, followed by its signature. */
export interface ClearSigned {
  /** The text; its lines end in LF. */
  readonly text: Uint8Array
  /** What was signed: the text with CR LF between its lines, white space at their ends left out. */
  readonly signed: Uint8Array
  /** The binary signature. */
  readonly signature: Uint8Array
}

const begin = '-----BEGIN PGP SIGNED MESSAGE-----'
const beginSignature = '-----BEGIN PGP SIGNATURE-----'
const endSignature = '\n-----END PGP SIGNATURE-----'
const hashes = new Set(['MD5', 'SHA1', 'RIPEMD160', 'SHA224', 'SHA256', 'SHA384', 'SHA512', 'SHA3-256', 'SHA3-512'])

/**
 * Finds the first clear-signed message of a file. What stands before and after it is not part of it.
 *
 * @param data the file
 * @returns undefined when there is none, or it is not whole
 */
export function decodeClearSigned (data: Uint8Array): ClearSigned | undefined {
  // One character a byte: what is signed are bytes, whatever their encoding.
  const file = Buffer.from(data).toString('latin1')
  const lines = linesAfter(file)
  if (lines === undefined) return undefined
  const empty = lines.findIndex(line => line.trim() === '')
  const last = lines.indexOf(beginSignature, empty + 1)
  if (empty < 0 || last < 0 || !lines.slice(0, empty).every(isHashHeader)) return undefined
  const text = lines.slice(empty + 1, last).map(line => trimEnd(line.startsWith('- ') ? line.slice(2) : line, ' \t'))
  const signature = signatureOf(lines.slice(last).join('\n'))
  return signature === undefined ? undefined : { text: bytes(text.join('\n')), signed: bytes(text.join('\r\n')), signature }
}

/** The lines that follow the first line of the message. */
function linesAfter (file: string): string[] | undefined {
  const start = file.startsWith(begin) ? 0 : file.indexOf(`\n${begin}`) + 1
  if (start === 0 && !file.startsWith(begin)) return undefined
  const [first, ...rest] = file.slice(start).split('\n').map(line => line.replace(/\r$/, ''))
  return first === begin ? rest : undefined
}

function isHashHeader (line: string): boolean {
  const header = /^ *Hash *:([\x20-\x7e]*)$/.exec(line)?.[1]
  return header?.split(',').every(name => hashes.has(name.trim().toUpperCase())) === true
}

function signatureOf (text: string): Uint8Array | undefined {
  const end = text.indexOf(endSignature)
  if (end < 0) return undefined
  try {
    return readArmored(text.slice(0, end + endSignature.length))[0]?.body
  } catch (thrown) {
    if (!(thrown instanceof ProvenanceError)) throw thrown
    throw new ProvenanceError('invalid-signature', thrown.message, { cause: thrown })
  }
}

/**
 * Makes the two forms of a text that is to be clear-signed.
 *
 * @param text the text, lines ended by LF
 * @returns `signed`: the bytes to sign; `shown`: the message up to the signature, whose armor follows it
 */
export function clearText (text: string): { readonly signed: Uint8Array, readonly shown: string } {
  const lines = text.split('\n').map(line => trimEnd(line, ' \t\r'))
  const escaped = lines.map(line => line.startsWith('-') ? `- ${line}` : line)
  return { signed: encode(lines.join('\r\n')), shown: `${begin}\nHash: SHA512\n\n${escaped.join('\n')}\n` }
}

/** Without the given characters at the end; a regular expression would take quadratic time for a line full of them. */
function trimEnd (line: string, characters: string): string {
  let end = line.length
  while (end > 0 && characters.includes(line.charAt(end - 1))) end--
  return line.slice(0, end)
}

function bytes (text: string): Uint8Array {
  return Buffer.from(text, 'latin1')
}
