import type { KeyObject } from 'node:crypto'
import type { CryptoKey, JWSHeaderParameters } from 'jose'

/** A public key that a token's signature can be checked with. */
export type TokenKey = CryptoKey | KeyObject

/** Where public keys come from. */
export interface TokenKeys {
  /**
   * The keys that may have made a token of this header; none is fine.
   *
   * @throws {AccessError} `keys-unavailable` when no key could be had so far
   */
  keysFor (header: JWSHeaderParameters): Promise<readonly TokenKey[]>
}

/** The algorithms that tokens may be signed by: those with a public key. HMAC and `none` are not among them. */
export const algorithms: readonly string[] = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
