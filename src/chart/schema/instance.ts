import { Int } from '../../go/value.js'
import type { Json } from './json.js'
import { JsonNumber, Rational } from './number.js'

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

/** Whether two values are equal: numbers by value, objects whatever the order of their keys. @throws {SchemaError} too-complex */
export function equal (a: Json, b: Json): boolean {
  if (a instanceof Map) return b instanceof Map && a.size === b.size && [...a].every(([key, value]) => equalAt(b, key, value))
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => equal(item, b[index] ?? null))
  if (isNumeric(a)) return isNumeric(b) && (Object.is(a, b) || Rational.of(a).compare(Rational.of(b)) === 0)
  return a === b
}

function equalAt (object: Map<string, Json>, key: string, value: Json): boolean {
  const other = object.get(key)
  return other !== undefined && equal(value, other)
}

/** How many values a value consists of: what comparing it costs. */
export function sizeOf (value: Json): number {
  if (value instanceof Map) return [...value.values()].reduce((sum: number, item) => sum + sizeOf(item), 1)
  return Array.isArray(value) ? value.reduce((sum: number, item) => sum + sizeOf(item), 1) : 1
}

/**
 * The first two equal items of a list.
 *
 * @returns their indices, the lower one first
 * @throws {SchemaError} too-complex
 */
export function firstDuplicate (list: readonly Json[]): readonly [number, number] | undefined {
  const seen = new Map<string, number[]>()
  for (const [index, item] of list.entries()) {
    const key = bucketOf(item)
    const bucket = seen.get(key) ?? []
    const earlier = bucket.find(other => equal(item, list[other] ?? null))
    if (earlier !== undefined) return [earlier, index]
    seen.set(key, [...bucket, index])
  }
  return undefined
}

/** A text that equal values have in common, and few others. */
function bucketOf (value: Json): string {
  if (value instanceof Map) return `{${[...value.keys()].sort().map(key => `${JSON.stringify(key)}:${bucketOf(value.get(key) ?? null)}`).join()}}`
  if (Array.isArray(value)) return `[${value.map(bucketOf).join()}]`
  if (isNumeric(value)) return String(Rational.of(value).float + 0)
  return JSON.stringify(value)
}
