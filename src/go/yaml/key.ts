import { YamlError } from '../errors.js'
import { formatFloat32 } from '../format-float.js'
import { Int, type Value } from '../value.js'
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
 * @param key a scalar key
 * @returns the text; undefined for null and for integers beyond 64 bits with a sign, which `refuseKey` refuses
 */
export function keyText ({ value, tag }: Key): string | undefined {
  if (tag === 'null' || (typeof value === 'bigint' && value > maxInt64)) return undefined
  return tag === 'float' && typeof value === 'number' ? floatKey(value) : scalarText(value)
}

/**
 * What tells two keys apart for go-yaml: the text `1` and the number 1 are two.
 *
 * @param key a scalar key
 * @returns its type and text, parted by a space
 */
export function typedKey ({ value, tag }: Key): string {
  const type = typeof value === 'bigint' && value > maxInt64 ? 'uint64' : tag === 'timestamp' || tag === undefined ? 'str' : tag
  return `${type} ${scalarText(value)}`
}

/**
 * An integer with the kind that go-yaml gives it.
 *
 * @param value an integer of 64 bits, with a sign or without
 * @returns an int, or a uint64 when it is too large for one
 */
export function exactInteger (value: number | bigint): Int {
  const integer = BigInt(value)
  return new Int(integer > maxInt64 ? 'uint64' : 'int', integer)
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

/**
 * Refuses the keys that `keyText` has no text for, as sigs.k8s.io/yaml words it.
 *
 * @param typed a key as `typedKey` writes it
 * @param shown what stands under it, in Go's syntax for the message
 * @throws {YamlError} `type` for null and for integers beyond 64 bits with a sign
 */
export function refuseKey (typed: string, shown: () => string): void {
  const key = typed.startsWith('null ') ? '%!s(<nil>), key: <nil>' : typed.startsWith('uint64 ') ? `uint64, key: 0x${BigInt(typed.slice('uint64 '.length)).toString(16)}` : undefined
  if (key !== undefined) throw new YamlError('type', `unsupported map key of type: ${key}, value: ${shown()}`)
}
