import { createRequire } from 'node:module'
import type * as bcryptjs from 'bcryptjs'
import { SprigError } from './errors.js'

/**
 * Hashes a password as golang.org/x/crypto/bcrypt does with its default cost of 10.
 *
 * @param password the password's bytes, at most 72
 * @param salt 16 random bytes
 * @returns the hash in its modular form: `$2a$10$…`
 * @throws {SprigError} `bcrypt: password length exceeds 72 bytes`
 */
export function bcrypt (password: Uint8Array, salt: Uint8Array): string {
  if (password.length > 72) throw new SprigError('limit', 'bcrypt: password length exceeds 72 bytes')
  const { encodeBase64, hashSync } = library()
  return hashSync(new TextDecoder().decode(password), `$2a$10$${encodeBase64(salt, 16)}`)
}

/** Loaded when it is first needed: it brings Node's crypto with it, and few charts hash a password. */
function library (): typeof bcryptjs {
  return createRequire(import.meta.url)('bcryptjs') as typeof bcryptjs
}
