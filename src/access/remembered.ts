interface Entry<V> {
  readonly value: V
  readonly until: number
}

/** How much is remembered, and for how long. */
export interface MemoryLimits {
  readonly entries: number
  readonly milliseconds: number
}

/** Values that are remembered for a short time; when there are too many, the oldest is forgotten first. */
export class Remembered<V> {
  readonly #entries = new Map<string, Entry<V>>()
  readonly #limits: MemoryLimits
  readonly #clock: () => Date

  constructor (limits: MemoryLimits, clock: () => Date) {
    this.#limits = limits
    this.#clock = clock
  }

  /** How many values are held, those included whose time is over. */
  get size (): number {
    return this.#entries.size
  }

  /** The value of a key, while it is remembered. */
  get (key: string): V | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    if (entry.until > this.#clock().getTime()) return entry.value
    this.#entries.delete(key)
    return undefined
  }

  set (key: string, value: V): void {
    this.#entries.delete(key)
    this.#entries.set(key, { value, until: this.#clock().getTime() + this.#limits.milliseconds })
    const oldest = this.#entries.keys().next()
    if (this.#entries.size > this.#limits.entries && oldest.done !== true) this.#entries.delete(oldest.value)
  }
}
