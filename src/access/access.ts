import { readCredentials } from './credentials.js'
import { basicChallenge, bearerChallenge, type TokenServer } from './challenge.js'
import { decide, type Policy, type Question, type Subject } from './decide.js'
import type { Tokens } from './tokens.js'
import type { Users } from './users.js'

/** The answer to a question. */
export type Decision =
  | { readonly allowed: true, readonly subject: Subject }
  /** `challenges`: what `WWW-Authenticate` says, one line each. */
  | { readonly allowed: false, readonly subject: Subject, readonly challenges: readonly string[] }

/** Who can sign in, and what holds for everybody. */
export interface AccessOptions {
  readonly policy: Policy
  readonly users?: Users | undefined
  readonly tokens?: { readonly reader: Tokens, readonly server: TokenServer } | undefined
}

const anonymous: Subject = { kind: 'anonymous' }

/** Who may do what: every protocol asks here, before it reveals anything. */
export class Access {
  readonly #options: AccessOptions

  constructor (options: AccessOptions) {
    this.#options = options
  }

  /**
   * Decides on a request. What is free for everybody needs no look at credentials, which may even be wrong.
   *
   * @param authorization the request's `Authorization` header
   * @param question what it wants
   * @throws {AccessError} `busy` or `keys-unavailable` when it cannot be decided now
   */
  async decide (authorization: string | undefined, question: Question): Promise<Decision> {
    if (this.permits(anonymous, question)) return { allowed: true, subject: anonymous }
    const subject = await this.identify(authorization)
    return this.permits(subject, question) ? { allowed: true, subject } : { allowed: false, subject, challenges: this.#challenges(question) }
  }

  /**
   * Who a request comes from: anonymous, too, when its credentials are wrong.
   *
   * @param authorization the request's `Authorization` header
   * @throws {AccessError} `busy` or `keys-unavailable` when that cannot be told now
   */
  async identify (authorization: string | undefined): Promise<Subject> {
    const { users, tokens } = this.#options
    const credentials = readCredentials(authorization)
    if (credentials.kind === 'none') return anonymous
    if (credentials.kind === 'token') return await tokens?.reader.signIn(credentials.token) ?? anonymous
    // Helm knows names and passwords only: a token may stand in the password's place.
    const byToken = isTokenShaped(credentials.password) ? await tokens?.reader.signIn(credentials.password) : undefined
    return byToken ?? await users?.signIn(credentials) ?? anonymous
  }

  /** Whether someone who is known already may do something. */
  permits (subject: Subject, question: Question): boolean {
    return decide(subject, question, this.#options.policy)
  }

  /** The token's challenge first: clients that read one line only get ChartMuseum's. */
  #challenges (question: Question): string[] {
    const { users, tokens } = this.#options
    return [
      ...(tokens === undefined ? [] : [bearerChallenge(tokens.server, question)]),
      ...(users === undefined ? [] : [basicChallenge])
    ]
  }
}

function isTokenShaped (text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)
}
