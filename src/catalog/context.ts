import type { Backend } from '../../storage/backend.js'
import type { Database } from '../db/schema.js'
import type { KeyLock } from './key-lock.js'

/** What the parts of a catalogue share. */
export interface CatalogContext {
  readonly database: Database
  readonly backend: Backend
  readonly clock: () => Date
  readonly spoolDirectory: string
  /** Held for the keys of a file's bytes while these, or their record, change. */
  readonly locks: KeyLock
  /** The mark of this catalogue on its intents: `thisWriter`, a dot, and what tells it from others of this process. */
  readonly owner: string
  /** Told of what went wrong without failing a request. */
  readonly report: (fault: unknown) => void
}
