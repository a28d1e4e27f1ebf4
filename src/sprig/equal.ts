import { maxDepth } from '../go/limits.js'
import { NilMap } from '../go/nil-map.js'
import { typeOf } from '../go/type-name.js'
import { GoObject, Int, type Dict, type List, type Value } from '../go/value.js'
import { work } from '../go/work.js'
import { SprigError } from './errors.js'
import { dictOf, listOf, NamedMap, TypedSlice } from './typed.js'

/** What Go's reflection says when it is asked for the type of nil. */
export const noType = 'reflect: call of reflect.Value.Type on zero Value'

/**
 * Go's reflect.DeepEqual: equal types and equal contents, so that `1` and `1.0` differ.
 *
 * @param a any value
 * @param b any value
 * @returns whether they are equal
 * @throws {SprigError} code `limit` when they nest more than 1000 deep
 */
export function deepEqual (a: Value, b: Value): boolean {
  return equalAt(a, b, 0)
}

/**
 * mitchellh/copystructure's Copy.
 *
 * @param value any value
 * @returns the value with all its lists and maps copied; what cannot be changed is shared, private fields are empty
 * @throws {SprigError} code `nil` for nil, as Go's reflection words it; code `limit` when it nests more than 500 deep
 */
export function deepCopy (value: Value): Value {
  if (value === null) throw new SprigError('nil', noType)
  return copyAt(value, 0)
}

/**
 * Refuses what nests too deep for recursion.
 *
 * @param depth how deep it is now
 * @throws {SprigError} code `limit`
 */
export function checkDepth (depth: number): void {
  if (depth > maxDepth) throw new SprigError('limit', `a value that nests more than ${maxDepth} deep`)
}

function equalAt (a: Value, b: Value, depth: number): boolean {
  if (a === b) return true
  work(2)
  checkDepth(depth)
  if (a === null || b === null || typeOf(a) !== typeOf(b)) return false
  if (a instanceof Int && b instanceof Int) return a.value === b.value
  const listA = listOf(a)
  const listB = listOf(b)
  if (listA !== undefined && listB !== undefined) return equalLists(listA, listB, depth)
  const dictA = dictOf(a)
  const dictB = dictOf(b)
  if (dictA !== undefined && dictB !== undefined) return equalDicts(dictA, dictB, depth)
  return a instanceof GoObject && b instanceof GoObject && equalObjects(a, b, depth)
}

/** By their fields, private ones too; what has none by its text. */
function equalObjects (a: GoObject, b: GoObject, depth: number): boolean {
  const fields = a.fields()
  const others = b.fields()
  if (fields.length === 0 && others.length === 0) return a.string() !== undefined && a.string() === b.string()
  return fields.length === others.length && fields.every(([, value], i) => equalAt(value, others[i]?.[1] ?? null, depth + 1))
}

function equalLists (a: List, b: List, depth: number): boolean {
  return a.length === b.length && a.every((item, i) => equalAt(item, b[i] ?? null, depth + 1))
}

function equalDicts (a: Dict, b: Dict, depth: number): boolean {
  return a.size === b.size && [...a].every(([key, value]) => {
    const other = b.get(key)
    return other !== undefined && equalAt(value, other, depth + 1)
  })
}

function copyAt (value: Value, depth: number): Value {
  checkDepth(depth)
  if (Array.isArray(value)) work(value.length * 16 + 32)
  if (Array.isArray(value)) return value.map(item => copyAt(item, depth + 1))
  if (value instanceof NilMap) return value
  if (value instanceof Map) return copyDict(value, depth)
  if (value instanceof TypedSlice) return value.isNil ? value : new TypedSlice(value.goType, value.items.map(item => copyAt(item, depth + 1)))
  if (value instanceof NamedMap) return value.withEntries(copyDict(value.entries, depth))
  if (value instanceof GoObject) return value.deepCopied() ?? value
  return value instanceof Uint8Array ? value.slice() : value
}

function copyDict (map: Dict, depth: number): Dict {
  work(map.size * 24 + 48)
  return new Map([...map].map(([key, item]) => [key, copyAt(item, depth + 1)]))
}
