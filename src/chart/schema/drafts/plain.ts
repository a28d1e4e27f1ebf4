import type { Json } from '../json.js'
import { JsonNumber } from '../number.js'

/** A part of a meta-schema, as it is written in the source. */
export type Plain = boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain }

/** A meta-schema's object. */
export type PlainObject = Readonly<Record<string, Plain>>

/** What is written in the source, as if it had been read from a file. */
export function jsonOf (plain: Plain): Json {
  if (typeof plain === 'number') return new JsonNumber(String(plain))
  if (typeof plain !== 'object') return plain
  if (isList(plain)) return plain.map(jsonOf)
  return new Map(Object.entries(plain).map(([key, value]) => [key, jsonOf(value)]))
}

function isList (plain: Plain): plain is readonly Plain[] {
  return Array.isArray(plain)
}

/** The same schema for several keywords. */
export function each (keywords: readonly string[], schema: Plain): PlainObject {
  return Object.fromEntries(keywords.map(keyword => [keyword, schema]))
}

export const text: PlainObject = { type: 'string' }
export const number: PlainObject = { type: 'number' }
export const flag: PlainObject = { type: 'boolean' }
export const regex: PlainObject = { type: 'string', format: 'regex' }
export const typeNames: PlainObject = { enum: ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] }
