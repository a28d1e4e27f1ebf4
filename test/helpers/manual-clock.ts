import type { Clock } from '../../src/kube/clock.js'

/** A clock that stands still until somebody waits: then it goes on by as much, at once. */
export class ManualClock implements Clock {
  readonly slept: number[] = []
  #time: number

  constructor (start = Date.UTC(2026, 0, 2, 3, 4, 5)) {
    this.#time = start
  }

  readonly now = (): Date => new Date(this.#time)

  readonly sleep = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted()
    this.slept.push(milliseconds)
    this.#time += milliseconds
    await Promise.resolve()
  }
}
