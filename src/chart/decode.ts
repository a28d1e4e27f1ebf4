import { compareBytes } from '../go/bytes.js'
import { TimeError } from '../go/errors.js'
import { formatFloat32 } from '../go/format-float.js'
import { quote } from '../go/strconv.js'
import { GoTime } from '../go/time.js'
import { Int, type Dict, type List, type Value } from '../go/value.js'
import { ChartError } from './errors.js'

/** Where a value stands, as encoding/json names it in its errors: the Go struct and the path of JSON names from the root. */
export interface Place {
  readonly struct: string
  readonly path: string
  /** Whether keys that no field has are refused, here and below. */
  readonly strict?: boolean
}

/** How a struct's fields are read: by JSON name; each reader puts what it read where it belongs. */
export type Fields = ReadonlyMap<string, (value: Value, place: Place) => void>

/**
 * Reads a mapping into a struct as encoding/json does: keys in bytewise order (the order in which sigs.k8s.io/yaml hands them over),
 * a field found by its exact name, else without regard to case; other keys ignored, or refused where the place is strict.
 *
 * @param value the parsed mapping; null leaves everything as it is
 * @param goType the struct's name in errors, `v2.Metadata`
 * @param fields the struct's fields
 * @param options `place` of a nested struct, `strict` for the document itself
 * @throws {ChartError} invalid-chart, in encoding/json's words
 */
export function readStruct (value: Value, goType: string, fields: Fields, options: { place?: Place, strict?: boolean } = {}): void {
  if (value === null) return
  if (!(value instanceof Map)) throw mismatch(value, options.place, goType)
  const struct = goType.slice(goType.indexOf('.') + 1)
  const prefix = options.place === undefined ? '' : `${options.place.path}.`
  const strict = options.strict === true || options.place?.strict === true
  for (const key of [...value.keys()].sort(compareBytes)) {
    const name = fields.has(key) ? key : foldedName(fields, key)
    const read = name === undefined ? undefined : fields.get(name)
    if (name !== undefined && read !== undefined) read(value.get(key) ?? null, { struct, path: prefix + name, strict })
    else if (strict) throw new ChartError('invalid-chart', `json: unknown field ${quote(key)}`)
  }
}

function foldedName (fields: Fields, key: string): string | undefined {
  const folded = key.toUpperCase()
  return [...fields.keys()].find(name => name.toUpperCase() === folded)
}

/**
 * Reads a string field as sigs.k8s.io/yaml does: numbers and booleans become their text.
 *
 * @returns the text; undefined for null, which leaves the field as it is
 * @throws {ChartError} invalid-chart for a list or a mapping
 */
export function readString (value: Value, place: Place): string | undefined {
  if (value === null) return undefined
  const text = scalarText(value)
  if (text === undefined) throw mismatch(value, place, 'string')
  return text
}

/** @throws {ChartError} invalid-chart for anything but a boolean or null */
export function readBoolean (value: Value, place: Place): boolean | undefined {
  if (value === null) return undefined
  if (typeof value !== 'boolean') throw mismatch(value, place, 'bool')
  return value
}

/**
 * Reads a time field as encoding/json does.
 *
 * @returns RFC 3339 with as many fractions of a second as there are (Go's RFC3339Nano); undefined for null
 * @throws {ChartError} invalid-chart, in the words of time.Time's UnmarshalJSON
 */
export function readTime (value: Value): string | undefined {
  if (value === null) return undefined
  if (typeof value !== 'string') throw new ChartError('invalid-chart', 'Time.UnmarshalJSON: input is not a JSON string')
  try {
    return GoTime.parseRfc3339(value).rfc3339Nano()
  } catch (thrown) {
    if (!(thrown instanceof TimeError)) throw thrown
    throw new ChartError('invalid-chart', thrown.message, { cause: thrown })
  }
}

/**
 * Reads a list of `goType`; null makes it absent, and `of` sees every element.
 *
 * @throws {ChartError} invalid-chart for anything but a list or null
 */
export function readList<T> (value: Value, place: Place, goType: string, of: (element: Value, index: number) => T): T[] | undefined {
  if (value === null) return undefined
  if (!Array.isArray(value)) throw mismatch(value, place, `[]${goType}`)
  const list: List = value
  return list.map(of)
}

/** Reads a list of strings; null elements become empty strings. */
export function readStrings (value: Value, place: Place): string[] | undefined {
  return readList(value, place, 'string', element => readString(element, place) ?? '')
}

/**
 * Reads map[string]string; null values become empty strings.
 *
 * @param before what the field held, which keys of the new value are added to
 * @throws {ChartError} invalid-chart for anything but a mapping of scalars
 */
export function readStringMap (value: Value, place: Place, before?: ReadonlyMap<string, string>): Map<string, string> | undefined {
  if (value === null) return undefined
  if (!(value instanceof Map)) throw mismatch(value, place, 'map[string]string')
  const map = new Map(before)
  const entries: Dict = value
  for (const key of [...entries.keys()].sort(compareBytes)) map.set(key, readString(entries.get(key) ?? null, place) ?? '')
  return map
}

/**
 * The error of encoding/json for a value of the wrong kind.
 *
 * @param place the field, or undefined for the document itself
 * @param goType the type that was wanted
 * @param prefix what the caller puts before it
 */
export function mismatch (value: Value, place: Place | undefined, goType: string, prefix = ''): ChartError {
  const into = place === undefined ? `value of type ${goType}` : `struct field ${place.struct}.${place.path} of type ${goType}`
  return new ChartError('invalid-chart', `${prefix}json: cannot unmarshal ${jsonKind(value)} into Go ${into}`)
}

function jsonKind (value: Value): string {
  if (Array.isArray(value)) return 'array'
  if (value instanceof Map) return 'object'
  if (typeof value === 'number' || value instanceof Int) return 'number'
  return typeof value === 'boolean' ? 'bool' : 'string'
}

function scalarText (value: Value): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (value instanceof Int) return value.value.toString()
  return typeof value === 'number' ? numberText(value) : undefined
}

/**
 * The text of a YAML number in a string field. An integer keeps its digits; any other number is printed with the digits that tell
 * it from its neighbours in 32 bits (sigs.k8s.io/yaml calls FormatFloat with bit size 32), so that 1.10 becomes `1.1`.
 */
function numberText (value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : formatFloat32(value)
}
