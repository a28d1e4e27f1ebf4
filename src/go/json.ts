import { Buffer } from 'node:buffer'
import { compareBytes } from './bytes.js'
import { Complex } from './complex.js'
import { JsonError } from './errors.js'
import { JsonReader } from './json-reader.js'
import { maxDepth } from './limits.js'
import { NilMap } from './nil-map.js'
import { Int, type GoObject, type Dict, type List, type Value } from './value.js'
import { work } from './work.js'

/** How to write JSON. */
export interface JsonOptions {
  /** Write `<`, `>` and `&` as `\u003c` and so on: true unless told otherwise, as encoding/json does. */
  readonly escapeHtml?: boolean
  /** What each level is indented by; no line breaks at all when absent. */
  readonly indent?: string
}

interface Style {
  readonly special: Special
  readonly indent: string | undefined
}

/** What must be escaped: whether a text holds any, and each of them. */
interface Special {
  readonly any: RegExp
  readonly each: RegExp
}

const specialHtml: Special = { any: /[\x00-\x1f"\\<>&\u2028\u2029\ud800-\udfff]/u, each: /[\x00-\x1f"\\<>&\u2028\u2029\ud800-\udfff]/gu }
const specialPlain: Special = { any: /[\x00-\x1f"\\\u2028\u2029\ud800-\udfff]/u, each: /[\x00-\x1f"\\\u2028\u2029\ud800-\udfff]/gu }

/**
 * A value as encoding/json writes it: keys in bytewise order, floats with an exponent below 1e-6 and from 1e21 on, bytes as base64.
 *
 * @param value any value
 * @param options HTML escaping and indentation
 * @returns the JSON, without a line feed at its end
 * @throws {JsonError} `unsupported` for complex numbers, NaN and infinities (`json: unsupported value: NaN`), `depth` beyond `maxDepth` levels
 */
export function marshalJson (value: Value, options: JsonOptions = {}): string {
  return write(value, { special: options.escapeHtml === false ? specialPlain : specialHtml, indent: options.indent }, '\n', 0)
}

/**
 * Reads JSON into a value: every number becomes a float64, of equal keys the last one counts.
 *
 * @param text one JSON value
 * @returns the value; null for `null`
 * @throws {JsonError} `syntax` worded as encoding/json words it (`invalid character 'x' looking for beginning of value`),
 *   `type` for a number beyond float64, `depth` beyond `maxDepth` levels
 */
export function unmarshalJson (text: string): Value {
  return new JsonReader(text).read()
}

/**
 * Writes one string as encoding/json does, HTML escaped.
 *
 * @param text any text; invalid bytes become U+FFFD
 * @returns the JSON string with its quotes
 */
export function quoteJson (text: string): string {
  return writeString(text, specialHtml)
}

function write (value: Value, style: Style, newline: string, depth: number): string {
  if (typeof value === 'string') return writeString(value, style.special)
  if (value === null) return 'null'
  if (typeof value === 'number') return writeFloat(value)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (value instanceof Int) return value.value.toString()
  if (depth > maxDepth) throw new JsonError('depth', `json: unsupported value: exceeded max depth of ${maxDepth}`)
  if (value instanceof Map) return writeDict(value, style, newline, depth)
  if (Array.isArray(value)) return writeList(value, style, newline, depth)
  if (value instanceof Uint8Array) return `"${Buffer.from(value).toString('base64')}"`
  return writeObject(value, style, newline, depth)
}

function writeFloat (value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value)
  throw new JsonError('unsupported', `json: unsupported value: ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`)
}

function writeDict (dict: Dict, style: Style, newline: string, depth: number): string {
  if (dict.size === 0) return dict instanceof NilMap ? 'null' : '{}'
  work(dict.size * 16 + 24)
  const entries: Array<readonly [string, Value]> = []
  for (const key of [...dict.keys()].sort(compareBytes)) entries.push([key, dict.get(key) ?? null])
  return writeEntries(entries, style, newline, depth)
}

function writeEntries (entries: ReadonlyArray<readonly [string, Value]>, style: Style, newline: string, depth: number): string {
  if (entries.length === 0) return '{}'
  const inner = style.indent === undefined ? '' : newline + style.indent
  const colon = style.indent === undefined ? ':' : ': '
  let out = '{'
  let separator = inner
  for (const [key, value] of entries) {
    out += separator + writeString(key, style.special) + colon + write(value, style, inner, depth + 1)
    separator = `,${inner}`
  }
  return style.indent === undefined ? `${out}}` : `${out}${newline}}`
}

function writeList (list: List, style: Style, newline: string, depth: number): string {
  if (list.length === 0) return '[]'
  work(list.length * 6 + 12)
  const inner = style.indent === undefined ? '' : newline + style.indent
  let out = '['
  for (let i = 0; i < list.length; i++) {
    out += (i === 0 ? inner : `,${inner}`) + write(list[i] ?? null, style, inner, depth + 1)
  }
  return style.indent === undefined ? `${out}]` : `${out}${newline}]`
}

function writeObject (object: GoObject, style: Style, newline: string, depth: number): string {
  if (object instanceof Complex) throw new JsonError('unsupported', `json: unsupported type: ${object.goType}`)
  const own = jsonValueOf(object)
  const replacement = own === undefined ? object.elements() : own
  if (replacement !== undefined) return write(replacement, style, newline, depth + 1)
  return writeEntries(object.jsonFields(), style, newline, depth)
}

function writeString (text: string, special: Special): string {
  if (!special.any.test(text)) return `"${text}"`
  work(text.length * 4)
  return `"${text.replace(special.each, escape)}"`
}

function escape (character: string): string {
  switch (character) {
    case '"': return '\\"'
    case '\\': return '\\\\'
    case '\b': return '\\b'
    case '\f': return '\\f'
    case '\n': return '\\n'
    case '\r': return '\\r'
    case '\t': return '\\t'
    default: {
      const unit = character.charCodeAt(0)
      return unit >= 0xd800 && unit <= 0xdfff ? '\\ufffd' : `\\u${unit.toString(16).padStart(4, '0')}`
    }
  }
}

/**
 * What encoding/json writes in an object's place.
 *
 * @param object any
 * @returns undefined for its elements or fields
 * @throws {JsonError} `unsupported` for a time that RFC 3339 has no text for
 */
export function jsonValueOf (object: GoObject): Value | undefined {
  const own = object.jsonValue()
  const fault = object.goType === 'time.Time' && typeof own === 'string' ? rfc3339Fault(own) : undefined
  if (fault !== undefined) throw new JsonError('unsupported', `json: error calling MarshalJSON for type time.Time: Time.MarshalJSON: ${fault}`)
  return own
}

/**
 * What keeps a time from being written for others to read, as Go's time package words it.
 *
 * @param text the time by RFC 3339's layout
 * @returns undefined when nothing does
 */
export function rfc3339Fault (text: string): string | undefined {
  if (!/^\d{4}-/.test(text)) return 'year outside of range [0,9999]'
  return /(?:Z|[+-](?:[01]\d|2[0-3]):\d\d)$/.test(text) ? undefined : 'timezone hour outside of range [0,23]'
}
