import { NilMap } from '../go/nil-map.js'
import { GoObject, Int, int, type Dict, type List, type Value } from '../go/value.js'

/**
 * A Go slice whose elements have a type of their own (`[]string`, `[]int`, `[][]interface {}`): it differs from a list in `typeOf`
 * and `deepEqual`, and in no other way that a template can see.
 */
export class TypedSlice extends GoObject {
  readonly goType: string
  readonly goKind = 'slice'
  readonly items: List
  readonly #isNil: boolean

  /**
   * @param goType such as `[]string`
   * @param items its elements; undefined for a nil slice
   */
  constructor (goType: string, items?: List) {
    super()
    this.goType = goType
    this.items = items ?? []
    this.#isNil = items === undefined
  }

  /** A nil slice is empty like any other, but encoding/json writes it as null. */
  override get isNil (): boolean {
    return this.#isNil
  }

  override field (): undefined {
    return undefined
  }

  override elements (): List {
    return this.items
  }

  override jsonValue (): null | undefined {
    return this.isNil ? null : undefined
  }
}

/**
 * A Go map with a type of its own (`common.Values`), or a nil map. Functions that change a map change its entries.
 */
export class NamedMap extends GoObject {
  readonly goType: string
  readonly goKind = 'map'
  readonly entries: Dict

  /**
   * @param goType such as `common.Values`
   * @param entries its entries, shared with whoever gave them; undefined for a nil map
   */
  constructor (goType: string, entries: Dict = new NilMap()) {
    super()
    this.goType = goType
    this.entries = entries
  }

  override get isNil (): boolean {
    return this.entries instanceof NilMap
  }

  /** @param entries other entries @returns a map of this type with them */
  withEntries (entries: Dict): NamedMap {
    return new NamedMap(this.goType, entries)
  }

  override field (name: string): Value {
    return this.entries.get(name) ?? null
  }

  override elements (): Dict {
    return this.entries
  }

  override jsonValue (): null | undefined {
    return this.entries instanceof NilMap ? null : undefined
  }
}

/**
 * A Go `map[string]string`. A key that it lacks is the empty string, not nil; and a function that takes a `map[string]interface {}` refuses it.
 */
export class StringMap extends GoObject {
  readonly goType = 'map[string]string'
  readonly goKind = 'map'
  readonly entries: Dict

  /** @param entries its keys and texts; undefined for a nil map */
  constructor (entries?: ReadonlyMap<string, string>) {
    super()
    this.entries = entries === undefined ? new NilMap() : new Map(entries)
  }

  override get isNil (): boolean {
    return this.entries instanceof NilMap
  }

  override field (name: string): Value {
    return this.entries.get(name) ?? ''
  }

  override elements (): Dict {
    return this.entries
  }

  override jsonValue (): null | undefined {
    return this.entries instanceof NilMap ? null : undefined
  }
}

/**
 * Whether a value is nil to Go's reflection.
 *
 * @param value any value
 * @returns true for nil, a nil slice and a nil map
 */
export function isNil (value: Value): boolean {
  if (value === null || value instanceof NilMap) return true
  if (value instanceof TypedSlice) return value.isNil
  return (value instanceof NamedMap || value instanceof StringMap) && value.entries instanceof NilMap
}

/**
 * @param items some values
 * @returns the list, or Go's nil slice when there are none: what appending nothing to a nil slice leaves
 */
export function nilWhenEmpty (items: List): List | TypedSlice {
  return items.length === 0 ? new TypedSlice('[]interface {}') : items
}

/**
 * @param items texts
 * @returns a Go `[]string` of them
 */
export function strings (items: readonly string[]): TypedSlice {
  return new TypedSlice('[]string', [...items])
}

/**
 * @param items whole numbers
 * @returns a Go `[]int` of them
 */
export function ints (items: readonly number[]): TypedSlice {
  return new TypedSlice('[]int', items.map(item => int(item)))
}

/**
 * The elements of any Go slice.
 *
 * @param value any value
 * @returns its elements (of bytes: `uint8` numbers), or undefined when it is no slice
 */
export function listOf (value: Value): List | undefined {
  if (Array.isArray(value)) return value
  if (value instanceof Uint8Array) return [...value].map(byte => new Int('uint8', BigInt(byte)))
  if (!(value instanceof GoObject)) return undefined
  const elements = value.elements()
  return Array.isArray(elements) ? elements : undefined
}

/**
 * The entries of any Go map.
 *
 * @param value any value
 * @returns its entries, or undefined when it is no map
 */
export function dictOf (value: Value): Dict | undefined {
  if (value instanceof Map) return value
  if (!(value instanceof GoObject)) return undefined
  const elements = value.elements()
  return elements instanceof Map ? elements : undefined
}
