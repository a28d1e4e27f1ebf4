import type { JWSHeaderParameters } from 'jose'
import { messageOf } from '../errors.js'
import { AccessError } from './errors.js'
import { keysIn, parseJwks, type KeySet } from './jwks-keys.js'
import type { TokenKey, TokenKeys } from './token-keys.js'

/** What the keys behind an address need. */
export interface JwksUrlOptions {
  readonly url: string
  /** Gets the document's text; bounded in time and size. */
  readonly fetchText: (url: string) => Promise<string>
  readonly clock: () => Date
  /** Told when the keys cannot be had: those that are there stay in use. */
  readonly onFault: (error: unknown) => void
}

/** Keys are got again when they are this old, whatever their headers say: a key that was withdrawn is not trusted for longer. */
const freshFor = 10 * 60_000
/** Anybody can send tokens of unknown keys: they make us ask no more often than this. */
const pause = 30_000
/** While there are no keys at all, no token can be checked: it is tried more often. */
const firstPause = 5000

/** The keys behind an address (a JWKS), kept and got again: when they are old, and when a token names one that is not among them. */
export class JwksUrlKeys implements TokenKeys {
  readonly #options: JwksUrlOptions
  #set: KeySet | undefined
  #got = -Infinity
  #tried = -Infinity
  #getting: Promise<void> | undefined

  constructor (options: JwksUrlOptions) {
    this.#options = options
  }

  /** Gets the keys when they are old or missing. Never rejects: a fault is told, and the keys that are there stay. */
  async refresh (): Promise<void> {
    if (this.#now() - this.#got >= freshFor) await this.#getUnlessJustTried()
  }

  async keysFor (header: JWSHeaderParameters): Promise<readonly TokenKey[]> {
    const refreshed = this.refresh()
    // Old keys are good enough to answer with while new ones are on their way.
    if (this.#set === undefined) await refreshed
    const found = await keysIn(this.#held(), header)
    if (found.length > 0) return found
    await this.#getUnlessJustTried()
    return await keysIn(this.#held(), header)
  }

  #held (): KeySet {
    if (this.#set === undefined) throw new AccessError('keys-unavailable', 'the keys that tokens are checked by could not be got so far')
    return this.#set
  }

  async #getUnlessJustTried (): Promise<void> {
    if (this.#now() - this.#tried >= (this.#set === undefined ? firstPause : pause)) {
      this.#getting ??= this.#get().finally(() => { this.#getting = undefined })
    }
    await this.#getting
  }

  async #get (): Promise<void> {
    const { url, fetchText, onFault } = this.#options
    this.#tried = this.#now()
    try {
      this.#set = parseJwks(await fetchText(url), url)
      this.#got = this.#now()
    } catch (error) {
      onFault(new AccessError('keys-unavailable', `cannot get the keys of ${url}: ${messageOf(error)}`, { cause: error }))
    }
  }

  #now (): number {
    return this.#options.clock().getTime()
  }
}
