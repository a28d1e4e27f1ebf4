import { createHmac, randomBytes } from 'node:crypto'
import { AccessError } from './errors.js'
import { Remembered } from './remembered.js'

/** Compares a password with a bcrypt hash: slow by design, so it must not hold up the server (another thread does it). */
export type Compare = (password: string, hash: string) => Promise<boolean>

/** How many comparisons may wait: guesses at passwords are turned away beyond it, before they take all memory and time. */
const mostWaiting = 64

const limits = { entries: 1000, milliseconds: 60_000 }

/**
 * Checks passwords against bcrypt hashes, and remembers what came out for a minute, so that a hundred requests of one client cost one comparison. What is
 * remembered is found by a keyed hash of password and bcrypt hash: no password stays in memory, and a changed hash is checked anew at once.
 */
export class PasswordCheck {
  readonly #compare: Compare
  readonly #secret = randomBytes(32)
  readonly #right: Remembered<boolean>
  /** Apart from the right ones, so that guesses push none of those out. */
  readonly #wrong: Remembered<boolean>
  readonly #waiting = new Map<string, Promise<boolean>>()

  constructor (compare: Compare, clock: () => Date) {
    this.#compare = compare
    this.#right = new Remembered(limits, clock)
    this.#wrong = new Remembered(limits, clock)
  }

  /**
   * Whether a password is the one that was hashed.
   *
   * @throws {AccessError} `busy` when too many others wait
   */
  async matches (password: string, hash: string): Promise<boolean> {
    const key = createHmac('sha256', this.#secret).update(hash).update(':').update(password).digest('base64')
    const known = this.#right.get(key) ?? this.#wrong.get(key)
    if (known !== undefined) return known
    const waiting = this.#waiting.get(key)
    if (waiting !== undefined) return await waiting
    if (this.#waiting.size >= mostWaiting) throw new AccessError('busy', 'too many passwords are being checked: try again in a moment')
    const started = this.#check(key, password, hash).finally(() => this.#waiting.delete(key))
    this.#waiting.set(key, started)
    return await started
  }

  async #check (key: string, password: string, hash: string): Promise<boolean> {
    const right = await this.#compare(password, hash)
    const memory = right ? this.#right : this.#wrong
    memory.set(key, right)
    return right
  }
}
