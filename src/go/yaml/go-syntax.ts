import { compareBytes } from '../bytes.js'
import { sprintf } from '../fmt.js'
import { quote } from '../strconv.js'
import type { Dict, Value } from '../value.js'

/** In which order Go prints keys of different types: by where the types lie in Helm's program. */
const typeOrder = ['null', 'str', 'uint64', 'int', 'float', 'bool']

/** A key as `typedKey` writes it, in its two parts. */
interface TypedKey {
  readonly type: string
  readonly text: string
}

/**
 * A decoded value in Go's syntax, as go-yaml's messages show it (`%#v`).
 *
 * @param value a value decoded exactly: integers are Ints, the keys of maps are written by `typedKey`
 * @returns such as `map[interface {}]interface {}{"a":interface {}(nil)}`
 */
export function goSyntax (value: Value): string {
  if (value === null) return 'interface {}(nil)'
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`
  return value instanceof Map ? `map[interface {}]interface {}{${entries(value).join(', ')}}` : sprintf('%#v', value)
}

function entries (dict: Dict): string[] {
  return [...dict]
    .map(([key, item]) => ({ ...split(key), item }))
    .sort(compareKeys)
    .map(({ type, text, item }) => `${keySyntax({ type, text })}:${goSyntax(item)}`)
}

function split (key: string): TypedKey {
  const space = key.indexOf(' ')
  return { type: key.slice(0, space), text: key.slice(space + 1) }
}

function compareKeys (a: TypedKey, b: TypedKey): number {
  if (a.type !== b.type) return typeOrder.indexOf(a.type) - typeOrder.indexOf(b.type)
  if (a.type === 'int' || a.type === 'uint64') return Number(BigInt(a.text) - BigInt(b.text))
  return a.type === 'float' ? Number(a.text) - Number(b.text) : compareBytes(a.text, b.text)
}

function keySyntax ({ type, text }: TypedKey): string {
  switch (type) {
    case 'null': return 'interface {}(nil)'
    case 'str': return quote(text)
    case 'uint64': return `0x${BigInt(text).toString(16)}`
    case 'float': return sprintf('%#v', Number(text))
    default: return text
  }
}
