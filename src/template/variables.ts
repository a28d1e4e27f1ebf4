/** A variable of a template, as the compiler knows it. */
export interface Variable {
  /** With its dollar sign. */
  readonly name: string
  /** Where its value is in a frame's `vars`. */
  readonly slot: number
  /** Whether it is declared only if an argument of `and` or `or` is evaluated: until then an outer one of its name counts. */
  readonly isConditional: boolean
  /** Whether a range may give it elements, whose type Go names differently. */
  takesElements: boolean
}

/** The variables that are visible at a place of a template: innermost last. Slots are used again when a block ends. */
export class VariableScope {
  #visible: Variable[] = []
  #slots = 0

  constructor () {
    this.declare('$', false)
  }

  /** How many slots the whole template needs. */
  get slots (): number {
    return this.#slots
  }

  /** What is visible now, for `reset`. */
  mark (): number {
    return this.#visible.length
  }

  /** Ends the visibility of what was declared since the mark. */
  reset (mark: number): void {
    this.#visible.length = mark
  }

  /** All that is visible now, for `restore`. */
  snapshot (): readonly Variable[] {
    return [...this.#visible]
  }

  /** Makes visible again what a snapshot holds, and nothing else. */
  restore (snapshot: readonly Variable[]): void {
    this.#visible = [...snapshot]
  }

  declare (name: string, isConditional: boolean): Variable {
    const variable = { name, slot: this.#visible.length, isConditional, takesElements: false }
    this.#visible.push(variable)
    this.#slots = Math.max(this.#slots, this.#visible.length)
    return variable
  }

  /** What was declared since a mark. */
  since (mark: number): readonly Variable[] {
    return this.#visible.slice(mark)
  }

  /**
   * The variables that a name may mean, innermost first: all are conditional but the last one, if that.
   */
  find (name: string): readonly Variable[] {
    const found: Variable[] = []
    for (const variable of this.#visible.toReversed()) {
      if (variable.name !== name) continue
      found.push(variable)
      if (!variable.isConditional) break
    }
    return found
  }
}
