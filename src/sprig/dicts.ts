import { compareBytes } from '../go/bytes.js'
import { typeOf } from '../go/type-name.js'
import type { Dict, List, Value } from '../go/value.js'
import { define, variadic, type FunctionTable } from './define.js'
import { SprigError } from './errors.js'
import { merge } from './merge.js'
import { textOf } from './text.js'
import { strings } from './typed.js'

/**
 * Sprig's functions on maps. `set`, `unset` and the merges change the map that they are given and return it. Go lists keys and values in
 * no order at all; here they come in the order of the keys, so that the same chart always gives the same text.
 */
export const dictFunctions: FunctionTable = new Map([
  ['dict', variadic([], 'any', dict)],
  ['get', define(['dict', 'string'], (map, key) => map.get(key) ?? (map.has(key) ? null : ''))],
  ['set', define(['dict', 'string', 'any'], (map, key, value) => map.set(key, value))],
  ['unset', define(['dict', 'string'], unset)],
  ['hasKey', define(['dict', 'string'], (map, key) => map.has(key))],
  ['pluck', variadic(['string'], 'dict', (key, ...maps) => maps.filter(map => map.has(key)).map(map => map.get(key) ?? null))],
  ['keys', variadic([], 'dict', (...maps) => strings(maps.flatMap(sortedKeys)))],
  ['values', define(['dict'], map => sortedKeys(map).map(key => map.get(key) ?? null))],
  ['pick', variadic(['dict'], 'string', (map, ...keys) => new Map(keys.filter(key => map.has(key)).map(key => [key, map.get(key) ?? null])))],
  ['omit', variadic(['dict'], 'string', (map, ...keys) => new Map([...map].filter(([key]) => !keys.includes(key))))],
  ['merge', variadic(['dict'], 'dict', (target, ...sources) => merge(target, sources, false))],
  ['mustMerge', variadic(['dict'], 'dict', (target, ...sources) => merge(target, sources, false))],
  ['mergeOverwrite', variadic(['dict'], 'dict', (target, ...sources) => merge(target, sources, true))],
  ['mustMergeOverwrite', variadic(['dict'], 'dict', (target, ...sources) => merge(target, sources, true))],
  ['dig', variadic([], 'any', (...path) => dig(path))]
])

function dict (...items: List): Dict {
  const map: Dict = new Map()
  for (let i = 0; i < items.length; i += 2) map.set(textOf(items[i] ?? null), i + 1 < items.length ? items[i + 1] ?? null : '')
  return map
}

function unset (map: Dict, key: string): Dict {
  map.delete(key)
  return map
}

function sortedKeys (map: Dict): string[] {
  return [...map.keys()].sort(compareBytes)
}

/** The keys to go down by, then the value for a missing key, then the map. */
function dig (path: readonly Value[]): Value {
  if (path.length < 3) throw new SprigError('type', 'dig needs at least three arguments')
  let value = path.at(-1) ?? null
  if (!(value instanceof Map)) throw conversionError(value, 'map[string]interface {}')
  const keys = path.slice(0, -2).map(key => {
    if (typeof key !== 'string') throw conversionError(key, 'string')
    return key
  })
  for (const key of keys) {
    if (!(value instanceof Map)) throw conversionError(value, 'map[string]interface {}')
    if (!value.has(key)) return path.at(-2) ?? null
    value = value.get(key) ?? null
  }
  return value
}

function conversionError (value: Value, wanted: string): SprigError {
  return new SprigError('type', `interface conversion: interface {} is ${value === null ? 'nil' : typeOf(value)}, not ${wanted}`)
}
