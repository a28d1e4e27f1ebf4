import { SchemaError } from './errors.js'

/** How much one schema may cost, from its reading to the verdict. */
export interface SchemaLimits {
  /** How often a schema is applied to a value, and what costs as much. */
  readonly steps: number
  /** How many schemas may be applied inside one another: by nesting, and by references. */
  readonly depth: number
}

/** Enough for every schema in use (a schema of a thousand properties takes some twenty thousand steps), and little enough for a second. */
export const schemaLimits: SchemaLimits = { steps: 250_000, depth: 600 }

/** What the schemas of a chart and all its sub-charts may cost together. */
export const allSchemasLimits: SchemaLimits = { ...schemaLimits, steps: 800_000 }

/** Units of work (see go/work.ts) that the patterns of all of them may take. */
export const allPatternsWork = 32_000_000

/** Units of work (see go/work.ts) that a step is worth: patterns count in them. */
export const unitsPerStep = 80

/** What is left of the limits while a schema is read and values are checked by it. */
export class Budget {
  readonly depth: number
  readonly #limit: number
  readonly #whole: Budget | undefined
  #left: number

  /** @param limits of one schema @param whole what is left for all schemas of a chart and its sub-charts, if it is one of several */
  constructor (limits: SchemaLimits = schemaLimits, whole?: Budget) {
    this.#whole = whole
    this.depth = limits.depth
    this.#limit = limits.steps
    this.#left = limits.steps
  }

  /**
   * Counts steps that are about to be done.
   *
   * @throws {SchemaError} too-complex
   */
  spend (steps: number): void {
    this.#left -= steps
    if (this.#left < 0) throw this.exceeded()
    this.#whole?.spend(steps)
  }

  /** What is said when nothing is left. */
  exceeded (): SchemaError {
    return new SchemaError('too-complex', `unable to validate schema: it takes more than ${this.#limit} steps`)
  }

  /**
   * Checks how many schemas are applied inside one another.
   *
   * @throws {SchemaError} too-complex
   */
  descend (depth: number): void {
    if (depth > this.depth) throw new SchemaError('too-complex', `unable to validate schema: it nests more than ${this.depth} levels deep`)
  }
}
