import { Buffer } from 'node:buffer'
import { byteLength, encode, isValidUtf8 } from '../go/bytes.js'
import { formatFloat } from '../go/strconv.js'
import { GoObject, Int, type Dict, type List, type Value } from '../go/value.js'
import { compareKeys } from '../go/yaml/key-order.js'
import { chooseStyle, isMultiline } from '../go/yaml/style.js'
import { writeDouble, writeLiteral, writePlain, writeSingle } from '../go/yaml/write.js'
import { checkDepth } from '../sprig/equal.js'
import { listOf } from '../sprig/typed.js'

/** What a node stands behind: nothing, a dash or question mark, or the colon of a key. */
type Place = 'root' | 'item' | 'value'

/** A longer key, in bytes, is written as `? key`. */
const longestKey = 128

/**
 * A value as go-yaml v3 writes it with an indentation of two: what `toYamlPretty` gives. It differs from `toYaml` in that lists are
 * indented below their key, long lines are not folded, tabs may stand in literal blocks, and values do not pass through JSON.
 *
 * @param value any value
 * @returns the YAML, without a line feed at its end
 * @throws {SprigError} code `limit` when it nests too deeply
 */
export function prettyYaml (value: Value): string {
  return node(value, 'root', 0).replace(/\n$/, '')
}

/** A node with what separates it from the indicator before it; `indent` is the column of its own entries. */
function node (value: Value, place: Place, indent: number): string {
  checkDepth(indent / 2)
  const plain = value instanceof GoObject ? value.string() ?? value.elements() ?? new Map(value.fields().map(([name, field]) => [name.toLowerCase(), field])) : value
  if (value instanceof GoObject && typeof plain === 'string') return spaced(place, literalText(value, plain))
  if (plain instanceof Map) return entries(plain, place, indent)
  const list = listOf(plain)
  if (list !== undefined) return items(list, place, indent)
  return spaced(place, typeof plain === 'string' ? text(plain, false, indent) : bare(plain))
}

function spaced (place: Place, written: string): string {
  return `${place === 'root' ? '' : ' '}${written}${written.startsWith('|') && written.endsWith('\n') ? '' : '\n'}`
}

function entries (dict: Dict, place: Place, indent: number): string {
  if (dict.size === 0) return spaced(place, '{}')
  const lines = [...dict.keys()].sort(compareKeys).map(key => {
    const value = dict.get(key) ?? null
    if (isSimple(key)) return `${text(key, true, indent)}:${node(value, 'value', indent + 2)}`
    return `?${node(key, 'item', indent + 2)}${' '.repeat(indent)}:${node(value, 'item', indent + 2)}`
  })
  return block(lines, place, indent)
}

function items (list: List, place: Place, indent: number): string {
  if (list.length === 0) return spaced(place, '[]')
  return block(list.map(item => `-${node(item, 'item', indent + 2)}`), place, indent)
}

/** The first entry stands on the line of the indicator before it, unless that is a key. */
function block (lines: readonly string[], place: Place, indent: number): string {
  const padding = ' '.repeat(indent)
  return `${place === 'value' ? `\n${padding}` : place === 'item' ? ' ' : ''}${lines.join(padding)}`
}

function isSimple (key: string): boolean {
  return byteLength(key) <= longestKey && !isMultiline(key)
}

function text (value: string, simpleKey: boolean, indent: number): string {
  if (!isValidUtf8(value) && !/[\ud800-\udbff]/u.test(value)) return `!!binary ${Buffer.from(encode(value)).toString('base64')}`
  const position = { column: 0, indent, foldable: false }
  // go-yaml v3 allows tabs in literal blocks, v2 does not.
  const style = chooseStyle(value.includes('\n') ? value.replaceAll('\t', '.') : value, simpleKey)
  switch (style) {
    case 'plain': return writePlain(value, position)
    case 'single': return writeSingle(value, position)
    case 'double': return writeDouble(value, position)
    case 'literal': return writeLiteral(value, Math.max(indent, 2))
  }
}

/** A duration is a text like any other; a time stands as it is. */
function literalText (object: GoObject, shown: string): string {
  const json = object.jsonValue()
  return text(typeof json === 'string' && object.goType === 'time.Time' ? json : shown, false, 0).replace(/^"(\d{4}-.*)"$/, '$1')
}

function bare (value: Value): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (value instanceof Int) return value.value.toString()
  if (typeof value !== 'number') return ''
  if (Number.isFinite(value)) return formatFloat(value, 'g', -1)
  return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf'
}
