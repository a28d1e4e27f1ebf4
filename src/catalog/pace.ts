import { setTimeout } from 'node:timers/promises'

/** The longest rest, in milliseconds: however busy everybody else is, work goes on. */
const longestRest = 100

/** Keeps work that nobody waits for from taking more than a third of the time while there is other work to do. */
export class Pace {
  #since = performance.now()

  /** To be awaited between small pieces of the work: rests twice as long as the piece took, others' work in between included. */
  async rest (): Promise<void> {
    await setTimeout(Math.min(2 * (performance.now() - this.#since), longestRest))
    this.#since = performance.now()
  }
}
