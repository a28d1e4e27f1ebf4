import type { OpenPgp, SignaturePacket } from './open-pgp.js'
import { signingAlgorithms } from './open-pgp.js'

/** SHA-1 (which old keys are bound with), SHA-2 and SHA-3. */
const readableHashes = new Set([2, 8, 9, 10, 11, 12, 14])

/**
 * Reads a signature packet.
 *
 * @param library the library
 * @param body the packet's body
 * @returns undefined for one that cannot be judged, which counts for nothing: an old version, an algorithm nobody should use, a critical part that is not understood
 */
export function readSignature (library: OpenPgp, body: Uint8Array): SignaturePacket | undefined {
  const signature = new library.SignaturePacket()
  try {
    signature.read(body)
  } catch {
    return undefined
  }
  const { publicKeyAlgorithm, hashAlgorithm, unknownSubpackets } = signature
  const known = signingAlgorithms.has(Number(publicKeyAlgorithm)) && readableHashes.has(Number(hashAlgorithm))
  return known && !unknownSubpackets.some(({ critical }) => critical) ? signature : undefined
}

/** The 64 bits of the key that made a signature, in hex; undefined when the signature does not say. */
export function issuerOf (signature: SignaturePacket): string | undefined {
  return signature.issuerKeyID.toHex() || undefined
}
