/**
 * Numbers that look random and are the same for the same seed and stream: Chris Doty-Humphrey's sfc32. Each case of a run has a stream of its
 * own, so it can be made again without those before it.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  /**
   * @param seed of the whole run
   * @param stream of one case
   */
  constructor (seed: number, stream: number) {
    this.#a = seed | 0
    this.#b = stream | 0
    this.#c = 0x9e3779b9
    for (let i = 0; i < 16; i++) this.#next()
  }

  /** A whole number from 0 to `below` - 1. */
  int (below: number): number {
    return Math.floor(this.#next() / 0x1_0000_0000 * below)
  }

  /** A whole number from `from` to `to`. */
  between (from: number, to: number): number {
    return from + this.int(to - from + 1)
  }

  /** True as often as the probability says. */
  chance (probability: number): boolean {
    return this.#next() / 0x1_0000_0000 < probability
  }

  /**
   * One of some things.
   *
   * @throws {Error} when there is none
   */
  pick<T> (things: readonly T[]): T {
    const at = this.int(things.length)
    const [thing] = things.slice(at, at + 1).map(each => ({ each }))
    if (thing === undefined) throw new Error('nothing to pick from')
    return thing.each
  }

  /** So many things, made one after another. */
  times<T> (from: number, to: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.between(from, to) }, (_, index) => make(index))
  }

  #next (): number {
    const mixed = (this.#a + this.#b + this.#counter++) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + mixed) | 0
    return mixed >>> 0
  }
}
