/** Up to this many nodes nearly all may come from aliases. */
const smallDocument = 400_000
/** From this many on, a tenth may. */
const largeDocument = 4_000_000

const smallRatio = 0.99
const largeRatio = 0.1

/**
 * go-yaml's guard against documents that are small as text and huge when their aliases are expanded: at most about 400,000 nodes may come
 * from aliases, and of a document of more than 1,000 nodes at most 99 % of them.
 */
export class AliasBudget {
  #count = 0
  #aliased = 0

  /** How many nodes were decoded so far, those within aliases included. */
  get count (): number {
    return this.#count
  }

  /**
   * Counts one node.
   *
   * @returns false when the document has used up its budget
   */
  charge (): boolean {
    this.#count++
    return this.#aliased <= 100 || this.#fits()
  }

  /**
   * Counts the nodes that an alias stands for, before they are copied.
   *
   * @param cost how many they are
   * @returns false when the document has used up its budget
   */
  expand (cost: number): boolean {
    this.#count += cost
    this.#aliased += cost
    return this.#aliased <= 100 || this.#fits()
  }

  #fits (): boolean {
    return this.#count <= 1000 || this.#aliased / this.#count <= allowedRatio(this.#count)
  }
}

function allowedRatio (count: number): number {
  if (count <= smallDocument) return smallRatio
  if (count >= largeDocument) return largeRatio
  return smallRatio - (smallRatio - largeRatio) * (count - smallDocument) / (largeDocument - smallDocument)
}
