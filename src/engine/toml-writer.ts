import { compareBytes } from '../go/bytes.js'
import { Complex } from '../go/complex.js'
import { formatFloat } from '../go/strconv.js'
import { formatTime, utc } from '../go/time.js'
import { localLayout } from '../go/toml/datetime.js'
import { keyText, quoteToml } from '../go/toml/key.js'
import { GoObject, Int, type Dict, type List, type Value } from '../go/value.js'
import { work } from '../go/work.js'
import { checkDepth, noType } from '../sprig/equal.js'
import { SprigError } from '../sprig/errors.js'
import { TimeObject } from '../sprig/time-object.js'
import { dictOf, isNil, listOf } from '../sprig/typed.js'

/**
 * A value as BurntSushi's encoder writes TOML: keys in bytewise order, those of scalars before those of tables, sub-tables indented by two.
 *
 * @param value a map; a scalar is written as it is
 * @returns the TOML
 * @throws {SprigError} code `nil` for nil; code `type` for nil in a list, and for a list of maps without a key; code `limit` when it nests too deeply
 */
export function writeToml (value: Value): string {
  if (value === null) throw new SprigError('nil', noType)
  return new TomlWriter().write(value)
}

class TomlWriter {
  #text = ''

  write (value: Value): string {
    this.#encode([], value)
    return this.#text
  }

  #encode (key: readonly string[], value: Value): void {
    checkDepth(key.length)
    work(key.length * 4 + 16)
    if (value instanceof Complex) throw new SprigError('type', `unsupported type for key '${keyText(key)}': ${value.goType}`)
    // A nil slice is left out of a table, but is no error by itself.
    if (isNil(value) && (key.length > 0 || listOf(value) === undefined)) return
    const list = listOf(value)
    const dict = dictOf(value)
    if (dict !== undefined) this.#table(key, dict)
    else if (list !== undefined && isTableArray(list)) this.#tables(key, list)
    else this.#keyValue(key, value)
  }

  /** Between tables at the top there is an empty line. */
  #table (key: readonly string[], dict: Dict): void {
    if (key.length === 1) this.#newline()
    if (key.length > 0) this.#text += `${indentOf(key)}[${keyText(key)}]\n`
    this.#entries(key, dict)
  }

  #tables (key: readonly string[], list: List): void {
    if (key.length === 0) throw new SprigError('type', 'toml: top-level values must be Go maps or structs')
    for (const item of list) {
      this.#newline()
      this.#text += `${indentOf(key)}[[${keyText(key)}]]\n`
      this.#entries(key, dictOf(item) ?? new Map<string, Value>())
    }
  }

  #entries (key: readonly string[], dict: Dict): void {
    for (const name of orderedKeys(dict)) this.#encode([...key, name], dict.get(name) ?? null)
  }

  #keyValue (key: readonly string[], value: Value): void {
    const last = key.at(-1)
    this.#text += last === undefined ? element(value, 0) : `${indentOf(key)}${keyText([last])} = ${element(value, 0)}\n`
  }

  #newline (): void {
    if (this.#text !== '') this.#text += '\n'
  }
}

/** The keys of scalars and lists, then those of tables; each in their order. */
function orderedKeys (dict: Dict): string[] {
  const keys = [...dict.keys()].sort(compareBytes)
  const tables = new Set(keys.filter(key => isTable(dict.get(key) ?? null)))
  return [...keys.filter(key => !tables.has(key)), ...tables]
}

function isTable (value: Value): boolean {
  if (isNil(value)) return false
  checkType(value)
  const list = listOf(value)
  return list === undefined ? dictOf(value) !== undefined : isTableArray(list)
}

function isTableArray (list: List): boolean {
  work(list.length * 8 + 8)
  let all = list.length > 0
  for (const item of list) {
    if (isNil(item)) throw new SprigError('type', 'toml: cannot encode array with nil element')
    checkType(item)
    const inner = listOf(item)
    if (inner !== undefined) isTableArray(inner)
    if (dictOf(item) === undefined) all = false
  }
  return all
}

function checkType (value: Value): void {
  if (value instanceof Complex) throw new SprigError('type', `unsupported type: ${value.goType}`)
}

function element (value: Value, depth: number): string {
  work(8)
  checkDepth(depth)
  const dict = dictOf(value)
  if (dict !== undefined) return inlineTable(dict, depth)
  const list = listOf(value)
  if (list !== undefined) return `[${list.map(item => element(item, depth + 1)).join(', ')}]`
  return scalar(value)
}

/** A nil is left out, but not the comma that would have followed it. */
function inlineTable (dict: Dict, depth: number): string {
  const keys = orderedKeys(dict)
  const parts = keys.map((key, i) => {
    const value = dict.get(key) ?? null
    if (isNil(value)) return ''
    return `${keyText([key])} = ${element(value, depth + 1)}${i < keys.length - 1 ? ', ' : ''}`
  })
  return `{${parts.join('')}}`
}

function scalar (value: Value): string {
  if (typeof value === 'boolean') return String(value)
  if (value instanceof Int) return value.value.toString()
  if (typeof value === 'number') return float(value)
  if (value instanceof GoObject) return object(value)
  return quoteToml(typeof value === 'string' ? value : '')
}

/** A time stands as it is, without what it was read without; a duration, and whatever marshals itself to text, is a string. */
function object (value: GoObject): string {
  if (!(value instanceof TimeObject)) return quoteToml(value.string() ?? '')
  const layout = localLayout(value.time)
  return layout === undefined ? value.time.rfc3339Nano() : formatTime(value.time.in(utc), layout)
}

function float (value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  const text = formatFloat(value, 'g', -1)
  return /[e.]/.test(text) ? text : `${text}.0`
}

function indentOf (key: readonly string[]): string {
  return '  '.repeat(key.length - 1)
}
