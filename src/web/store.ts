import type { Chart } from './chart.js'
import type { Tool } from './commands.js'
import type { ApiError } from './errors.js'
import type { ListRoute, Route } from './route.js'

/** How far the list of charts has come. */
export interface Listing {
  readonly status: 'loading' | 'ready' | 'failed'
  /** Sorted by name; while loading, those that are there so far. */
  readonly charts: readonly Chart[]
  readonly error?: ApiError
}

/** All that the page shows depends on this. */
export interface State {
  readonly route: Route
  /** The list that was shown last: a chart's page leads back to it. */
  readonly list: ListRoute
  readonly listing: Listing
  /** The program that commands are written for. */
  readonly tool: Tool
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
