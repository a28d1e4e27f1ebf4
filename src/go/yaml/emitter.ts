import { Buffer } from 'node:buffer'
import { byteLength, toValidUtf8 } from '../bytes.js'
import { YamlError } from '../errors.js'
import { formatFloat } from '../format-float.js'
import { quoteJson } from '../json.js'
import { maxDepth } from '../limits.js'
import type { Int } from '../value.js'
import { GoObject, type Dict, type List, type Value } from '../value.js'
import { compareKeys } from './key-order.js'
import { chooseStyle, isMultiline } from './style.js'
import { writeDouble, writeLiteral, writePlain, writeSingle } from './write.js'

/** Where a node stands: at the start of the document, after an indicator (`-`, or the `:` of a long key) or after a simple key. */
type Place = 'root' | 'item' | 'value'

/** Go measures a key in bytes; a longer one is written as `? key`. */
const longestSimpleKey = 128

/** A key longer than this in JSON cannot be read back by go-yaml, through which sigs.k8s.io/yaml passes every value; nor can one with a raw NEL. */
const longestKey = 1024

const minInt64 = -(2n ** 63n)
const maxUint64 = 2n ** 64n - 1n

const indents: readonly string[] = Array.from({ length: 64 }, (_, width) => ' '.repeat(width))

/** Writes one document in the block style of go-yaml v2, in one pass. */
export class YamlEmitter {
  #out = ''
  /** The column of the enclosing collection's keys or dashes; -2 outside any. */
  #indent = -2
  /** The column of what is written next, for folding. */
  #column = 0
  /** Whether a block scalar has just ended its last line. */
  #atLineStart = false
  #depth = 0

  /**
   * One document.
   *
   * @param value what to write
   * @returns the YAML, with a line feed at its end
   * @throws {YamlError}
   */
  emit (value: Value): string {
    this.#node(value, 'root')
    return this.#atLineStart ? this.#out : `${this.#out}\n`
  }

  #node (value: Value, place: Place): void {
    if (typeof value === 'string') {
      this.#string(value, place)
    } else if (value instanceof Map) {
      this.#dict(value, place)
    } else if (Array.isArray(value)) {
      this.#list(value, place)
    } else if (value instanceof GoObject) {
      this.#object(value, place)
    } else if (value instanceof Uint8Array) {
      this.#string(Buffer.from(value).toString('base64'), place)
    } else {
      this.#write(bare(value), place)
    }
  }

  #write (text: string, place: Place): void {
    this.#out += place === 'root' ? text : ` ${text}`
    this.#atLineStart = false
  }

  #dict (dict: Dict, place: Place): void {
    if (dict.size === 0) {
      this.#write('{}', place)
      return
    }
    const outer = this.#enter(this.#indent + 2)
    let first = true
    for (const key of sortedKeys(dict)) {
      this.#startLine(first, place)
      first = false
      this.#entry(key, dict.get(key) ?? null)
    }
    this.#leave(outer)
  }

  #entry (key: string, value: Value): void {
    const text = readBack(key)
    if (key.includes('\x85') || (text.length >= longestKey / 8 && tooLongForKey(text))) throw new YamlError('unsupported', "yaml: did not find expected ',' or '}'")
    if (isSimpleKey(text)) {
      const written = scalar(text, true, 0, 0)
      this.#out += `${written}:`
      this.#column = this.#indent + written.length + 2
      this.#atLineStart = false
      this.#node(value, 'value')
      return
    }
    this.#out += '?'
    this.#column = this.#indent + 2
    this.#string(text, 'item')
    this.#startLine(false, 'item')
    this.#out += ':'
    this.#column = this.#indent + 2
    this.#node(value, 'item')
  }

  #list (list: List, place: Place): void {
    if (list.length === 0) {
      this.#write('[]', place)
      return
    }
    // A list that is the value of a key stands at the key's own column.
    const outer = this.#enter(place === 'value' ? this.#indent : this.#indent + 2)
    for (let i = 0; i < list.length; i++) {
      this.#startLine(i === 0, place)
      this.#out += '-'
      this.#column = this.#indent + 2
      this.#atLineStart = false
      this.#node(list[i] ?? null, 'item')
    }
    this.#leave(outer)
  }

  #object (object: GoObject, place: Place): void {
    const outer = this.#enter(this.#indent)
    this.#node(object.jsonValue() ?? object.elements() ?? new Map(object.jsonFields()), place)
    this.#leave(outer)
  }

  #string (text: string, place: Place): void {
    const written = scalar(readBack(text), false, this.#column, Math.max(this.#indent, 0) + 2)
    this.#write(written, place)
    this.#atLineStart = written.startsWith('|') && /[\n\u2028\u2029]$/.test(written)
  }

  /** The first entry stands on the line of its parent's indicator; every other one on its own. */
  #startLine (first: boolean, place: Place): void {
    if (first && place !== 'value') {
      if (place === 'item') this.#out += ' '
      return
    }
    const indent = indents[this.#indent] ?? ' '.repeat(this.#indent)
    this.#out += this.#atLineStart ? indent : `\n${indent}`
  }

  #enter (indent: number): number {
    const outer = this.#indent
    if (++this.#depth > maxDepth) throw new YamlError('depth', `yaml: exceeded max depth of ${maxDepth}`)
    this.#indent = indent
    return outer
  }

  #leave (outer: number): void {
    this.#depth--
    this.#indent = outer
  }
}

