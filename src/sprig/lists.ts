import { compareBytes } from '../go/bytes.js'
import { kindOf } from '../go/type-name.js'
import type { GoFunc, List, Value } from '../go/value.js'
import { work } from '../go/work.js'
import { define, variadic, type FunctionTable } from './define.js'
import { isEmpty } from './empty.js'
import { deepEqual } from './equal.js'
import { SprigError } from './errors.js'
import { toInt64 } from './numbers.js'
import { textOf, textsOf } from './text.js'
import { listOf, nilWhenEmpty, strings, TypedSlice } from './typed.js'

/** Sprig's functions on lists. None changes the list it is given; each takes any Go slice and gives a `[]interface {}`. */
export const listFunctions: FunctionTable = new Map([
  ['list', variadic([], 'any', (...items) => items)],
  ['tuple', variadic([], 'any', (...items) => items)],
  ...pair('first', name => define(['any'], list => elementsOf(list, `find ${name} on`)[0] ?? null)),
  ...pair('last', name => define(['any'], list => elementsOf(list, `find ${name} on`).at(-1) ?? null)),
  ...pair('rest', name => define(['any'], list => withoutOne(elementsOf(list, `find ${name} on`), 1))),
  ...pair('initial', name => define(['any'], list => withoutOne(elementsOf(list, `find ${name} on`), 0))),
  ...pair('append', () => define(['any', 'any'], (list, item) => [...elementsOf(list, 'push on'), item])),
  ...pair('push', name => define(['any', 'any'], (list, item) => [...elementsOf(list, `${name} on`), item])),
  ...pair('prepend', name => define(['any', 'any'], (list, item) => [item, ...elementsOf(list, `${name} on`)])),
  ...pair('reverse', name => define(['any'], list => elementsOf(list, `find ${name} on`).toReversed())),
  ...pair('compact', name => define(['any'], list => elementsOf(list, `${name} on`).filter(item => !isEmpty(item)))),
  ...pair('uniq', name => define(['any'], list => unique(elementsOf(list, `find ${name} on`)))),
  ...pair('without', name => variadic(['any'], 'any', (list, ...omitted) =>
    elementsOf(list, `find ${name} on`).filter(item => !omitted.some(other => deepEqual(item, other))))),
  ...pair('has', name => define(['any', 'any'], (needle, list) =>
    list !== null && elementsOf(list, `find ${name} on`).some(item => deepEqual(needle, item)))),
  ...pair('slice', () => variadic(['any'], 'any', (list, ...indices) => slice(list, indices))),
  ...pair('chunk', () => define(['int', 'any'], chunk)),
  ['concat', variadic([], 'any', (...lists) => nilWhenEmpty(lists.flatMap(list => {
    const items = present(list)
    if (items === undefined) throw new SprigError('type', `Cannot concat type ${kindOf(list)} as list`)
    return items
  })))],
  ['sortAlpha', define(['any'], list => strings(listOf(list) === undefined ? [textOf(list)] : sorted(textsOf(list))))]
])

function sorted (texts: string[]): string[] {
  work(texts.length * Math.ceil(Math.log2(texts.length + 1)) * 4)
  return texts.sort(compareBytes)
}

/** A function and its `must` form: Sprig's plain one panics where the other returns an error, which a template cannot tell apart. */
function pair (name: string, make: (name: string) => GoFunc): Array<[string, GoFunc]> {
  const made = make(name)
  return [[name, made], [`must${name.charAt(0).toUpperCase()}${name.slice(1)}`, made]]
}

/** The elements of a slice, or undefined for another kind of value; nil fails as Go's reflection does. */
function present (value: Value): List | undefined {
  if (value === null) throw new SprigError('nil', 'runtime error: invalid memory address or nil pointer dereference')
  return listOf(value)
}

function elementsOf (value: Value, doing: string): List {
  const list = present(value)
  if (list === undefined) throw new SprigError('type', `Cannot ${doing} type ${kindOf(value)}`)
  return list
}

/** The list without its first element (`start` 1) or its last one (`start` 0); of an empty list, Go's nil slice. */
function withoutOne (list: List, start: 0 | 1): Value {
  return list.length === 0 ? nilWhenEmpty([]) : list.slice(start, list.length - 1 + start)
}

/** Scalars are looked up; lists and maps are compared one by one, as DeepEqual must. */
function unique (list: List): List {
  const seen = new Set<Value>()
  const found: List = []
  for (const item of list) {
    if (typeof item === 'string' || typeof item === 'boolean') {
      if (seen.has(item)) continue
      seen.add(item)
    } else if (found.some(other => deepEqual(item, other))) {
      continue
    }
    found.push(item)
  }
  return found
}

function slice (value: Value, indices: readonly Value[]): Value {
  const list = present(value)
  if (list === undefined) throw new SprigError('type', `list should be type of slice or array but ${kindOf(value)}`)
  if (list.length === 0) return null
  const start = Number(toInt64(indices[0] ?? null))
  const end = indices.length < 2 ? list.length : Number(toInt64(indices[1] ?? null))
  // Go checks against the capacity, which here is the length.
  if (start < 0 || start > end || end > list.length) throw new SprigError('bounds', 'reflect.Value.Slice: slice index out of bounds')
  const part = list.slice(start, end)
  if (value instanceof TypedSlice) return new TypedSlice(value.goType, part)
  return value instanceof Uint8Array ? value.slice(start, end) : part
}

/** What Sprig's arithmetic makes of a size that is not positive: mostly a panic, nothing where the list is shorter than the size, and of a single element a chunk. */
function chunkBackwards (size: number, list: List): Value {
  const count = Math.floor((list.length - 1) / size) + 1
  if (count === 0) return new TypedSlice('[][]interface {}', [])
  if (count !== 1 || list.length % size === 0) throw new SprigError('bounds', 'runtime error: makeslice: len out of range')
  return new TypedSlice('[][]interface {}', [[...list]])
}

function chunk (size: number, value: Value): Value {
  const list = present(value)
  if (list === undefined) throw new SprigError('type', `Cannot chunk type ${kindOf(value)}`)
  if (size <= 0) return chunkBackwards(size, list)
  work(list.length / size * 16)
  const chunks: List = []
  for (let start = 0; start < list.length; start += size) chunks.push(list.slice(start, start + size))
  return new TypedSlice('[][]interface {}', chunks)
}
