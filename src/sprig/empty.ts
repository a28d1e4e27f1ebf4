import { GoObject, Int, type Value } from '../go/value.js'

/**
 * Sprig's `empty`: whether a value is its type's zero value.
 *
 * @param value any value
 * @returns true for nil, false, zero, and for texts, lists and maps without elements; a struct is never empty
 */
export function isEmpty (value: Value): boolean {
  if (value === null || value === false || value === '' || value === 0) return true
  if (value instanceof Int) return value.value === 0n
  if (value instanceof Map) return value.size === 0
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length === 0
  if (!(value instanceof GoObject)) return false
  const elements = value.elements()
  return elements !== undefined && (Array.isArray(elements) ? elements.length : elements.size) === 0
}
