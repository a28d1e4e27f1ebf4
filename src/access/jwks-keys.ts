import { createLocalJWKSet, errors, type JWSHeaderParameters } from 'jose'
import { messageOf } from '../errors.js'
import { AccessError } from './errors.js'
import type { TokenKey, TokenKeys } from './token-keys.js'

/** A set of keys, as its document had it. */
export type KeySet = ReturnType<typeof createLocalJWKSet>

/** The keys of a JWKS file, which is read again when it changes. */
export class JwksFileKeys implements TokenKeys {
  readonly #file: { readonly current: KeySet }

  constructor (file: { readonly current: KeySet }) {
    this.#file = file
  }

  async keysFor (header: JWSHeaderParameters): Promise<readonly TokenKey[]> {
    return await keysIn(this.#file.current, header)
  }
}

/**
 * Reads a JSON Web Key Set (RFC 7517, 5).
 *
 * @param text the document
 * @param from where it came from, for messages
 * @throws {AccessError} `invalid-file` when it is none
 */
export function parseJwks (text: string, from: string): KeySet {
  try {
    return createLocalJWKSet(JSON.parse(text) as Parameters<typeof createLocalJWKSet>[0])
  } catch (error) {
    throw new AccessError('invalid-file', `${from}: no JSON Web Key Set: ${messageOf(error)}`, { cause: error })
  }
}

/**
 * The keys of a set that may have made a token of this header: those of its `kid`, or all of the right type when it names none.
 */
export async function keysIn (set: KeySet, header: JWSHeaderParameters): Promise<readonly TokenKey[]> {
  try {
    return [await set(header)]
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JOSENotSupported) return []
    if (error instanceof errors.JWKSMultipleMatchingKeys) return await all(error)
    throw error
  }
}

async function all<T> (values: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const value of values) found.push(value)
  return found
}
