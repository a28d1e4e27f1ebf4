import { createHash } from 'node:crypto'
import { readEntities } from '../../src/chart/provenance/read-entities.js'
import { signProvenance, unlockSigner } from '../../src/chart/provenance/sign.js'
import { chartArchive } from './chart-archive.js'
import { testKey, type TestKeyOptions } from './test-keys.js'

/** An archive with a good signature. */
export interface SignedArchive {
  readonly archive: Buffer
  /** The content of its `.prov` file. */
  readonly provenance: string
  /** Armored: the public key that signed it. */
  readonly keyring: string
  readonly fingerprint: string
  /** `sha256:…` of the archive. */
  readonly fileHash: string
}

/**
 * Makes a chart's archive, and signs it with a new key.
 *
 * @param fileName the name that the signature is for
 * @param key what the key is like
 */
export async function signedArchive (fileName: string, key: TestKeyOptions = {}): Promise<SignedArchive> {
  const archive = await chartArchive('web', '1.0.0')
  const made = await testKey(key)
  const [entity] = await readEntities(made.secret)
  if (entity === undefined) throw new Error('the test key cannot be read')
  const signing = await unlockSigner(entity, { passphrase: async () => key.passphrase ?? '', now: new Date() })
  const metadata = { apiVersion: 'v2', name: 'web', version: '1.0.0' }
  const provenance = await signProvenance({ archive, fileName, metadata }, { ...signing, now: new Date() })
  const fileHash = `sha256:${createHash('sha256').update(archive).digest('hex')}`
  return { archive, provenance, keyring: made.armoredPublic, fingerprint: made.fingerprint, fileHash }
}
