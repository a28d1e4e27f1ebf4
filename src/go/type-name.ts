import { GoObject, Int, type Value } from './value.js'

/**
 * The name of a value's Go type: what `%T` and Sprig's `typeOf` print.
 *
 * @param v any value
 * @returns such as `int`, `float64`, `[]uint8`, `map[string]interface {}`; `<nil>` for nil
 */
export function typeOf (v: Value): string {
  if (v === null) return '<nil>'
  if (typeof v === 'string') return 'string'
  if (typeof v === 'number') return 'float64'
  if (typeof v === 'boolean') return 'bool'
  if (v instanceof Int) return v.kind
  if (v instanceof Map) return 'map[string]interface {}'
  if (v instanceof GoObject) return v.goType
  return v instanceof Uint8Array ? '[]uint8' : '[]interface {}'
}

/**
 * The name of a value's Go kind: what Sprig's `kindOf` prints.
 *
 * @param v any value
 * @returns such as `int64`, `slice`, `map`, `struct`, `ptr`; `invalid` for nil
 */
export function kindOf (v: Value): string {
  if (v === null) return 'invalid'
  if (typeof v === 'string') return 'string'
  if (typeof v === 'number') return 'float64'
  if (typeof v === 'boolean') return 'bool'
  if (v instanceof Int) return v.kind
  if (v instanceof Map) return 'map'
  return v instanceof GoObject ? v.goKind : 'slice'
}
