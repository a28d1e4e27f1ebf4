/** The time, and the passing of it: both injected, so that tests need not wait. */
export interface Clock {
  readonly now: () => Date
  /**
   * Waits.
   *
   * @param milliseconds how long
   * @param signal ends the waiting early, by throwing its reason
   */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}
