import { compareBytes } from '../go/bytes.js'
import { sprintf } from '../go/fmt.js'
import { typeOf } from '../go/type-name.js'
import { GoObject, Int, type Value } from '../go/value.js'
import { Complex } from './complex.js'
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
  const kind = basicKind(a)
  const other = basicKind(b)
  if (kind !== other) {
    if (a instanceof Int && b instanceof Int) return a.value === b.value
    if (a !== null && b !== null) throw incompatible(a, b)
    return false
  }
  if (a instanceof Int && b instanceof Int) return a.value === b.value
  if (a instanceof Complex && b instanceof Complex) return a.real === b.real && a.imaginary === b.imaginary
  return kind === 'other' ? equalOther(a, b) : a === b
}

/** Two values of no basic kind: nil equals nil only, and pointers and structs the same object only. */
function equalOther (a: Value, b: Value): boolean {
  if (a === null || b === null) return a === b
  if (goKindOf(a) !== goKindOf(b)) {
    throw new BuiltinError('type', sprintf('non-comparable types %s: %v, %s: %v', a, typeOf(a), typeOf(b), b))
  }
  if (!isComparable(b)) throw new BuiltinError('type', sprintf('non-comparable type %s: %v', b, typeOf(b)))
  return a === b
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
  const kind = orderedKind(a)
  const other = orderedKind(b)
  if (a instanceof Int && b instanceof Int) return a.value < b.value
  if (kind !== other) throw incompatible(a, b)
  if (typeof a === 'string' && typeof b === 'string') return compareBytes(a, b) < 0
  if (typeof a === 'number' && typeof b === 'number') return a < b
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
  return value instanceof GoObject && !['map', 'slice', 'func'].includes(value.goKind)
}

function incompatible (a: Value, b: Value): BuiltinError {
  return new BuiltinError('type', `incompatible types for comparison: ${typeOf(a)} and ${typeOf(b)}`)
}

function badComparison (): BuiltinError {
  return new BuiltinError('type', 'invalid type for comparison')
}
