import { generateKey, revokeKey, type PrivateKey } from 'openpgp'

/** What a key made for a test is like. */
export interface TestKeyOptions {
  /** The names of its owner. */
  readonly names?: readonly string[]
  readonly type?: 'rsa' | 'ecc'
  readonly bits?: number
  readonly passphrase?: string
  /** When it was made; before all that tests sign. */
  readonly created?: Date
  /** Seconds after which it is no longer valid. */
  readonly lifetime?: number
  readonly revoked?: boolean
  /** A subkey that signs; the primary key's secret part is left out then. */
  readonly subkey?: boolean
}

/** A key made for a test: nobody's. */
export interface TestKey {
  /** Binary. */
  readonly secret: Uint8Array
  readonly public: Uint8Array
  readonly armoredSecret: string
  readonly armoredPublic: string
  /** In upper-case hex. */
  readonly fingerprint: string
}

/**
 * Makes an OpenPGP key.
 *
 * @param options what it is like; an Ed25519 key of Team A otherwise
 */
export async function testKey (options: TestKeyOptions = {}): Promise<TestKey> {
  const { names = ['Team A'], type = 'ecc', bits = 2048, created = new Date('2024-01-01T00:00:00Z'), lifetime = 0 } = options
  const generated: PrivateKey = (await generateKey({
    userIDs: names.map(name => ({ name, email: `${name.toLowerCase().replaceAll(' ', '-')}@example.com` })),
    type,
    rsaBits: bits,
    config: { minRSABits: bits },
    date: created,
    keyExpirationTime: lifetime,
    subkeys: options.subkey === true ? [{ sign: true }] : [],
    format: 'object',
    ...(options.passphrase === undefined ? {} : { passphrase: options.passphrase })
  })).privateKey
  const key = options.revoked === true ? (await revokeKey({ key: generated, date: created, format: 'object' })).privateKey : generated
  if (options.subkey === true && 'makeDummy' in key.keyPacket) key.keyPacket.makeDummy()
  return {
    secret: key.write(),
    public: key.toPublic().write(),
    armoredSecret: key.armor(),
    armoredPublic: key.toPublic().armor(),
    fingerprint: key.getFingerprint().toUpperCase()
  }
}
