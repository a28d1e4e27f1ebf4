import { Block } from './block.js'
import type { Fragment } from './fragment.js'

/** How large blocks are made, in bytes, more or less. */
const blockSize = 128 * 1024

/** In which order an index has its charts, and what stands between two of them. */
export interface FragmentOrder {
  readonly compare: (a: string, b: string) => number
  readonly separator: Buffer
}

/**
 * The fragments of an index, in order, gathered in blocks of bytes. It never changes: a change gives another one that shares all blocks but
 * those that it touched, so that what a change costs does not grow with the index.
 */
export class Fragments {
  readonly order: FragmentOrder
  /** None is empty. */
  readonly blocks: readonly Block[]
  readonly charts: number
  readonly versions: number
  /** Of all, with what stands between them, in bytes. */
  readonly length: number

  private constructor (order: FragmentOrder, blocks: readonly Block[]) {
    this.order = order
    this.blocks = blocks
    this.charts = sum(blocks, block => block.names.length)
    this.versions = sum(blocks, block => block.versions)
    this.length = sum(blocks, block => block.bytes.length) + order.separator.length * Math.max(blocks.length - 1, 0)
  }

  /** No fragments. */
  static none (order: FragmentOrder): Fragments {
    return new Fragments(order, [])
  }

  /**
   * These fragments, but for some charts'.
   *
   * @param changed the charts' new fragments, in any order, no two of one chart; those without versions go
   */
  with (changed: readonly Fragment[]): Fragments {
    const { compare } = this.order
    const sorted = [...changed].sort((a, b) => compare(a.name, b.name))
    const blocks: Block[] = []
    let left = sorted
    for (const [i, block] of this.blocks.entries()) {
      const following = this.blocks[i + 1]?.names[0]
      const end = following === undefined ? -1 : left.findIndex(({ name }) => compare(name, following) >= 0)
      const here = end < 0 ? left : left.slice(0, end)
      left = left.slice(here.length)
      if (here.length === 0) blocks.push(block)
      else blocks.push(...this.#gather(merge(block.fragments, here, compare)))
    }
    blocks.push(...this.#gather(left))
    return new Fragments(this.order, blocks)
  }

  /**
   * The fragments of some names, by their positions.
   *
   * @param offset of the first
   * @param limit how many
   */
  slice (offset: number, limit: number): Buffer[] {
    const found: Buffer[] = []
    let skipped = 0
    for (const block of this.blocks) {
      const first = Math.max(offset - skipped, 0)
      skipped += block.names.length
      if (first >= block.names.length) continue
      const wanted = block.fragments.slice(first, first + limit - found.length)
      found.push(...wanted.map(({ bytes }) => bytes))
      if (found.length >= limit) break
    }
    return found
  }

  /** Puts sorted fragments into blocks of about the same size; those without versions into none. */
  #gather (fragments: readonly Fragment[]): Block[] {
    const left = fragments.filter(({ versions }) => versions > 0)
    const total = left.reduce((size, { bytes }) => size + bytes.length, 0)
    // A block may grow to twice the size before it is divided: divided each time that it is over, it would lose one small block after another.
    const size = total <= 2 * blockSize ? total : total / Math.ceil(total / blockSize)
    return groups(left, size).map(group => new Block(group, this.order.separator))
  }
}

/** Divides fragments into groups of about a size. */
function groups (fragments: readonly Fragment[], size: number): Fragment[][] {
  const all: Fragment[][] = []
  let filled = size
  for (const fragment of fragments) {
    if (filled >= size) {
      all.push([])
      filled = 0
    }
    all.at(-1)?.push(fragment)
    filled += fragment.bytes.length
  }
  return all
}

/** Two sorted lists as one; of two fragments of a chart, the changed one. */
function merge (before: readonly Fragment[], changed: readonly Fragment[], compare: FragmentOrder['compare']): Fragment[] {
  const names = new Set(changed.map(({ name }) => name))
  return [...before.filter(({ name }) => !names.has(name)), ...changed].sort((a, b) => compare(a.name, b.name))
}

function sum (blocks: readonly Block[], of: (block: Block) => number): number {
  return blocks.reduce((total, block) => total + of(block), 0)
}
