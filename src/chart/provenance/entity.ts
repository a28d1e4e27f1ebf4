import type { AnyKeyPacket, AnySecretKeyPacket, SignaturePacket } from './open-pgp.js'

/** A name of a key's owner, with what the key says of it. */
export interface Identity {
  /** Mostly `Name (comment) <address>`. */
  readonly name: string
  /** The newest signature by which the key claims the name; absent when it only takes it back. */
  readonly selfSignature?: SignaturePacket
  readonly revocations: readonly SignaturePacket[]
}

/** A further key that the primary one has bound to itself. */
export interface Subkey {
  readonly key: AnyKeyPacket
  /** The same packet, when its secret part is here. */
  readonly secret?: AnySecretKeyPacket
  readonly binding: SignaturePacket
  readonly revocations: readonly SignaturePacket[]
}

/** One owner's keys: what OpenPGP calls a certificate, and the library that Helm uses an entity. All of its signatures have been checked. */
export interface Entity {
  readonly primary: AnyKeyPacket
  /** The same packet, when its secret part is here. */
  readonly secret?: AnySecretKeyPacket
  readonly identities: readonly Identity[]
  readonly subkeys: readonly Subkey[]
  readonly revocations: readonly SignaturePacket[]
  /** The newest signature of the primary key over itself alone, which version 6 has in place of identities. */
  readonly direct?: SignaturePacket
}

/**
 * The identity that speaks for the key: not revoked, marked as primary, the newest, in this order.
 *
 * @param entity the keys
 */
export function primaryIdentity ({ identities }: Entity): Identity | undefined {
  return identities.reduce<Identity | undefined>((best, each) => best === undefined || isBetter(each, best) ? each : best, undefined)
}

function isBetter (one: Identity, other: Identity): boolean {
  if (one.revocations.length !== other.revocations.length) return one.revocations.length < other.revocations.length
  if (other.selfSignature === undefined) return true
  if (one.selfSignature === undefined) return false
  const [first, second] = [one.selfSignature.isPrimaryUserID === true, other.selfSignature.isPrimaryUserID === true]
  return first === second ? createdAt(one.selfSignature) > createdAt(other.selfSignature) : first
}

/** The signature in which a primary key says what it may be used for, and how long. */
export function primarySelfSignature (entity: Entity): SignaturePacket | undefined {
  return entity.primary.version === 6 ? entity.direct : primaryIdentity(entity)?.selfSignature
}

/** Whether a key's own signature lets it sign. */
export function maySign (signature: SignaturePacket | undefined): boolean {
  return ((signature?.keyFlags?.[0] ?? 0) & 0x02) !== 0
}

/** When a signature was made, in milliseconds. */
export function createdAt ({ created }: SignaturePacket): number {
  return created?.getTime() ?? 0
}

/** Whether a signature is not valid at a time: too old, or made later. */
export function isSignatureExpired (signature: SignaturePacket, now: Date): boolean {
  const lifetime = signature.signatureExpirationTime ?? 0
  return isOutside(createdAt(signature), lifetime, now)
}

/** Whether a key is not valid at a time, by what its own signature says. */
export function isKeyExpired (key: AnyKeyPacket, signature: SignaturePacket, now: Date): boolean {
  return isOutside(key.created.getTime(), signature.keyExpirationTime ?? 0, now)
}

/** A lifetime of 0 seconds has no end. */
function isOutside (start: number, lifetime: number, now: Date): boolean {
  const second = Math.floor(now.getTime() / 1000)
  const first = Math.floor(start / 1000)
  return first > second || (lifetime > 0 && second > first + lifetime)
}

/** Whether revocations count at a time; one of a key that fell into wrong hands always does. */
export function isRevoked (revocations: readonly SignaturePacket[], now: Date): boolean {
  const compromised = 2
  return revocations.some(each => [compromised].includes(each.reasonForRevocationFlag ?? 0) || !isSignatureExpired(each, now))
}
