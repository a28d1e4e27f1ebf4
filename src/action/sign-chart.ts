import { loadKeyring, type NamedFile } from '../chart/provenance/keyring.js'
import { findSigner, signProvenance, unlockSigner, type SigningKey, type Unsigned } from '../chart/provenance/sign.js'

/** Signs the archives of one call. */
export interface ChartSigner {
  /**
   * Signs an archive.
   *
   * @returns the content of its provenance file
   * @throws {ProvenanceError} unreadable, invalid-keyring, no-key, ambiguous-key, no-secret-key or wrong-passphrase
   */
  sign (unsigned: Unsigned): Promise<string>
}

/** Who signs. */
export interface SignerOptions {
  readonly keyring: NamedFile
  /** The name of the key's owner, or a part of it. */
  readonly key: string
  /** Asked for once, when the key is locked. */
  readonly passphrase: (owner: string) => Promise<string>
  readonly clock: () => Date
  readonly warn: (message: string) => void
}

/**
 * A signer whose key is looked for and unlocked when the first archive is signed, and then kept: one passphrase for all charts of a call.
 *
 * @param options who signs
 */
export function chartSigner (options: SignerOptions): ChartSigner {
  let unlocked: Promise<SigningKey> | undefined
  return {
    sign: async unsigned => {
      unlocked ??= unlock(options)
      const { key } = await unlocked
      return await signProvenance(unsigned, { key, now: options.clock() })
    }
  }
}

async function unlock ({ keyring, key, passphrase, clock, warn }: SignerOptions): Promise<SigningKey> {
  const entity = findSigner(await loadKeyring(keyring), key)
  const signing = await unlockSigner(entity, { passphrase, now: clock() })
  if (signing.doubt !== undefined) warn(`the signature will be refused: ${signing.doubt}`)
  return signing
}
