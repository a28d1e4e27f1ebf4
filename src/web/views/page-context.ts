import type { ApiClient } from '../api-client.js'
import type { Repository } from '../commands.js'
import type { Store } from '../store.js'

/** What every view works with. */
export interface PageContext {
  readonly store: Store
  readonly api: ApiClient
  readonly repository: Repository
  /** Tells people who listen rather than look. */
  readonly say: (text: string) => void
  /** Reads the list of charts (again). */
  readonly reload: () => void
}
