import type { Getters } from './schemes.js'

/** What fetching works with: the getters, Helm's files, and where warnings go. All of it is passed in. */
export interface RemoteContext {
  readonly getters: Getters
  /** Path of repositories.yaml. */
  readonly repositoryConfig: string
  /** Folder of the downloaded indexes. */
  readonly repositoryCache: string
  /** Folder of the downloaded archives, by digest. */
  readonly contentCache: string
  /** GnuPG's folder, where the keyring is that signatures are verified with unless another is named. */
  readonly gnupgHome?: string
  /** What relative paths start from. */
  readonly cwd: string
  readonly clock: () => Date
  /** Told what a user should know though nothing failed. */
  readonly warn: Warn
  /** Aborted by the user. */
  readonly signal?: AbortSignal
}

/** A warning: what it is about, and the facts of the case by name. */
export type Warn = (message: string, facts?: Readonly<Record<string, string>>) => void
