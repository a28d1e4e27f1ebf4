import { basicValue } from '../go/basic-value.js'
import { compareBytes } from '../go/bytes.js'
import { sprintf } from '../go/fmt.js'
import { typeOf } from '../go/type-name.js'
import { GoObject, Int, type Value } from '../go/value.js'
import { Complex } from '../go/complex.js'
import { BuiltinError } from './errors.js'

/** The classes within which Go's templates compare; `other` are nil, lists, maps and structs. */
type BasicKind = 'bool' | 'int' | 'uint' | 'float' | 'complex' | 'string' | 'other'

/**
 * Whether the first value equals any of the others (`eq`).
 *
 * @param first any value
 * @param others what it is compared with, in order
 * @returns true at the first that equals it
 * @throws {BuiltinError} when there is nothing to compare with, the types do not fit, or they cannot be compared (lists and maps)
 */
export function equal (first: Value, others: readonly Value[]): boolean {
  if (others.length === 0) throw new BuiltinError('arguments', 'missing argument for comparison')
  for (const other of others) {
    if (equalPair(first, other)) return true
  }
  return false
}

/**
 * Whether two values are the same.
 *
 * @param a any value
 * @param b any value
 * @returns true also for integers of different kinds and the same number
 * @throws {BuiltinError} when the types do not fit, or they cannot be compared
 */
export function equalPair (a: Value, b: Value): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a === b
  const x = basicValue(a)
  const y = basicValue(b)
  if (x instanceof Int && y instanceof Int) return x.value === y.value
  const kind = basicKind(x)
  if (kind !== basicKind(y)) {
    if (a !== null && b !== null) throw incompatible(a, b)
    return false
  }
  if (x instanceof Complex && y instanceof Complex) return x.real === y.real && x.imaginary === y.imaginary
  return kind === 'other' ? equalOther(a, b) : x === y
}

/** Two values of no basic kind: nil equals nil only. */
function equalOther (a: Value, b: Value): boolean {
  if (a === null || b === null) return a === b
  if (goKindOf(a) !== goKindOf(b)) {
    throw new BuiltinError('type', sprintf('non-comparable types %s: %v, %s: %v', a, typeOf(a), typeOf(b), b))
  }
  if (!isComparable(b)) throw new BuiltinError('type', sprintf('non-comparable type %s: %v', b, typeOf(b)))
  return isSame(a, b)
}

/** Pointers are the same when they are one; structs when their fields, or else their texts, are. */
function isSame (a: Value, b: Value): boolean {
  if (a === b) return true
  if (a instanceof Int && b instanceof Int) return a.kind === b.kind && a.value === b.value
  if (!isStruct(a) || !isStruct(b) || a.goType !== b.goType) return false
  const fields = a.fields()
  const others = b.fields()
  if (fields.length === 0) return a.string() !== undefined && a.string() === b.string()
  return fields.every(([, value], i) => isSame(value, others[i]?.[1] ?? null))
}

function isStruct (value: Value): value is GoObject {
  return value instanceof GoObject && value.goKind === 'struct'
}

/**
 * Whether the first value is less than the second (`lt`).
 *
 * @param a a number or string
 * @param b one of the same class
 * @returns Go's order: strings bytewise
 * @throws {BuiltinError} for other types, or two of different classes
 */
export function less (a: Value, b: Value): boolean {
  const x = basicValue(a)
  const y = basicValue(b)
  if (x instanceof Int && y instanceof Int) return x.value < y.value
  const kind = orderedKind(x)
  if (kind !== orderedKind(y)) throw incompatible(a, b)
  if (typeof x === 'string' && typeof y === 'string') return compareBytes(x, y) < 0
  if (typeof x === 'number' && typeof y === 'number') return x < y
  throw badComparison()
}

function orderedKind (value: Value): BasicKind {
  const kind = basicKind(value)
  if (kind === 'other') throw badComparison()
  return kind
}

/**
 * Whether the first value is less than or equal to the second (`le`).
 *
 * @param a a number or string
 * @param b one of the same class
 * @returns false when either is NaN
 * @throws {BuiltinError} as `less`
 */
export function lessOrEqual (a: Value, b: Value): boolean {
  return less(a, b) || equalPair(a, b)
}

function basicKind (value: Value): BasicKind {
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return 'float'
  if (value instanceof Int) return value.kind.startsWith('u') ? 'uint' : 'int'
  return value instanceof Complex ? 'complex' : 'other'
}

function goKindOf (value: Value): string {
  if (value instanceof GoObject) return value.goKind
  return value instanceof Map ? 'map' : 'slice'
}

function isComparable (value: Value): boolean {
  if (value instanceof Map || Array.isArray(value) || value instanceof Uint8Array) return false
  if (!(value instanceof GoObject)) return true
  return !['map', 'slice', 'func'].includes(value.goKind) && (!isStruct(value) || value.fields().every(([, field]) => isComparable(field)))
}

function incompatible (a: Value, b: Value): BuiltinError {
  return new BuiltinError('type', `incompatible types for comparison: ${typeOf(a)} and ${typeOf(b)}`)
}

function badComparison (): BuiltinError {
  return new BuiltinError('type', 'invalid type for comparison')
}
