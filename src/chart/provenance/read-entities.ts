import { createdAt, maySign, type Entity, type Identity, type Subkey } from './entity.js'
import { ProvenanceError } from './errors.js'
import { checkSignature, loadOpenPgp, signatureTypes, signingAlgorithms, type AnyKeyPacket, type AnySecretKeyPacket, type OpenPgp, type SignaturePacket, type SignedData } from './open-pgp.js'
import { splitPackets, tags, type Packet } from './packets.js'
import { issuerOf, readSignature } from './read-signature.js'
import { messageOf } from '../../errors.js'
import { decode } from '../../go/bytes.js'

/**
 * Reads the keys of a binary keyring, public or secret, as the library does that Helm uses: every name and subkey must be signed
 * by its primary key; an owner's keys that break a rule are left out, as long as others remain.
 *
 * @param bytes an OpenPGP stream
 * @returns the owners' keys in the stream's order; none for an empty stream
 * @throws {ProvenanceError} invalid-keyring: no OpenPGP at all, or not one usable key
 */
export async function readEntities (bytes: Uint8Array): Promise<Entity[]> {
  const packets = splitPackets(bytes)
  const library = await loadOpenPgp()
  const entities: Entity[] = []
  let left: ProvenanceError | undefined
  for (const group of groups(packets)) {
    try {
      entities.push(await readEntity(library, group))
    } catch (thrown) {
      if (!(thrown instanceof ProvenanceError)) throw thrown
      left = thrown
    }
  }
  if (entities.length === 0 && left !== undefined) throw left
  return entities
}

/** Each primary key with what follows it. */
function groups (packets: readonly Packet[]): Packet[][] {
  const groups: Packet[][] = []
  for (const packet of packets) {
    const last = groups.at(-1)
    if (last === undefined || packet.tag === tags.publicKey || packet.tag === tags.secretKey) groups.push([packet])
    else last.push(packet)
  }
  return groups
}

interface Key {
  readonly key: AnyKeyPacket
  readonly secret?: AnySecretKeyPacket
}

/** What is being read; the packets of a group belong to what was opened last. */
interface Open {
  readonly name?: Uint8Array
  readonly subkey?: Key
  readonly signatures: SignaturePacket[]
}

async function readEntity (library: OpenPgp, [first, ...rest]: readonly Packet[]): Promise<Entity> {
  const { key: primary, secret } = await readPrimary(library, first)
  const own: Open = { signatures: [] }
  const opened: Open[] = []
  let current: Open = own
  for (const { tag, body } of rest) {
    if (tag === tags.signature) {
      const signature = readSignature(library, body)
      if (signature !== undefined) current.signatures.push(signature)
    } else if (tag === tags.userId) {
      opened.push(current = { name: body, signatures: [] })
    } else if (tag === tags.publicSubkey || tag === tags.secretSubkey) {
      const subkey = await readSubkey(library, { tag, body })
      current = { signatures: [], ...(subkey === undefined ? {} : { subkey }) }
      opened.push(current)
    } else if (tag === tags.userAttribute) {
      // A picture's signatures are nobody's; revocations among them are the key's own.
      current = own
    }
  }
  const reading = new EntityReading(library, primary)
  const identities = new Map<string, Identity>()
  const subkeys: Subkey[] = []
  for (const each of opened) {
    const identity = each.name === undefined ? undefined : await reading.identity(each.name, each.signatures)
    if (identity !== undefined) identities.set(identity.name, identity)
    if (each.subkey !== undefined) subkeys.push(await reading.subkey(each.subkey, each.signatures))
  }
  if (identities.size === 0 && primary.version < 6) throw invalid(`v${primary.version} entity without any identities`)
  const direct = primary.version === 6 ? await reading.direct(own.signatures) : undefined
  return {
    primary,
    ...(secret === undefined ? {} : { secret }),
    identities: [...identities.values()],
    subkeys,
    revocations: await reading.revocations(own.signatures),
    ...(direct === undefined ? {} : { direct })
  }
}

async function readPrimary (library: OpenPgp, packet: Packet | undefined): Promise<Key> {
  if (packet?.tag !== tags.publicKey && packet?.tag !== tags.secretKey) throw invalid('first packet was not a public/private key')
  const read = await readKey(library, packet)
  if (!signingAlgorithms.has(read.key.algorithm)) throw invalid('primary key cannot be used for signatures')
  return read
}

/** @returns undefined for a kind of key that the library does not know, which has no part in signing */
async function readSubkey (library: OpenPgp, packet: Packet): Promise<Key | undefined> {
  try {
    return await readKey(library, packet)
  } catch (thrown) {
    if (thrown instanceof ProvenanceError && isUnsupported(thrown.cause)) return undefined
    throw thrown
  }
}

function isUnsupported (thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'UnsupportedError'
}

async function readKey (library: OpenPgp, { tag, body }: Packet): Promise<Key> {
  try {
    if (tag === tags.secretKey || tag === tags.secretSubkey) {
      const secret = tag === tags.secretKey ? new library.SecretKeyPacket() : new library.SecretSubkeyPacket()
      await secret.read(body)
      return { key: secret, secret }
    }
    const key = tag === tags.publicKey ? new library.PublicKeyPacket() : new library.PublicSubkeyPacket()
    await key.read(body)
    return { key }
  } catch (thrown) {
    // A version of long ago: the packet counts as absent, so that what follows stands alone.
    throw invalid(isUnsupported(thrown) ? 'first packet was not a public/private key' : messageOf(thrown), thrown)
  }
}

