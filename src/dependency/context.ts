import type { GoTime } from '../go/time.js'
import type { RemoteContext } from '../remote/context.js'
import type { Warn } from '../chart/warn.js'

/** What resolving and fetching dependencies works with: all of it is passed in. */
export interface DependencyContext extends RemoteContext {
  /** Told, line by line, what is going on: Helm prints this to standard output. */
  readonly say: (line: string) => void
  /** The time as a lock has it, in the user's time zone. */
  readonly now: () => GoTime
  /** Told what the loading of charts warns about, and what Helm only logs. */
  readonly note: Warn
  /** Whether archives of repositories are verified; not when left out. */
  readonly verification?: VerificationOptions
  /** Whether to say more. */
  readonly debug: boolean
  /** The date of all files in archives made here (SOURCE_DATE_EPOCH). */
  readonly stamp?: Date
}

/** How the archives of repositories are verified. */
export interface VerificationOptions {
  /** Whether an archive without a provenance file is refused, or only told of. */
  readonly required: boolean
  /** Path of the public keys; empty for GnuPG's. */
  readonly keyring: string
}

/** The folder of the chart whose dependencies are meant. */
export interface ChartFolder {
  /** Its absolute path. */
  readonly path: string
  /** The path as messages have it: as the user wrote it. */
  readonly shown: string
}
