import { createHash } from 'node:crypto'
import { writeArmored } from './armor.js'
import { clearText } from './clear-signed.js'
import { createdAt, isKeyExpired, isRevoked, isSignatureExpired, maySign, primarySelfSignature, type Entity, type Subkey } from './entity.js'
import { ProvenanceError } from './errors.js'
import { messageBlock } from './message-block.js'
import { loadOpenPgp, signText, type AnySecretKeyPacket } from './open-pgp.js'
import type { Metadata } from '../metadata.js'
import { messageOf } from '../../errors.js'
import { quote } from '../../go/strconv.js'

/** A key that can sign. */
export interface SigningKey {
  /** Unlocked. */
  readonly key: AnySecretKeyPacket
  /** Why nobody will take its signatures, when that is known already. */
  readonly doubt?: string
}

/** An archive that is to be signed. */
export interface Unsigned {
  readonly archive: Uint8Array
  /** The archive's name: the signature counts for this one only. */
  readonly fileName: string
  /** The chart's, as it stands in the archive. */
  readonly metadata: Metadata
}

/**
 * Finds the keys of the owner with a name: one whose name it is, else the only one whose name contains it.
 *
 * @param keyring the keys
 * @param id a name, or a part of it
 * @throws {ProvenanceError} no-key or ambiguous-key, in Helm's words
 */
export function findSigner (keyring: readonly Entity[], id: string): Entity {
  const named = (matches: (name: string) => boolean): Entity[] => keyring.filter(({ identities }) => identities.some(({ name }) => matches(name)))
  const [exact] = named(name => name === id)
  if (exact !== undefined) return exact
  const [found, ...others] = named(name => name.includes(id))
  if (found === undefined) throw new ProvenanceError('no-key', 'private key not found')
  if (others.length > 0) throw new ProvenanceError('ambiguous-key', `more than one key contain the id ${quote(id)}`)
  return found
}

/** Where the passphrase comes from, and the time that the key should be valid at. */
export interface Unlocking {
  /** Asked for when the key is locked, with the name of its owner. */
  readonly passphrase: (owner: string) => Promise<string>
  readonly now: Date
}

/**
 * Chooses the key to sign with, and unlocks it: the primary key, as in Helm; but where that may not sign or is not here, the newest subkey that may,
 * since nobody would take the primary key's signature.
 *
 * @param entity an owner's keys
 * @param unlocking where the passphrase comes from
 * @throws {ProvenanceError} no-secret-key or wrong-passphrase, in Helm's words; what `passphrase` throws
 */
export async function unlockSigner (entity: Entity, { passphrase, now }: Unlocking): Promise<SigningKey> {
  const subkey = primaryCanSign(entity) ? undefined : signingSubkey(entity, now)
  const key = subkey?.secret ?? entity.secret
  if (key === undefined) throw new ProvenanceError('no-secret-key', 'provided key is not a private key. Try providing a keyring with secret keys')
  if (key.isDummy()) throw new ProvenanceError('no-secret-key', 'openpgp: s2k GNU dummy key: dummy key found')
  if (!key.isDecrypted()) await unlock(key, await passphrase(entity.identities[0]?.name ?? 'Unknown'))
  const doubt = doubtOf(entity, { subkey, now })
  return doubt === undefined ? { key } : { key, doubt }
}

function primaryCanSign (entity: Entity): boolean {
  return entity.secret?.isDummy() === false && maySign(primarySelfSignature(entity))
}

function signingSubkey ({ subkeys }: Entity, now: Date): Subkey | undefined {
  const fit = subkeys.filter(({ key, secret, binding, revocations }) => secret?.isDummy() === false && maySign(binding) &&
    !isKeyExpired(key, binding, now) && !isSignatureExpired(binding, now) && !isRevoked(revocations, now))
  return fit.reduce<Subkey | undefined>((best, each) => best === undefined || createdAt(each.binding) > createdAt(best.binding) ? each : best, undefined)
}

async function unlock (key: AnySecretKeyPacket, passphrase: string): Promise<void> {
  try {
    await key.decrypt(passphrase)
    await key.validate()
  } catch (thrown) {
    const message = messageOf(thrown)
    const wrong = message.startsWith('Incorrect key passphrase')
    throw new ProvenanceError('wrong-passphrase', `openpgp: invalid data: ${wrong ? 'private key checksum failure' : message}`, { cause: thrown })
  }
}

/** Helm signs with such keys without a word, and then refuses the signature. */
function doubtOf (entity: Entity, { subkey, now }: { readonly subkey: Subkey | undefined, readonly now: Date }): string | undefined {
  const own = primarySelfSignature(entity)
  if (own === undefined || (subkey === undefined && !maySign(own))) return 'the key is not meant for signing'
  if (isRevoked(entity.revocations, now)) return 'the key is revoked'
  return isKeyExpired(entity.primary, own, now) ? 'the key is expired' : undefined
}

/**
 * Signs an archive: the clear-signed text of a provenance file, as Helm writes it.
 *
 * @param unsigned the archive
 * @param signing the key, and the time of the signature
 * @returns the content of the `.prov` file
 */
export async function signProvenance ({ archive, fileName, metadata }: Unsigned, { key, now }: SigningKey & { readonly now: Date }): Promise<string> {
  const digest = createHash('sha256').update(archive).digest('hex')
  const { signed, shown } = clearText(messageBlock(metadata, { fileName, digest }))
  const signature = await signText(await loadOpenPgp(), key, { bytes: signed, now })
  return shown + writeArmored('PGP SIGNATURE', signature)
}