/** Checks what a primary key has signed of itself. */
class EntityReading {
  readonly #library: OpenPgp
  readonly #primary: AnyKeyPacket

  constructor (library: OpenPgp, primary: AnyKeyPacket) {
    this.#library = library
    this.#primary = primary
  }

  /** @returns undefined when only others have signed the name */
  async identity (body: Uint8Array, signatures: readonly SignaturePacket[]): Promise<Identity | undefined> {
    const { genericCertification, positiveCertification, certificationRevocation } = signatureTypes
    const types = signatures.map(({ signatureType }) => Number(signatureType))
    if (types.some(type => type !== certificationRevocation && (type < genericCertification || type > positiveCertification))) {
      throw invalid('user ID signature with wrong type')
    }
    const own = signatures.filter(each => this.#isOwn(each))
    if (own.length === 0) return undefined
    // Written as it was read: a name need not be UTF-8.
    for (const each of own) await this.#check(each, { key: this.#primary, userID: { write: () => body } }, 'user ID self-signature invalid: ')
    const selfSignature = newest(own.filter(each => Number(each.signatureType) !== certificationRevocation))
    const revocations = own.filter(each => Number(each.signatureType) === certificationRevocation)
    return { name: decode(body), revocations, ...(selfSignature === undefined ? {} : { selfSignature }) }
  }

  async subkey ({ key, secret }: Key, signatures: readonly SignaturePacket[]): Promise<Subkey> {
    const { subkeyBinding, subkeyRevocation } = signatureTypes
    for (const each of signatures) {
      const type = Number(each.signatureType)
      if (type !== subkeyBinding && type !== subkeyRevocation) throw invalid('subkey signature with wrong type')
      await this.#check(each, { key: this.#primary, bind: key }, 'subkey signature invalid: ')
      if (maySign(each)) await this.#checkCross(each, key)
    }
    const binding = newest(signatures.filter(each => Number(each.signatureType) === subkeyBinding))
    if (binding === undefined) throw invalid('subkey packet not followed by signature')
    const revocations = signatures.filter(each => Number(each.signatureType) === subkeyRevocation)
    return { key, ...(secret === undefined ? {} : { secret }), binding, revocations }
  }

  /** A subkey that signs must say itself whose it is, or anybody could call it theirs. */
  async #checkCross ({ embeddedSignature }: SignaturePacket, subkey: AnyKeyPacket): Promise<void> {
    if (embeddedSignature === null || Number(embeddedSignature.signatureType) !== signatureTypes.primaryKeyBinding) {
      throw invalid('subkey signature invalid: openpgp: invalid data: signing subkey is missing cross-signature')
    }
    try {
      await checkSignature(this.#library, embeddedSignature, { key: subkey, data: { key: this.#primary, bind: subkey } })
    } catch (thrown) {
      throw invalid(`subkey signature invalid: openpgp: invalid data: error while verifying cross-signature: ${messageOf(thrown)}`, thrown)
    }
  }

  async revocations (signatures: readonly SignaturePacket[]): Promise<SignaturePacket[]> {
    const revocations = signatures.filter(each => Number(each.signatureType) === signatureTypes.keyRevocation)
    for (const each of revocations) await this.#check(each, { key: this.#primary }, 'revocation signature signed by alternate key: ')
    return revocations
  }

  async direct (signatures: readonly SignaturePacket[]): Promise<SignaturePacket> {
    const found = newest(signatures.filter(each => Number(each.signatureType) === signatureTypes.directKey && this.#isOwn(each)))
    if (found === undefined) throw invalid('v6 entity without a valid direct-key signature')
    await this.#check(found, { key: this.#primary }, 'invalid direct-key self-signature for v6 primary key: ')
    return found
  }

  /** By the whole fingerprint where the signature has it: anybody can make a key with the same 64 bits. */
  #isOwn (signature: SignaturePacket): boolean {
    const { issuerFingerprint } = signature
    if (issuerFingerprint !== null && issuerFingerprint.length >= 20) return Buffer.from(issuerFingerprint).toString('hex') === this.#primary.getFingerprint()
    return issuerOf(signature) === this.#primary.getKeyID().toHex()
  }

  async #check (signature: SignaturePacket, data: SignedData, complaint: string): Promise<void> {
    try {
      await checkSignature(this.#library, signature, { key: this.#primary, data })
    } catch (thrown) {
      throw invalid(complaint + messageOf(thrown), thrown)
    }
  }
}

function newest (signatures: readonly SignaturePacket[]): SignaturePacket | undefined {
  return signatures.reduce<SignaturePacket | undefined>((best, each) => best === undefined || createdAt(each) > createdAt(best) ? each : best, undefined)
}

function invalid (message: string, cause?: unknown): ProvenanceError {
  return new ProvenanceError('invalid-keyring', `openpgp: invalid data: ${message}`, { cause })
}
