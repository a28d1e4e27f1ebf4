/** Lets a number of pieces of work run at the same time, and the others wait in the order in which they came. */
export class Gate {
  readonly #waiting: Array<() => void> = []
  #free: number

  /** @param width how many may run at the same time */
  constructor (width: number) {
    this.#free = width
  }

  /**
   * Runs when there is room.
   *
   * @throws what `work` throws
   */
  async run<Result> (work: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>(resolve => this.#waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#free++
      else next()
    }
  }
}
