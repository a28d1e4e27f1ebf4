import { Buffer } from 'node:buffer'

/** A block of PEM. */
export interface PemBlock {
  /** What stands behind BEGIN: `CERTIFICATE`, `RSA PRIVATE KEY`, … */
  readonly type: string
  readonly bytes: Uint8Array
}

/**
 * The first block of a text: Go's pem.Decode.
 *
 * @param text any text
 * @returns the block; undefined when there is none
 */
export function decodePem (text: string): PemBlock | undefined {
  const match = /^-----BEGIN ([^\n]*?)-----[ \t\r]*\n(?:[^\n:]+:[^\n]*\n)*([A-Za-z0-9+/=\s]*?)^-----END \1-----/m.exec(text)
  return match === null ? undefined : { type: match[1] ?? '', bytes: Buffer.from(match[2] ?? '', 'base64') }
}

/**
 * Go's pem.EncodeToMemory.
 *
 * @param type what stands behind BEGIN
 * @param bytes the content
 * @returns the block, in lines of 64 characters
 */
export function encodePem (type: string, bytes: Uint8Array): string {
  const lines = Buffer.from(bytes).toString('base64').match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${type}-----`, ...lines, `-----END ${type}-----`, ''].join('\n')
}
