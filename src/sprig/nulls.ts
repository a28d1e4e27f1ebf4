import { maxDepth } from '../go/limits.js'
import type { Dict, List, Value } from '../go/value.js'
import { dictOf, listOf, NamedMap, NilMap, StringMap, TypedSlice } from './typed.js'

/**
 * Puts null in the place of Go's nil slices and nil maps, which encoding/json writes as null: the writers of JSON and YAML would show
 * them as empty.
 *
 * @param value any value
 * @returns the value itself when there are none in it, else a copy of what holds them; what nests too deeply is left for the writer to refuse
 */
export function withNulls (value: Value): Value {
  return replaced(value, 0)
}

function replaced (value: Value, depth: number): Value {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array || depth > maxDepth) return value
  if (isNil(value)) return null
  const list = listOf(value)
  if (list !== undefined) return replacedList(value, list, depth)
  const dict = dictOf(value)
  return dict === undefined ? value : replacedDict(value, dict, depth)
}

function replacedList (value: Value, list: List, depth: number): Value {
  const items = list.map(item => replaced(item, depth + 1))
  return items.every((item, i) => item === list[i]) ? value : items
}

function replacedDict (value: Value, dict: Dict, depth: number): Value {
  let copy: Dict | undefined
  for (const [key, item] of dict) {
    const other = replaced(item, depth + 1)
    if (other === item) continue
    copy ??= new Map(dict)
    copy.set(key, other)
  }
  return copy ?? value
}

/**
 * Whether a value is nil to Go's reflection.
 *
 * @param value any value
 * @returns true for nil, a nil slice and a nil map
 */
export function isNil (value: Value): boolean {
  if (value === null) return true
  if (value instanceof TypedSlice) return value.isNil
  return (value instanceof NamedMap || value instanceof StringMap) && value.entries instanceof NilMap
}