function sortedKeys (dict: Dict): string[] {
  const keys = [...dict.keys()]
  return keys.length === 1 ? keys : keys.sort(compareKeys)
}

function isSimpleKey (text: string): boolean {
  return (text.length <= longestSimpleKey / 3 || byteLength(text) <= longestSimpleKey) && !isMultiline(text)
}

function tooLongForKey (text: string): boolean {
  return Array.from(quoteJson(text)).length > longestKey
}

function scalar (text: string, simpleKey: boolean, column: number, indent: number): string {
  const position = { column, indent, foldable: !simpleKey }
  switch (chooseStyle(text, simpleKey)) {
    case 'plain': return writePlain(text, position)
    case 'single': return writeSingle(text, position)
    case 'double': return writeDouble(text, position)
    case 'literal': return writeLiteral(text, indent)
  }
}

/** null, booleans and numbers. */
function bare (value: null | boolean | number | Int): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  return typeof value === 'number' ? bareFloat(value) : value.value.toString()
}

/** A float64 goes through JSON, and comes back as an integer when it has no fraction and fits 64 bits. */
function bareFloat (value: number): string {
  if (Number.isSafeInteger(value)) return String(value + 0)
  if (Number.isInteger(value) && Math.abs(value) < 1e21) {
    const text = String(value)
    const integer = BigInt(text)
    if (integer >= minInt64 && integer <= maxUint64) return text
  }
  if (Number.isFinite(value)) return formatFloat(value, 'g', -1)
  const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
  throw new YamlError('unsupported', `error marshaling into JSON: json: unsupported value: ${name}`)
}

const unsafe = /[\x7f-\x9f\ud800-\udfff\ufffe\uffff]/
/** A document's end within a quoted string, after a line break that JSON does not escape. */
const documentMark = /\x85(?:---|\.\.\.)[ \x85]/
const refused = /[\x7f-\x84\x86-\x9f\ufffe\uffff]/

/** What becomes of a string on its way through JSON and go-yaml's reader: invalid bytes are replaced, raw NEL is a line break. */
function readBack (text: string): string {
  if (!unsafe.test(text)) return text
  if (refused.test(text)) throw new YamlError('unsupported', 'yaml: control characters are not allowed')
  if (documentMark.test(text)) throw new YamlError('unsupported', 'yaml: found unexpected document indicator')
  return toValidUtf8(text).replace(/ *\x85[ \x85]*/g, run => {
    const count = run.replaceAll(' ', '').length
    return count === 1 ? ' ' : '\n'.repeat(count - 1)
  })
}
