import type { Chart } from './chart.js'
import type { Tool } from './commands.js'
import type { ApiError } from './errors.js'
import type { RepositorySummary } from './repository.js'
import type { ListRoute, RepositoriesRoute, Route } from './route.js'

/** How far a list has come. */
export interface Listing<Item> {
  readonly status: 'loading' | 'ready' | 'failed'
  /** Sorted by name; while loading, those that are there so far. */
  readonly items: readonly Item[]
  readonly error?: ApiError
}

/** A list of which nothing is there yet. */
export const unread: Listing<never> = { status: 'loading', items: [] }

/** All that the page shows depends on this. */
export interface State {
  readonly route: Route
  /** The list of repositories that was shown last: a repository leads back to it. */
  readonly overview: RepositoriesRoute
  /** The list of charts that was shown last: a chart's page leads back to it. */
  readonly list: ListRoute
  readonly repositories: Listing<RepositorySummary>
  /** Those of the repository that is looked at. */
  readonly charts: Listing<Chart>
  /** The program that commands are written for. */
  readonly tool: Tool
}

/** Whether a list cannot be read since the server has no API. */
export function isApiOff ({ error }: Listing<unknown>): boolean {
  return error?.code === 'api-off'
}

/** What changes with a route: what is shown, and where it leads back to. */
export function placeOf (route: Route): Partial<State> {
  return { route, ...(route.view === 'repositories' && { overview: route }), ...(route.view === 'list' && { list: route }) }
}

/** Holds the state, and tells when it changes. */
export class Store {
  #state: State
  readonly #listeners = new Set<(state: State) => void>()

  constructor (initial: State) {
    this.#state = initial
  }

  get state (): State {
    return this.#state
  }

  /** Changes some of the state; listeners are called at once, in the order they came. */
  update (change: Partial<State>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener(this.#state)
  }

  /**
   * Calls a listener now and at each change.
   *
   * @param signal ends that when raised; it never ends without
   */
  watch (listener: (state: State) => void, signal?: AbortSignal): void {
    this.#listeners.add(listener)
    signal?.addEventListener('abort', () => this.#listeners.delete(listener))
    listener(this.#state)
  }
}
