interface Kept<Value> {
  readonly revision: number
  readonly value: Value
  readonly weight: number
}

/**
 * What was found out of a tenant at one of its revisions, and is so until the next one: those asked for last, as far as they fit.
 */
export class KeptAnswers<Value> {
  readonly #capacity: number
  readonly #weightOf: (value: Value) => number
  /** By tenant and question, in the order in which they were last asked for. */
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
    const key = keyOf(tenant, question)
    const kept = this.#kept.get(key)
    if (kept?.revision !== revision) return undefined
    this.#kept.delete(key)
    this.#kept.set(key, kept)
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
    this.#kept.set(key, { revision, value, weight })
    this.#weight += weight
    for (const oldest of this.#kept.keys()) {
      if (this.#weight <= this.#capacity) break
      this.#drop(oldest)
    }
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
