import { basicValue } from '../go/basic-value.js'
import { byteLength, decode, encode } from '../go/bytes.js'
import { typeOf } from '../go/type-name.js'
import { GoObject, Int, type Dict, type List, type Value } from '../go/value.js'
import { BuiltinError } from './errors.js'
import { elementsOf, indirectTypeOf } from './reflect.js'

/**
 * An element of a list, map or string, or one further in (`index`).
 *
 * @param item what is indexed
 * @param indexes one for each level: integers for lists, strings (bytes) and bytes; strings for maps
 * @returns the element; nil for a key that the map lacks; the item itself when there are no indexes
 * @throws {BuiltinError} for nil, an index out of range or of a wrong type, or an item that has no elements
 */
export function index (item: Value, indexes: readonly Value[]): Value {
  if (item === null) throw new BuiltinError('nil', 'index of untyped nil')
  let element: Value = item
  for (const at of indexes) element = elementAt(element, at)
  return element
}

function elementAt (item: Value, at: Value): Value {
  if (item === null) throw new BuiltinError('nil', 'index of nil pointer')
  if (typeof item === 'string') return byteAt(encode(item), at, 'string')
  const elements = elementsOf(item)
  if (elements === undefined) throw new BuiltinError('type', `can't index item of type ${indirectTypeOf(item)}`)
  if (elements instanceof Map) return entryAt(item, elements, at)
  if (elements instanceof Uint8Array) return byteAt(elements, at, 'slice')
  return listElement(elements, at)
}

function listElement (list: List, at: Value): Value {
  const x = indexArgument(at, list.length)
  const element = list[x]
  if (element === undefined) throw outOfReach('slice')
  return element
}

function byteAt (bytes: Uint8Array, at: Value, kind: 'slice' | 'string'): Value {
  const byte = bytes[indexArgument(at, bytes.length)]
  if (byte === undefined) throw outOfReach(kind)
  return new Int('uint8', BigInt(byte))
}

function entryAt (item: Value, entries: Dict, key: Value): Value {
  if (key === null) throw new BuiltinError('nil', 'value is nil; should be of type string')
  if (typeof key !== 'string') throw new BuiltinError('type', `value has type ${typeOf(key)}; should be string`)
  const entry = entries.get(key)
  if (entry !== undefined) return entry
  // A map of a type of its own knows the zero value of its elements.
  return item instanceof GoObject ? item.field(key) ?? null : null
}

/** Go lets the length itself pass its check, then reflection refuses it. */
function outOfReach (kind: 'slice' | 'string'): BuiltinError {
  return new BuiltinError('range', `reflect: ${kind} index out of range`)
}

/** An index as a number, at most `limit`. */
function indexArgument (at: Value, limit: number): number {
  if (at === null) throw new BuiltinError('nil', 'cannot index slice/array with nil')
  const index = basicValue(at)
  if (!(index instanceof Int)) throw new BuiltinError('type', `cannot index slice/array with type ${typeOf(at)}`)
  const x = BigInt.asIntN(64, index.value)
  if (x < 0n || x > BigInt(limit)) throw new BuiltinError('range', `index out of range: ${x}`)
  return Number(x)
}

/**
 * A part of a string, list or bytes (`slice`): `slice x 1 2` is Go's `x[1:2]`.
 *
 * @param item what is cut
 * @param indexes up to three: start, end, capacity; strings count bytes and take two
 * @returns the part
 * @throws {BuiltinError} for nil, an index out of range or of a wrong type, or an item that cannot be cut
 */
export function slice (item: Value, indexes: readonly Value[]): Value {
  if (item === null) throw new BuiltinError('nil', 'slice of untyped nil')
  if (indexes.length > 3) throw new BuiltinError('arguments', `too many slice indexes: ${indexes.length}`)
  const elements = typeof item === 'string' ? item : elementsOf(item)
  if (elements === undefined || elements instanceof Map) throw new BuiltinError('type', `can't slice item of type ${indirectTypeOf(item)}`)
  if (typeof elements !== 'string') return elements.slice(...bounds(elements.length, indexes))
  if (indexes.length === 3) throw new BuiltinError('arguments', 'cannot 3-index slice a string')
  const bytes = encode(elements)
  return decode(bytes.subarray(...bounds(bytes.length, indexes)))
}

function bounds (length: number, indexes: readonly Value[]): [start: number, end: number] {
  const [start = 0, end = length, capacity = length] = indexes.map(at => indexArgument(at, length))
  if (start > end) throw new BuiltinError('range', `invalid slice index: ${start} > ${end}`)
  if (end > capacity) throw new BuiltinError('range', `invalid slice index: ${end} > ${capacity}`)
  return [start, end]
}

/**
 * The number of a value's elements, or of a string's bytes (`len`).
 *
 * @param item any value but no value at all
 * @returns the length
 * @throws {BuiltinError} for nil, or a value without elements
 */
export function length (item: Value): number {
  if (item === null) throw new BuiltinError('nil', 'len of nil pointer')
  const basic = basicValue(item)
  if (typeof basic === 'string') return byteLength(basic)
  const elements = elementsOf(item)
  if (elements === undefined) throw new BuiltinError('type', `len of type ${indirectTypeOf(item)}`)
  return elements instanceof Map ? elements.size : elements.length
}
