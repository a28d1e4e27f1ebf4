import { Int } from '../../go/value.js'
import type { Json } from './json.js'
import { JsonNumber, plainDecimal } from './number.js'

/** JSON Schema's types, in the order in which they are listed in errors. */
export const jsonTypes = ['null', 'boolean', 'number', 'integer', 'string', 'array', 'object'] as const
export type JsonType = typeof jsonTypes[number]

/** A number of any kind. */
export type JsonNumeric = number | Int | JsonNumber

/** Whether a value is a number that JSON can have. */
export function isNumeric (value: Json): value is JsonNumeric {
  return (typeof value === 'number' && Number.isFinite(value)) || value instanceof Int || value instanceof JsonNumber
}

/**
 * The type of a value; every number is a `number`.
 *
 * @returns undefined for what JSON has not: infinities, bytes, objects of Go
 */
export function typeOfJson (value: Json): Exclude<JsonType, 'integer'> | undefined {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'string') return 'string'
  if (isNumeric(value)) return 'number'
  if (Array.isArray(value)) return 'array'
  return value instanceof Map ? 'object' : undefined
}

/** Whether a value is a number without a fraction: 5.0 and 1e3 are. @throws {SchemaError} too-complex */
export function isInteger (value: Json): boolean {
  if (typeof value === 'number') return Number.isInteger(value)
  return value instanceof Int || (value instanceof JsonNumber && value.rational.isInteger())
}

/** Whether two values are equal: numbers by value, objects whatever the order of their keys. */
export function equal (a: Json, b: Json): boolean {
  if (a instanceof Map) return b instanceof Map && a.size === b.size && [...a].every(([key, value]) => equalAt(b, key, value))
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => equal(item, b[index] ?? null))
  if (isNumeric(a)) return isNumeric(b) && (a === b || decimalOf(a) === decimalOf(b))
  return a === b
}

function equalAt (object: Map<string, Json>, key: string, value: Json): boolean {
  const other = object.get(key)
  return other !== undefined && equal(value, other)
}

/** How many values a value consists of, long texts counting for more: what comparing it costs. */
export function sizeOf (value: Json): number {
  if (value instanceof Map) return [...value.values()].reduce((sum: number, item) => sum + sizeOf(item), 1)
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + sizeOf(item), 1)
  return typeof value === 'string' ? 1 + (value.length >> 7) : 1
}

/**
 * The first two equal items of a list.
 *
 * @returns their indices, the lower one first
 */
export function firstDuplicate (list: readonly Json[]): readonly [number, number] | undefined {
  const seen = new Map<string, number>()
  for (const [index, item] of list.entries()) {
    const key = textOf(item)
    const earlier = seen.get(key)
    if (earlier !== undefined) return [earlier, index]
    seen.set(key, index)
  }
  return undefined
}

/** A text that equal values have in common, and no others. */
function textOf (value: Json): string {
  if (value instanceof Map) return `{${[...value.keys()].sort().map(key => `${JSON.stringify(key)}:${textOf(value.get(key) ?? null)}`).join()}}`
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`
  return isNumeric(value) ? decimalOf(value) : JSON.stringify(value)
}

function decimalOf (value: JsonNumeric): string {
  if (value instanceof JsonNumber) return value.decimal
  return plainDecimal(value instanceof Int ? value.value.toString() : String(value))
}
