import { createPublicKey, type KeyObject } from 'node:crypto'
import type { JWSHeaderParameters } from 'jose'
import { messageOf } from '../errors.js'
import { AccessError } from './errors.js'
import type { TokenKey, TokenKeys } from './token-keys.js'

/** Keys by the algorithms that they can check. */
export type PemKeys = ReadonlyArray<{ readonly key: KeyObject, readonly algorithms: readonly string[] }>

/** The public keys of a PEM file, which is read again when it changes. */
export class PemTokenKeys implements TokenKeys {
  readonly #file: { readonly current: PemKeys }

  constructor (file: { readonly current: PemKeys }) {
    this.#file = file
  }

  /** A PEM file names no key ids: each key that can check the algorithm is tried. */
  async keysFor ({ alg = '' }: JWSHeaderParameters): Promise<readonly TokenKey[]> {
    return this.#file.current.filter(({ algorithms }) => algorithms.includes(alg)).map(({ key }) => key)
  }
}

/**
 * Reads the public keys of a PEM file: `PUBLIC KEY`, `RSA PUBLIC KEY` or `CERTIFICATE` blocks, one or (while keys are changed) several.
 *
 * @param text the file's text
 * @param path its name, for messages
 * @throws {AccessError} `invalid-file` when it has no key, one that is private, or one that is too weak or of another kind
 */
export function parsePemKeys (text: string, path: string): PemKeys {
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----[^]*?-----END \1-----/g)]
  if (blocks.length === 0) throw new AccessError('invalid-file', `${path}: no PEM block with a public key or certificate`)
  return blocks.map(([block, label = '']) => {
    if (!['PUBLIC KEY', 'RSA PUBLIC KEY', 'CERTIFICATE'].includes(label)) throw new AccessError('invalid-file', `${path}: a ${label} where a public key or certificate should be`)
    const key = readKey(block, path)
    return { key, algorithms: algorithmsOf(key, path) }
  })
}

function readKey (block: string, path: string): KeyObject {
  try {
    return createPublicKey(block)
  } catch (error) {
    throw new AccessError('invalid-file', `${path}: ${messageOf(error)}`, { cause: error })
  }
}

const curves: ReadonlyMap<string, string> = new Map([['prime256v1', 'ES256'], ['secp384r1', 'ES384'], ['secp521r1', 'ES512']])

function algorithmsOf (key: KeyObject, path: string): readonly string[] {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'rsa' && modulusLength >= 2048) return ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']
  if (key.asymmetricKeyType === 'ed25519') return ['EdDSA', 'Ed25519']
  const curve = curves.get(namedCurve)
  if (curve === undefined) throw new AccessError('invalid-file', `${path}: a key that is none of RSA (2048 bits or more), P-256, P-384, P-521 and Ed25519`)
  return [curve]
}
