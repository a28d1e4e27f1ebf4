import { performance } from 'node:perf_hooks'
import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import type { Backend, ByteRange, ObjectInfo, RedirectBackend } from './backend.js'
import { canRedirect } from './backend.js'
import type { StorageErrorCode } from './errors.js'
import { Conflict, InvalidKey, StorageError, StorageFailed, StorageFull } from './errors.js'
import { checkKey, checkPrefix } from './key.js'

export type OperationName = 'stat' | 'read' | 'create' | 'put' | 'delete' | 'list' | 'signedUrl'

/** An operation that has ended. */
export interface Operation {
  /** The backend's name. */
  readonly backend: string
  readonly name: OperationName
  /** For `read` until the stream was there, for `list` until the end of it, the reader's pauses included. */
  readonly seconds: number
  /** What went wrong; left out when nothing did. A write whose given body failed counts as `failed`. */
  readonly error?: StorageErrorCode
}

export interface CheckedOptions {
  /** Told of each operation when it has ended. */
  readonly onOperation?: (operation: Operation) => void
  /** How many more times to try a `stat`, `read` or `list` that failed; 2 when left out. */
  readonly retries?: number
  /** Waits before a further try; by the clock when left out. */
  readonly wait?: (milliseconds: number) => Promise<unknown>
}

/** Milliseconds before the first further try; doubled for each one after. */
const firstWait = 50

/**
 * Wraps a backend with what all of them need: keys are checked before it is asked, failures name backend, operation and key, operations are
 * timed, and reads are tried again a few times. (Writes are not: after a failed one, nobody but the caller knows what should be there.)
 *
 * @returns a backend that can redirect if, and only if, the given one can
 */
export function checked (backend: Backend, options: CheckedOptions = {}): Backend {
  return canRedirect(backend) ? new CheckedRedirectBackend(backend, options) : new CheckedBackend(backend, options)
}

class CheckedBackend implements Backend {
  readonly name: string
  readonly #inner: Backend
  readonly #options: CheckedOptions

  constructor (inner: Backend, options: CheckedOptions) {
    this.name = inner.name
    this.#inner = inner
    this.#options = options
  }

  async stat (key: string): Promise<ObjectInfo> {
    return await this.run('stat', key, () => this.#retry(() => this.#inner.stat(key)))
  }

  async read (key: string, range?: ByteRange): Promise<Readable> {
    return await this.run('read', key, () => this.#retry(() => this.#inner.read(key, range)))
  }

  async create (key: string, body: Readable): Promise<ObjectInfo> {
    return await this.#write('create', key, body)
  }

  async put (key: string, body: Readable): Promise<ObjectInfo> {
    return await this.#write('put', key, body)
  }

  async delete (key: string): Promise<void> {
    await this.run('delete', key, () => this.#inner.delete(key))
  }

  async * list (prefix: string, after = ''): AsyncGenerator<ObjectInfo> {
    checkPrefix(prefix)
    const began = performance.now()
    let error: StorageErrorCode | undefined
    try {
      yield * this.#listOn(prefix, after)
    } catch (thrown) {
      const fault = this.#name('list', prefix, thrown)
      error = fault.code
      throw fault
    } finally {
      this.#report('list', began, error)
    }
  }

  /** Checks the key, runs, names what went wrong, and reports. */
  protected async run<Result> (operation: OperationName, key: string, call: () => Promise<Result>): Promise<Result> {
    checkKey(key)
    const began = performance.now()
    try {
      const result = await call()
      this.#report(operation, began)
      return result
    } catch (thrown) {
      const fault = this.#name(operation, key, thrown)
      this.#report(operation, began, fault.code)
      throw fault
    }
  }

  async #write (operation: 'create' | 'put', key: string, body: Readable): Promise<ObjectInfo> {
    const watched = new WatchedBody(body)
    try {
      return await this.run(operation, key, () => this.#inner[operation](key, watched.stream))
    } catch (thrown) {
      throw watched.failed ? watched.failure : thrown
    } finally {
      // What a refused body still holds is nobody's any more.
      body.destroy()
    }
  }

  /** A list that broke off goes on after the last key that it gave; only failures without any progress count against the retries. */
  async * #listOn (prefix: string, after: string): AsyncGenerator<ObjectInfo> {
    let last = after
    for (let failures = 0; ;) {
      try {
        for await (const info of this.#inner.list(prefix, last)) {
          last = info.key
          failures = 0
          yield info
        }
        return
      } catch (thrown) {
        if (!await this.#mayRetry(thrown, failures++)) throw thrown
      }
    }
  }

  async #retry<Result> (call: () => Promise<Result>): Promise<Result> {
    for (let failures = 0; ; failures++) {
      try {
        return await call()
      } catch (thrown) {
        if (!await this.#mayRetry(thrown, failures)) throw thrown
      }
    }
  }

  async #mayRetry (thrown: unknown, failures: number): Promise<boolean> {
    const { retries = 2, wait = setTimeout } = this.#options
    if (failures >= retries || (thrown instanceof StorageError && thrown.code !== 'failed')) return false
    await wait(firstWait * 2 ** failures)
    return true
  }

  #report (name: OperationName, began: number, error?: StorageErrorCode): void {
    this.#options.onOperation?.({ backend: this.name, name, seconds: (performance.now() - began) / 1000, ...(error !== undefined && { error }) })
  }

  #name (operation: OperationName, key: string, thrown: unknown): StorageError {
    const text = thrown instanceof Error ? thrown.message : String(thrown)
    const message = `${this.name}: ${operation} ${JSON.stringify(key)}: ${text}`
    if (!(thrown instanceof StorageError)) return new StorageFailed(key, message, { cause: thrown })
    switch (thrown.code) {
      case 'absent':
      case 'exists': return thrown
      case 'conflict': return new Conflict(key, message, { cause: thrown })
      case 'full': return new StorageFull(key, message, { cause: thrown })
      case 'failed': return new StorageFailed(key, message, { cause: thrown })
      case 'invalid-key': return new InvalidKey(key, message, { cause: thrown })
    }
  }
}

class CheckedRedirectBackend extends CheckedBackend implements RedirectBackend {
  readonly #redirect: RedirectBackend

  constructor (inner: Backend & RedirectBackend, options: CheckedOptions) {
    super(inner, options)
    this.#redirect = inner
  }

  async signedUrl (key: string, seconds: number): Promise<URL> {
    return await this.run('signedUrl', key, () => this.#redirect.signedUrl(key, seconds))
  }
}

/** A body on its way to a backend, which remembers whether it was the body that failed, however the backend words that. */
class WatchedBody {
  readonly stream: Readable
  failed = false
  failure: unknown

  constructor (body: Readable) {
    this.stream = Readable.from(this.#pass(body), { objectMode: false })
  }

  async * #pass (body: Readable): AsyncGenerator<Uint8Array> {
    // What is thrown at the `yield` comes from a backend that gives up, and destroys what it reads from.
    let given = false
    try {
      for await (const chunk of body) {
        given = true
        yield chunk as Uint8Array
        given = false
      }
    } catch (error) {
      this.failed = !given
      this.failure = error
      throw error
    }
  }
}
