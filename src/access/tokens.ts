import { decodeProtectedHeader, errors, jwtVerify, type JWSHeaderParameters, type JWTVerifyOptions } from 'jose'
import type { Claims, Subject } from './decide.js'
import { algorithms, type TokenKey, type TokenKeys } from './token-keys.js'

/** What tokens are checked by. */
export interface TokenChecks {
  readonly keys: readonly TokenKeys[]
  readonly clock: () => Date
  /** What `aud` must hold, when set. */
  readonly audience?: string | undefined
  /** What `iss` must be, when set. */
  readonly issuer?: string | undefined
}

/** Seconds by which the clocks of the token server and ours may differ. */
const leeway = 10

/** Those who sign in by a signed token (JWT, RFC 7519). */
export class Tokens {
  readonly #checks: TokenChecks

  constructor (checks: TokenChecks) {
    this.#checks = checks
  }

  /**
   * Who a token proves to be; nobody when its signature, its times, its audience or its issuer is not right.
   *
   * @param token the token, without a scheme
   * @throws {AccessError} `keys-unavailable` when no key could be had so far
   */
  async signIn (token: string): Promise<Subject | undefined> {
    const header = headerOf(token)
    if (header === undefined || !algorithms.includes(header.alg ?? '')) return undefined
    for (const source of this.#checks.keys) {
      for (const key of await source.keysFor(header)) {
        const claims = await this.#verify(token, key)
        if (claims !== undefined) return { kind: 'token', name: nameIn(claims), claims }
      }
    }
    return undefined
  }

  async #verify (token: string, key: TokenKey): Promise<Claims | undefined> {
    try {
      const { payload } = await jwtVerify(token, key, this.#options())
      return typeof payload.iat === 'number' && payload.iat > this.#checks.clock().getTime() / 1000 + leeway ? undefined : payload
    } catch (error) {
      // A type error is a key that cannot check this algorithm, or that is too weak for it: jose words both so.
      if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined
      throw error
    }
  }

  #options (): JWTVerifyOptions {
    const { clock, audience, issuer } = this.#checks
    return {
      algorithms: [...algorithms],
      currentDate: clock(),
      clockTolerance: leeway,
      ...(audience !== undefined && { audience }),
      ...(issuer !== undefined && { issuer })
    }
  }
}

function headerOf (token: string): JWSHeaderParameters | undefined {
  try {
    return decodeProtectedHeader(token)
  } catch {
    // No token at all, which is told like a wrong one.
    return undefined
  }
}

/** The subject's name, fit for a log: `sub`, without control characters, of bounded length. */
function nameIn ({ sub }: Claims): string {
  const name = typeof sub === 'string' ? sub.replace(/\p{C}/gu, '?').slice(0, 128) : ''
  return name === '' ? 'token' : name
}
