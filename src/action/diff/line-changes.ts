/** Lines of one text that stand in the place of lines of another. */
export interface LineChange {
  /** The first line before that is gone, from 0; where the new ones come in when none is. */
  readonly before: number
  readonly removed: number
  /** The first line after that is new, from 0; where the old ones were when none is. */
  readonly after: number
  readonly added: number
}

/** A part of both texts: lines from a start up to an end. */
interface Box {
  readonly beforeStart: number
  readonly beforeEnd: number
  readonly afterStart: number
  readonly afterEnd: number
}

/**
 * How lines come to be other lines, by the fewest removals and additions (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, in
 * linear space). Where the work passes the limit, what is left to compare is replaced as a whole: right, but longer than it need be.
 *
 * @param before the lines before
 * @param after the lines after
 * @param limit how many steps may be taken; unless given, so many for each line that all of a large manifest takes a second or two
 * @returns the changes in order; equal lines are between any two of them
 */
export function lineChanges (before: readonly string[], after: readonly string[], limit = 100_000 + 200 * (before.length + after.length)): LineChange[] {
  return new LineComparison(before, after, limit).changes()
}

class LineComparison {
  readonly #before: Int32Array
  readonly #after: Int32Array
  readonly #removed: Uint8Array
  readonly #added: Uint8Array
  /** How far the paths of each diagonal reach, from the start and from the end. */
  readonly #reach: readonly [Int32Array, Int32Array]
  readonly #origin: number
  #left: number

  constructor (before: readonly string[], after: readonly string[], limit: number) {
    const numbers = new Map<string, number>()
    const numbered = (lines: readonly string[]): Int32Array => Int32Array.from(lines, line => {
      const number = numbers.get(line) ?? numbers.size
      numbers.set(line, number)
      return number
    })
    this.#before = numbered(before)
    this.#after = numbered(after)
    this.#removed = new Uint8Array(before.length)
    this.#added = new Uint8Array(after.length)
    const size = before.length + after.length + 3
    this.#reach = [new Int32Array(size), new Int32Array(size)]
    this.#origin = after.length + 1
    this.#left = limit
  }

  changes (): LineChange[] {
    const boxes: Box[] = [{ beforeStart: 0, beforeEnd: this.#before.length, afterStart: 0, afterEnd: this.#after.length }]
    for (let box = boxes.pop(); box !== undefined; box = boxes.pop()) boxes.push(...this.#halves(this.#trimmed(box)))
    return this.#marked()
  }

  /** The box without the equal lines that it starts and ends with. */
  #trimmed ({ beforeStart, beforeEnd, afterStart, afterEnd }: Box): Box {
    const equal = (i: number, j: number): boolean => this.#before[i] === this.#after[j]
    while (beforeStart < beforeEnd && afterStart < afterEnd && equal(beforeStart, afterStart)) {
      beforeStart++
      afterStart++
    }
    while (beforeStart < beforeEnd && afterStart < afterEnd && equal(beforeEnd - 1, afterEnd - 1)) {
      beforeEnd--
      afterEnd--
    }
    return { beforeStart, beforeEnd, afterStart, afterEnd }
  }

  /** The two boxes that a shortest path leads through; none when the lines of the box were marked. */
  #halves (box: Box): Box[] {
    const { beforeStart, beforeEnd, afterStart, afterEnd } = box
    const plain = beforeStart === beforeEnd || afterStart === afterEnd
    const middle = plain ? undefined : this.#middle(box)
    if (middle === undefined) {
      this.#removed.fill(1, beforeStart, beforeEnd)
      this.#added.fill(1, afterStart, afterEnd)
      return []
    }
    const [x, y] = middle
    return [
      { beforeStart: beforeStart + x, beforeEnd, afterStart: afterStart + y, afterEnd },
      { beforeStart, beforeEnd: beforeStart + x, afterStart, afterEnd: afterStart + y }
    ]
  }

  /** A point on a shortest path through the box, about half way; undefined when the work is not worth it. */
  #middle (box: Box): readonly [x: number, y: number] | undefined {
    for (const reach of this.#reach) reach[this.#origin + 1] = 0
    let meeting: readonly [x: number, y: number] | undefined
    for (let cost = 0; meeting === undefined && this.#left > 0; cost++) {
      meeting = this.#extend(box, cost, false) ?? this.#extend(box, cost, true)
    }
    return meeting
  }

  /** Lets every path from one end go a step further; gives where it meets one from the other end. */
  #extend ({ beforeStart, beforeEnd, afterStart, afterEnd }: Box, cost: number, fromEnd: boolean): readonly [x: number, y: number] | undefined {
    const [width, height] = [beforeEnd - beforeStart, afterEnd - afterStart]
    const [own, other] = fromEnd ? [this.#reach[1], this.#reach[0]] : this.#reach
    const difference = width - height
    const mayMeet = Math.abs(difference) % 2 === (fromEnd ? 0 : 1)
    const met = fromEnd ? cost : cost - 1
    const reachOf = (diagonals: Int32Array, diagonal: number): number => diagonals[this.#origin + diagonal] ?? 0
    const equal = (x: number, y: number): boolean => fromEnd
      ? this.#before[beforeEnd - 1 - x] === this.#after[afterEnd - 1 - y]
      : this.#before[beforeStart + x] === this.#after[afterStart + y]
    const last = cost - 2 * Math.max(0, cost - width)
    for (let diagonal = -(cost - 2 * Math.max(0, cost - height)); diagonal <= last; diagonal += 2) {
      const down = diagonal === -cost || (diagonal !== cost && reachOf(own, diagonal - 1) < reachOf(own, diagonal + 1))
      let x = down ? reachOf(own, diagonal + 1) : reachOf(own, diagonal - 1) + 1
      const start = x
      while (x < width && x - diagonal < height && equal(x, x - diagonal)) x++
      own[this.#origin + diagonal] = x
      this.#left -= 1 + x - start
      const opposite = difference - diagonal
      if (mayMeet && Math.abs(opposite) <= met && x + reachOf(other, opposite) >= width) {
        return fromEnd ? [width - x, height - (x - diagonal)] : [x, x - diagonal]
      }
    }
    return undefined
  }

  /** The runs of marked lines. */
  #marked (): LineChange[] {
    const changes: LineChange[] = []
    for (let [i, j] = [0, 0]; i < this.#removed.length || j < this.#added.length;) {
      const [before, after] = [i, j]
      while (this.#removed[i] === 1) i++
      while (this.#added[j] === 1) j++
      if (i > before || j > after) {
        changes.push({ before, removed: i - before, after, added: j - after })
        continue
      }
      i++
      j++
    }
    return changes
  }
}
