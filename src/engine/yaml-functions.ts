import { messageOf } from '../errors.js'
import { JsonError, JsonNumberError, YamlError } from '../go/errors.js'
import { marshalJson, unmarshalJson } from '../go/json.js'
import type { Value } from '../go/value.js'
import { marshalYaml, marshalYamlPretty, unmarshalYaml } from '../go/yaml.js'
import { define, type FunctionTable } from '../sprig/define.js'
import { NamedMap, TypedSlice } from '../sprig/typed.js'

/** Helm's own functions to write and read YAML and JSON. Those without `must` never fail: what cannot be written is empty. */
export const dataFunctions: FunctionTable = new Map([
  ['toYaml', define(['any'], toYaml)],
  ['mustToYaml', define(['any'], value => withoutLineFeed(marshalYaml(value)))],
  ['toYamlPretty', define(['any'], value => orEmpty(() => withoutLineFeed(marshalYamlPretty(value))))],
  ['toJson', define(['any'], value => orEmpty(() => marshalJson(value)))],
  ['mustToJson', define(['any'], value => marshalJson(value))],
  // An empty document leaves the map or list that Helm reads into as it was; the null of JSON makes it nil.
  ['fromYaml', define(['string'], text => readMap(() => unmarshalYaml(text) ?? new Map(), yamlPrefix))],
  ['fromYamlArray', define(['string'], text => readList(() => unmarshalYaml(text) ?? [], yamlPrefix))],
  ['fromJson', define(['string'], text => readMap(() => unmarshalJson(text), ''))],
  ['fromJsonArray', define(['string'], text => readList(() => unmarshalJson(text), ''))]
])

const yamlPrefix = 'error unmarshaling JSON: while decoding JSON: '

/**
 * Helm's toYaml.
 *
 * @param value any value
 * @returns its YAML without the line feed at the end; empty when it has none
 */
export function toYaml (value: Value): string {
  return orEmpty(() => withoutLineFeed(marshalYaml(value)))
}

function withoutLineFeed (text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text
}

function orEmpty (write: () => string): string {
  try {
    return write()
  } catch (error) {
    if ((error instanceof YamlError && error.code !== 'internal') || error instanceof JsonError) return ''
    throw error
  }
}

/** A map; an error gives a map with the key Error, and null a nil map, as decoding into a Go map does. */
function readMap (read: () => Value, prefix: string): Value {
  const goType = 'map[string]interface {}'
  try {
    const value = read()
    if (value instanceof Map) return value
    return value === null ? new NamedMap(goType) : new Map([['Error', mismatch(value, goType, prefix)]])
  } catch (error) {
    if (error instanceof JsonNumberError) return new Map([...error.value instanceof Map ? error.value : [], ['Error', wrongNumber(error, error.value instanceof Map, goType)]])
    if (error instanceof YamlError || error instanceof JsonError) return new Map([['Error', messageOf(error)]])
    throw error
  }
}

/** A list; an error gives a list of the error's text, and null a nil slice. */
function readList (read: () => Value, prefix: string): Value {
  const goType = '[]interface {}'
  try {
    const value = read()
    if (Array.isArray(value)) return value
    return value === null ? new TypedSlice(goType) : [mismatch(value, goType, prefix)]
  } catch (error) {
    if (error instanceof JsonNumberError) return [wrongNumber(error, Array.isArray(error.value), goType)]
    if (error instanceof YamlError || error instanceof JsonError) return [messageOf(error)]
    throw error
  }
}

/** What the text is, is told of before the numbers in it. */
function wrongNumber (error: JsonNumberError, fits: boolean, goType: string): string {
  return fits ? error.message : mismatch(error.value, goType, '')
}

function mismatch (value: Value, goType: string, prefix: string): string {
  return `${prefix}json: cannot unmarshal ${jsonKind(value)} into Go value of type ${goType}`
}

function jsonKind (value: Value): string {
  if (Array.isArray(value)) return 'array'
  if (value instanceof Map) return 'object'
  if (typeof value === 'boolean') return 'bool'
  return typeof value === 'string' ? 'string' : 'number'
}
