import { createHash } from 'node:crypto'
import { decodeClearSigned, type ClearSigned } from './clear-signed.js'
import { isKeyExpired, isRevoked, isSignatureExpired, maySign, primaryIdentity, primarySelfSignature, type Entity, type Subkey } from './entity.js'
import { ProvenanceError } from './errors.js'
import { fileDigests } from './message-block.js'
import { checkSignature, loadOpenPgp, signatureTypes, signingAlgorithms, type AnyKeyPacket, type OpenPgp, type SignaturePacket } from './open-pgp.js'
import { splitPackets, tags } from './packets.js'
import { issuerOf, readSignature } from './read-signature.js'
import { quote } from '../../go/strconv.js'

/** An archive that was found to be the one that somebody signed. */
export interface Verification {
  /** The names of the key's owner. */
  readonly signedBy: readonly string[]
  /** The primary key's, in upper-case hex. */
  readonly fingerprint: string
  /** `sha256:…` of the archive. */
  readonly fileHash: string
  readonly fileName: string
}

/** An archive with what was signed for it. */
export interface SignedArchive {
  readonly archive: Uint8Array
  /** The content of the `.prov` file. */
  readonly provenance: Uint8Array
  /** The archive's name: the signature counts for this one only. */
  readonly fileName: string
}

/** Who is trusted, and when. */
export interface Trust {
  readonly keyring: readonly Entity[]
  readonly now: Date
}

/**
 * Verifies that an archive is the one that its provenance file was signed for, by a key of the keyring (Helm's provenance.Verify).
 *
 * @param signed the archive and the provenance file
 * @param trust the keyring, and the time that keys and signatures must be valid at
 * @throws {ProvenanceError} no-signature, unknown-signer, invalid-signature, expired, revoked, invalid-message, digest-missing or digest-mismatch, in Helm's words
 */
export async function verifyProvenance ({ archive, provenance, fileName }: SignedArchive, trust: Trust): Promise<Verification> {
  const message = decodeClearSigned(provenance)
  if (message === undefined) throw new ProvenanceError('no-signature', 'signature block not found')
  const signer = await signerOf(message, trust)
  const fileHash = `sha256:${createHash('sha256').update(archive).digest('hex')}`
  const signed = fileDigests(message.text).get(fileName)
  if (signed === undefined) throw new ProvenanceError('digest-missing', `provenance does not contain a SHA for a file named ${quote(fileName)}`)
  if (signed !== fileHash) throw new ProvenanceError('digest-mismatch', `sha256 sum does not match for ${fileName}: ${quote(signed)} != ${quote(fileHash)}`)
  return { signedBy: signer.identities.map(({ name }) => name), fingerprint: signer.primary.getFingerprint().toUpperCase(), fileHash, fileName }
}

/** A key that may have made a signature: an owner's primary one, or a subkey. */
interface Candidate {
  readonly entity: Entity
  readonly subkey?: Subkey
}

/** The first signature that a key of the keyring could have made decides. */
async function signerOf (message: ClearSigned, { keyring, now }: Trust): Promise<Entity> {
  const library = await loadOpenPgp()
  for (const { tag, body } of splitSignature(message)) {
    if (tag !== tags.signature) throw invalidSignature('openpgp: invalid data: non signature packet found')
    const signature = readSignature(library, body)
    if (signature === undefined) continue
    const issuer = issuerOf(signature)
    if (issuer === undefined) throw invalidSignature("openpgp: invalid data: signature doesn't have an issuer")
    const candidates = keyring.flatMap(entity => candidatesOf(entity, issuer))
    if (candidates.length > 0) return await check(library, { signature, signed: message.signed, candidates, now })
  }
  throw new ProvenanceError('unknown-signer', 'openpgp: signature made by unknown entity')
}

function splitSignature ({ signature }: ClearSigned): ReturnType<typeof splitPackets> {
  try {
    return splitPackets(signature)
  } catch (thrown) {
    if (!(thrown instanceof ProvenanceError)) throw thrown
    throw invalidSignature(thrown.message, thrown)
  }
}

/** The keys of an owner with this number which may sign. */
function candidatesOf (entity: Entity, issuer: string): Candidate[] {
  const subkeys = entity.subkeys.filter(({ key, binding }) => key.getKeyID().toHex() === issuer && maySign(binding))
  const primary = entity.primary.getKeyID().toHex() === issuer && maySign(primarySelfSignature(entity))
  return [...(primary ? [{ entity }] : []), ...subkeys.map(subkey => ({ entity, subkey }))]
}

interface Question {
  readonly signature: SignaturePacket
  readonly signed: Uint8Array
  readonly candidates: readonly Candidate[]
  readonly now: Date
}

async function check (library: OpenPgp, { signature, signed, candidates, now }: Question): Promise<Entity> {
  const type = Number(signature.signatureType)
  if (type !== signatureTypes.text && type !== signatureTypes.binary) throw invalidSignature(`openpgp: unsupported feature: signature type: ${type}`)
  let failure: unknown
  for (const candidate of candidates) {
    const key = candidate.subkey?.key ?? candidate.entity.primary
    try {
      await checkSignature(library, signature, { key, data: { text: null, getBytes: () => signed } })
    } catch (thrown) {
      failure = unfit(key, signature, thrown)
      continue
    }
    judge(candidate, signature, now)
    return candidate.entity
  }
  throw failure
}

/** What is said of a signature that does not belong to the text. */
function unfit ({ algorithm }: AnyKeyPacket, { publicKeyAlgorithm }: SignaturePacket, cause: unknown): ProvenanceError {
  if (algorithm !== publicKeyAlgorithm) return invalidSignature('openpgp: invalid argument: public key and signature use different algorithms', cause)
  return invalidSignature(`openpgp: invalid signature: ${signingAlgorithms.get(algorithm) ?? ''} verification failure`, cause)
}

/** Whether the key and all that speaks for it are valid: the order of the checks decides what is said. */
function judge ({ entity, subkey }: Candidate, signature: SignaturePacket, now: Date): void {
  const own = primarySelfSignature(entity)
  const embedded = subkey?.binding.embeddedSignature ?? undefined
  const signatures = [signature, own, subkey?.binding, embedded].filter(each => each !== undefined)
  const notation = signatures.flatMap(each => each.rawNotations).find(({ critical }) => critical)
  if (notation !== undefined) throw invalidSignature(`openpgp: invalid signature: unknown critical notation: ${notation.name}`)
  const revoked = [entity.revocations, subkey?.revocations ?? [], primaryIdentity(entity)?.revocations ?? []].some(each => isRevoked(each, now))
  if (revoked) throw new ProvenanceError('revoked', 'openpgp: signature made by revoked key')
  if (own === undefined || isKeyExpired(entity.primary, own, now) || (subkey !== undefined && isKeyExpired(subkey.key, subkey.binding, now))) {
    throw new ProvenanceError('expired', 'openpgp: key expired')
  }
  if (signatures.some(each => isSignatureExpired(each, now))) throw new ProvenanceError('expired', 'openpgp: signature expired')
}

function invalidSignature (message: string, cause?: unknown): ProvenanceError {
  return new ProvenanceError('invalid-signature', message, { cause })
}
