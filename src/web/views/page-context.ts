import type { ApiClient } from '../api-client.js'
import type { Repository, Server } from '../repository.js'
import type { Store } from '../store.js'

/** What every view works with. */
export interface PageContext {
  readonly store: Store
  /** Tells people who listen rather than look. */
  readonly say: (text: string) => void
  /** Raised when the page shows another repository, or the list of them: the views are gone then. */
  readonly signal: AbortSignal
}

/** What the views of one repository work with. */
export interface RepositoryContext extends PageContext {
  readonly repository: Repository
  readonly api: ApiClient
  /** Reads the list of charts (again). */
  readonly reload: () => void
}

/** What the views of all repositories work with. */
export interface ServerContext extends PageContext {
  readonly server: Server
  /** A repository that there could be. */
  readonly example: Repository
  /** Reads the list of repositories (again). */
  readonly reload: () => void
}
