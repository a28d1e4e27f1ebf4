/** Lets one piece of work at a time touch a key, within this process. Keys that nobody waits for take no memory. */
export class KeyLock {
  readonly #tails = new Map<string, Promise<void>>()

  /**
   * Runs when all the keys are free, and holds them until it has ended.
   *
   * @param keys in any order: they are taken in a fixed one, so that no two wait for each other
   * @throws what `work` throws
   */
  async run<Result> (keys: readonly string[], work: () => Promise<Result>): Promise<Result> {
    const releases: Array<() => void> = []
    try {
      for (const key of [...new Set(keys)].sort()) releases.push(await this.#acquire(key))
      return await work()
    } finally {
      for (const release of releases) release()
    }
  }

  async #acquire (key: string): Promise<() => void> {
    const before = this.#tails.get(key)
    let free = (): void => undefined
    const tail = new Promise<void>(resolve => { free = resolve })
    this.#tails.set(key, tail)
    await before
    return () => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key)
      free()
    }
  }
}
