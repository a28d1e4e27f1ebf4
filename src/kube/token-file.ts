import type { Clock } from './clock.js'
import { fileText } from './pem.js'

/** How long a token that was read from a file is used before the file is read again: Kubernetes replaces bound tokens in place. */
const maxAge = 60_000

/** A bearer token in a file that is replaced now and then. */
export class TokenFile {
  readonly #path: string
  readonly #clock: Clock
  #token: string | undefined
  #readAt = 0

  constructor (path: string, clock: Clock) {
    this.#path = path
    this.#clock = clock
  }

  /**
   * The token, at most a minute old.
   *
   * @throws {KubeError} kubeconfig, when the file cannot be read
   */
  async token (): Promise<string> {
    const now = this.#clock.now().getTime()
    if (this.#token === undefined || now - this.#readAt > maxAge) {
      this.#token = (await fileText(this.#path)).trim()
      this.#readAt = now
    }
    return this.#token
  }

  /** Forgets what was read, so that the next use reads again. */
  forget (): void {
    this.#token = undefined
  }
}
