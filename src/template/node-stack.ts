/**
 * Collects nodes whose number is not known yet, those of a node within another on top of the other's. What is taken is an array of just its
 * length: an array that grows node by node has room for sixteen more.
 */
export class NodeStack<T> {
  readonly #nodes: T[] = []
  #length = 0

  /** Where what is pushed from now on begins. */
  mark (): number {
    return this.#length
  }

  /** Adds a node. */
  push (node: T): void {
    this.#nodes[this.#length++] = node
  }

  /**
   * Takes what was pushed since a mark.
   *
   * @param mark what `mark` gave
   * @returns the nodes, in the order in which they came
   */
  take (mark: number): T[] {
    const taken = this.#nodes.slice(mark, this.#length)
    this.#length = mark
    return taken
  }
}
