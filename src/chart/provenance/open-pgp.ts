import type * as Library from 'openpgp'
import type { AnyKeyPacket, AnySecretKeyPacket, Config, SignaturePacket } from 'openpgp'

export type { AnyKeyPacket, AnySecretKeyPacket, SignaturePacket } from 'openpgp'

/** The OpenPGP library. */
export type OpenPgp = typeof Library

/** The library, loaded when it is first needed: most calls of the program never sign or verify. */
export async function loadOpenPgp (): Promise<OpenPgp> {
  return await import('openpgp')
}

/** Signature types (RFC 9580 section 5.2.1). */
export const signatureTypes = {
  binary: 0x00,
  text: 0x01,
  genericCertification: 0x10,
  positiveCertification: 0x13,
  subkeyBinding: 0x18,
  primaryKeyBinding: 0x19,
  directKey: 0x1f,
  keyRevocation: 0x20,
  subkeyRevocation: 0x28,
  certificationRevocation: 0x30
} as const

/** RSA, RSA sign only, DSA, ECDSA, EdDSA (legacy), Ed25519, Ed448: what can sign, and how its failure is worded. */
export const signingAlgorithms: ReadonlyMap<number, string> = new Map([
  [1, 'RSA'], [3, 'RSA'], [17, 'DSA'], [19, 'ECDSA'], [22, 'EdDSA'], [27, 'Ed25519'], [28, 'ed448']
])

/** Go, and Helm with it, takes no shorter keys. */
const minRsaBits = 1024

/** What a signature is made over: a text, a key, or a key with what is bound to it. */
export interface SignedData {
  readonly text?: null
  readonly getBytes?: () => Uint8Array
  readonly key?: AnyKeyPacket
  readonly bind?: AnyKeyPacket
  readonly userID?: { readonly write: () => Uint8Array }
}

/** The library's methods as they are, which its types say only in part: a null date skips the check of the time, settings come last. */
interface Signature {
  verify (key: AnyKeyPacket, type: number, data: object, date: Date | null | undefined, detached: boolean, config: Config): Promise<void>
  sign (key: AnySecretKeyPacket, data: object, date: Date | undefined, detached: boolean, config: Config): Promise<void>
}

/**
 * Checks that a key made a signature over some data. Nothing else is judged: neither times nor revocations, nor what the library holds for weak beyond what Go does.
 *
 * @param library the library
 * @param signature the signature
 * @param made the key, and what was signed
 * @throws the library's errors, when it did not
 */
export async function checkSignature ({ config }: OpenPgp, signature: SignaturePacket, { key, data }: { readonly key: AnyKeyPacket, readonly data: SignedData }): Promise<void> {
  if ((key.getAlgorithmInfo().bits ?? minRsaBits) < minRsaBits) throw new Error(`RSA keys of less than ${minRsaBits} bits can be broken`)
  const verifier: Signature = signature
  const settings = {
    ...config, rejectHashAlgorithms: new Set<never>(), rejectMessageHashAlgorithms: new Set<never>(), knownNotations: signature.rawNotations.map(({ name }) => name)
  }
  await verifier.verify(key, signature.signatureType ?? -1, data, null, true, settings)
}

/**
 * Signs a text with SHA-512, as Helm does.
 *
 * @param library the library
 * @param key an unlocked key
 * @param signed the bytes, lines ended by CR LF; and the time of the signature
 * @returns the signature packet, with its header
 */
export async function signText (library: OpenPgp, key: AnySecretKeyPacket, { bytes, now }: { readonly bytes: Uint8Array, readonly now: Date }): Promise<Uint8Array> {
  const { enums, PacketList } = library
  const signature = new library.SignaturePacket()
  signature.signatureType = enums.signature.text
  signature.publicKeyAlgorithm = key.algorithm
  signature.hashAlgorithm = enums.hash.sha512
  const signer: Signature = signature
  const data: SignedData = { text: null, getBytes: () => bytes }
  await signer.sign(key, data, now, true, { ...library.config, nonDeterministicSignaturesViaNotation: false })
  const packets = new PacketList()
  packets.push(signature)
  return packets.write()
}
