import { basicValue } from '../go/basic-value.js'
import { formatValue } from '../go/fmt.js'
import { typeOf } from '../go/type-name.js'
import { GoObject, Int, type Dict, type List, type Value } from '../go/value.js'
import { Complex } from '../go/complex.js'

/**
 * A value as Go's templates hold it: undefined is reflect's zero Value, no value at all (what a pipeline that ended in nil gives, or a
 * missing key under `missingkey=default`); null is a nil interface{} (what a map or list holds). They print alike, but a field of the
 * first is no value again, and a field of the second is an error.
 */
export type Reflected = Value | undefined

/** How Go prints the type of a value that was taken out of a map or list of interface{}. */
export const interfaceType = 'interface {}'

/**
 * What a pipeline makes of its value: the content of the interface, so that nil is no value.
 *
 * @param value any value
 * @returns the value; undefined for null
 */
export function unwrap (value: Reflected): Reflected {
  return value === null ? undefined : value
}

/**
 * Whether a value counts as true: not the zero of its type, not empty.
 *
 * @param value any value
 * @returns Go's template.IsTrue
 */
export function isTrue (value: Reflected): boolean {
  if (value === undefined || value === null) return false
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return value !== ''
  if (value instanceof Map) return value.size > 0
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length > 0
  if (value instanceof Int) return value.value !== 0n
  return typeof value === 'number' ? value !== 0 : isTrueObject(value)
}

function isTrueObject (object: GoObject): boolean {
  if (object instanceof Complex) return object.real !== 0 || object.imaginary !== 0
  const content = object.elements() ?? basicValue(object)
  return content === object || isTrue(content)
}

/**
 * The text that an action prints.
 *
 * @param value any value; a nil prints `<no value>`
 * @returns `%v`, but of a pointer to a struct what it points to, and of a part of it what a pointer to that part would print
 * @throws {FmtError} when the value nests too deeply
 */
export function printed (value: Reflected): string {
  return (value instanceof GoObject ? value.inPlace() : undefined) ?? named(value)
}

/**
 * The text by which an error names a value.
 *
 * @param value any value
 * @returns as an action prints it, but without the methods of a pointer to it
 * @throws {FmtError} when the value nests too deeply
 */
export function named (value: Reflected): string {
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return '<no value>'
  const text = formatValue(value)
  return isPlainPointer(value) ? text.slice(1) : text
}

/** Whether `%v` begins with an ampersand. */
function isPlainPointer (value: Value): boolean {
  return value instanceof GoObject && value.goKind === 'ptr' && value.string() === undefined && value.elements() === undefined
}

/**
 * The elements of a list, map or named type of either.
 *
 * @param value any value
 * @returns them; undefined when it has none
 */
export function elementsOf (value: Value): List | Dict | Uint8Array | undefined {
  if (value instanceof Map || Array.isArray(value) || value instanceof Uint8Array) return value
  return value instanceof GoObject ? value.elements() : undefined
}

/**
 * Whether the elements of a list or map are interface{} to Go, and not of a type of their own: it shows in errors.
 *
 * @param container a list or map
 * @returns false for bytes and for slices and maps such as `[]string`
 */
export function holdsInterfaces (container: Value): boolean {
  if (!(container instanceof GoObject)) return !(container instanceof Uint8Array)
  if (/^(?:\[\]|map\[)/.test(container.goType)) return /^(?:\[\]|map\[\w+\])interface \{\}$/.test(container.goType)
  return container.goKind === 'map' && container.elementType === interfaceType
}

/**
 * The type of what a pointer points to; of any other value, its own.
 *
 * @param value any value
 * @returns such as `string` or `common.Capabilities`
 */
export function indirectTypeOf (value: Value): string {
  const type = typeOf(value)
  return value instanceof GoObject && value.goKind === 'ptr' ? type.replace(/^\*/, '') : type
}
