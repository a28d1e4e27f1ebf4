import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Credentials } from './credentials.js'
import { everyAction, type Action, type Subject } from './decide.js'
import type { Hashes } from './htpasswd.js'
import type { PasswordCheck } from './password-check.js'

/** Users of one file, and what they may do. */
export interface UserFile {
  readonly current: Hashes
  readonly actions: readonly Action[]
}

/** The one user of `--basic-auth-user` and `--basic-auth-pass`. */
export interface SingleUser {
  readonly name: string
  readonly password: string
}

/** Where users are looked for. */
export interface UserSources {
  readonly single?: SingleUser | undefined
  /** The first file that has the name counts: those who may do less come first. */
  readonly files: readonly UserFile[]
  readonly check: PasswordCheck
}

type Pair = Extract<Credentials, { kind: 'password' }>

/** Those who sign in by name and password. */
export class Users {
  readonly #sources: UserSources
  readonly #secret = randomBytes(32)
  readonly #single: Uint8Array | undefined

  constructor (sources: UserSources) {
    this.#sources = sources
    this.#single = sources.single && this.#digest(Buffer.from(`${sources.single.name}:${sources.single.password}`))
  }

  /**
   * Who a name and a password prove to be; nobody when they do not.
   *
   * @throws {AccessError} `busy` when too many passwords wait to be checked
   */
  async signIn (pair: Pair): Promise<Subject | undefined> {
    const { single, files, check } = this.#sources
    if (single !== undefined && this.#isSingle(pair)) return { kind: 'user', name: single.name, actions: everyAction }
    const file = files.find(each => each.current.has(pair.name))
    const hash = file?.current.get(pair.name) ?? this.#nobodysHash()
    if (hash === undefined || pair.name === single?.name) return undefined
    return await check.matches(pair.password, hash) && file !== undefined ? { kind: 'user', name: pair.name, actions: file.actions } : undefined
  }

  /** Compares digests under a key of this process: the time it takes tells nothing of how much was right. */
  #isSingle ({ pair }: Pair): boolean {
    return this.#single !== undefined && timingSafeEqual(this.#digest(pair), this.#single)
  }

  #digest (bytes: Uint8Array): Uint8Array {
    return createHmac('sha256', this.#secret).update(bytes).digest()
  }

  /** A hash that no password has, as costly as the users' own: a name that is not there takes as long to refuse as one that is. */
  #nobodysHash (): string | undefined {
    const [first] = this.#sources.files.flatMap(({ current }) => [...current.values()].slice(0, 1))
    return first && `${first.slice(0, '$2b$10$'.length)}${'.'.repeat(53)}`
  }
}
