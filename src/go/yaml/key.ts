import { compareBytes } from '../bytes.js'
import { YamlError } from '../errors.js'
import { formatFloat, formatFloat32 } from '../format-float.js'
import { quote } from '../strconv.js'
import type { Value } from '../value.js'
import type { ScalarTag } from './scalar.js'

/** A mapping's key as it was read; without a tag it is a list or a mapping. */
export interface Key {
  readonly value: Value | bigint
  readonly tag: ScalarTag | undefined
}

const maxInt64 = 2n ** 63n - 1n

/**
 * A key as sigs.k8s.io/yaml turns it into a JSON key: `yes` is `true`, `0x10` is `16`, `1.50` is `1.5`.
 *
 * @param key the key
 * @param value what stands under it, for the message
 * @returns the text
 * @throws {YamlError} `type` for null and for integers beyond 64 bits with a sign
 */
export function keyText (key: Key, value: Value | bigint): string {
  const { tag, value: found } = key
  if (tag === 'null') throw unsupported('%!s(<nil>)', '<nil>', value)
  if (typeof found === 'bigint' && found > maxInt64) throw unsupported('uint64', `0x${found.toString(16)}`, value)
  if (tag === 'float' && typeof found === 'number') return floatKey(found)
  return scalarText(found)
}

/**
 * What tells two keys apart for go-yaml: the text `1` and the number 1 are two.
 *
 * @param key a scalar key
 * @returns a text that is the same for the same keys
 */
export function typedKey (key: Key): string {
  return `${key.tag === 'timestamp' ? 'str' : key.tag ?? ''} ${scalarText(key.value)}`
}

/**
 * A key or value in Go's syntax, as go-yaml's messages show it (`%#v` of what it decoded).
 *
 * @param value any decoded value
 * @returns such as `map[interface {}]interface {}{"a":interface {}(nil)}`
 */
export function goSyntax (value: Value | bigint): string {
  if (value === null) return 'interface {}(nil)'
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 1e21 ? String(value) : formatFloat(value, 'g', -1)
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`
  if (!(value instanceof Map)) return typeof value === 'object' ? '' : String(value)
  const entries = [...value].sort(([a], [b]) => compareBytes(a, b)).map(([key, item]) => `${quote(key)}:${goSyntax(item)}`)
  return `map[interface {}]interface {}{${entries.join(', ')}}`
}

/**
 * A scalar's value as text.
 *
 * @param value a string, a boolean or a number; anything else gives an empty text
 * @returns the text
 */
export function scalarText (value: Value | bigint): string {
  return typeof value === 'object' ? '' : String(value)
}

/** Kept to float32's digits, as sigs.k8s.io/yaml writes such keys. */
function floatKey (value: number): string {
  const text = formatFloat32(value)
  if (text === 'NaN') return '.nan'
  return text === '+Inf' ? '.inf' : text === '-Inf' ? '-.inf' : text
}

function unsupported (type: string, key: string, value: Value | bigint): YamlError {
  const shown = value === null ? '<nil>' : goSyntax(value)
  return new YamlError('type', `unsupported map key of type: ${type}, key: ${key}, value: ${shown}`)
}
