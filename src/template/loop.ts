import { basicValue } from '../go/basic-value.js'
import { compareBytes } from '../go/bytes.js'
import { GoObject, Int, int, type Dict, type List, type Value } from '../go/value.js'
import { elementsOf, holdsInterfaces, type Reflected } from './reflect.js'

/** A running `range`: where it is, and what it goes over, as that was when it began. */
export abstract class Loop {
  /** The iterations done; the element is at this place. */
  index = -1
  abstract readonly length: number
  /** Whether Go sees the elements as interface{}. */
  abstract readonly holdsInterfaces: boolean
  /** What `.` was before. */
  readonly dot: Reflected

  constructor (dot: Reflected) {
    this.dot = dot
  }

  /** The element of this iteration. */
  abstract element (): Reflected

  /** What the first of two variables gets: the index or key. */
  abstract key (): Value
}

class ListLoop extends Loop {
  readonly length: number
  readonly holdsInterfaces: boolean
  readonly #list: List

  constructor (list: List, parts: { dot: Reflected, holdsInterfaces: boolean }) {
    super(parts.dot)
    this.#list = list
    this.length = list.length
    this.holdsInterfaces = parts.holdsInterfaces
  }

  element (): Value {
    return this.#list[this.index] ?? null
  }

  key (): Value {
    return int(this.index)
  }
}

class DictLoop extends Loop {
  readonly length: number
  readonly holdsInterfaces: boolean
  readonly #keys: readonly string[]
  readonly #values: readonly Value[]

  constructor (dict: Dict, parts: { dot: Reflected, holdsInterfaces: boolean }) {
    super(parts.dot)
    this.#keys = [...dict.keys()].sort(compareBytes)
    this.#values = this.#keys.map(key => dict.get(key) ?? null)
    this.length = this.#keys.length
    this.holdsInterfaces = parts.holdsInterfaces
  }

  element (): Value {
    return this.#values[this.index] ?? null
  }

  key (): Value {
    return this.#keys[this.index] ?? ''
  }
}

class BytesLoop extends Loop {
  readonly length: number
  readonly holdsInterfaces = false
  readonly #bytes: Uint8Array

  constructor (bytes: Uint8Array, dot: Reflected) {
    super(dot)
    this.#bytes = bytes
    this.length = bytes.length
  }

  element (): Value {
    return new Int('uint8', BigInt(this.#bytes[this.index] ?? 0))
  }

  key (): Value {
    return int(this.index)
  }
}

/** From 0 to a number, each of the number's kind. */
class CountLoop extends Loop {
  readonly length: number
  readonly holdsInterfaces = false
  readonly #kind: Int['kind']

  constructor (count: Int, dot: Reflected) {
    super(dot)
    this.length = Number(count.value)
    this.#kind = count.kind
  }

  element (): Value {
    return new Int(this.#kind, BigInt(this.index))
  }

  key (): Value {
    return this.element()
  }
}

/**
 * Begins a range over a value.
 *
 * @param value a list, map, bytes, integer, or a named type of these; undefined is empty
 * @param dot what `.` is now
 * @returns the loop, before its first element; `none` when there is nothing in it; undefined when there is no range over such a value
 */
export function loopOver (value: Reflected, dot: Reflected): Loop | 'none' | undefined {
  if (value === undefined || value === null) return 'none'
  const count = basicValue(value)
  if (count instanceof Int) return count.value > 0n ? new CountLoop(count, dot) : 'none'
  const elements = elementsOf(value)
  if (elements === undefined) return undefined
  if (elements instanceof Uint8Array) return elements.length > 0 ? new BytesLoop(elements, dot) : 'none'
  const parts = { dot, holdsInterfaces: !(value instanceof GoObject) || holdsInterfaces(value) }
  if (elements instanceof Map) return elements.size > 0 ? new DictLoop(elements, parts) : 'none'
  return elements.length > 0 ? new ListLoop(elements, parts) : 'none'
}
