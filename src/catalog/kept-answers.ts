interface Kept<Value> {
  readonly revision: number
  readonly value: Value
  readonly weight: number
  /** Whether somebody has asked for it since it was last about to go. */
  wanted: boolean
}

/**
 * What was found out of a tenant at one of its revisions, and is so until the next one, as far as it fits: what nobody asked for goes first. (To put
 * each in its place when it is asked for took longer than all else about it.)
 */
export class KeptAnswers<Value> {
  readonly #capacity: number
  readonly #weightOf: (value: Value) => number
  /** By tenant and question; the next to go first. */
  readonly #kept = new Map<string, Kept<Value>>()
  #weight = 0

  /**
   * @param capacity how many bytes to keep, more or less
   * @param weightOf how many bytes an answer takes
   */
  constructor (capacity: number, weightOf: (value: Value) => number) {
    this.#capacity = capacity
    this.#weightOf = weightOf
  }

  /**
   * The answer to a question at a revision, if it is known.
   *
   * @param question tells what is asked of the tenant
   */
  get (tenant: string, question: string, revision: number): Value | undefined {
    const kept = this.#kept.get(keyOf(tenant, question))
    if (kept?.revision !== revision) return undefined
    kept.wanted = true
    return kept.value
  }

  /**
   * Keeps an answer. It must have been found out after the tenant was seen at the revision.
   */
  set (tenant: string, question: string, { revision, value }: { readonly revision: number, readonly value: Value }): void {
    const key = keyOf(tenant, question)
    const weight = this.#weightOf(value) + 2 * key.length + 200
    this.#drop(key)
    if (weight > this.#capacity) return
    for (const [next, kept] of this.#kept) {
      if (this.#weight + weight <= this.#capacity) break
      if (kept.wanted) this.#spare(next, kept)
      else this.#drop(next)
    }
    this.#kept.set(key, { revision, value, weight, wanted: false })
    this.#weight += weight
  }

  #spare (key: string, kept: Kept<Value>): void {
    kept.wanted = false
    this.#kept.delete(key)
    this.#kept.set(key, kept)
  }

  #drop (key: string): void {
    this.#weight -= this.#kept.get(key)?.weight ?? 0
    this.#kept.delete(key)
  }
}

/** Tenants have no line feed in their names. */
function keyOf (tenant: string, question: string): string {
  return `${tenant}\n${question}`
}
