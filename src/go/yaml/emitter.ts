import { byteLength } from '../bytes.js'
import { YamlError } from '../errors.js'
import { maxDepth } from '../limits.js'
import { work } from '../work.js'
import { GoObject, type Dict, type Int, type List, type Value } from '../value.js'
import type { Dialect } from './dialect.js'
import { chooseStyle, isMultiline } from './style.js'
import { writeDouble, writeLiteral, writePlain, writeSingle, type Position } from './write.js'

/** Where a node stands: at the start of the document, after an indicator (`-`, or the `:` of a long key) or after a simple key. */
type Place = 'root' | 'item' | 'value'

/** Go measures a key in bytes; a longer one is written as `? key`. */
const longestSimpleKey = 128

const indents: readonly string[] = Array.from({ length: 64 }, (_, width) => ' '.repeat(width))

/** Writes one document in go-yaml's block style, in one pass. */
export class YamlEmitter {
  readonly #dialect: Dialect
  #out = ''
  /** The column of the enclosing collection's keys or dashes; -2 outside any. */
  #indent = -2
  /** The column of what is written next, for folding. */
  #column = 0
  /** Whether a block scalar has just ended its last line. */
  #atLineStart = false
  #depth = 0

  /** @param dialect which go-yaml it follows */
  constructor (dialect: Dialect) {
    this.#dialect = dialect
  }

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
    } else if (value instanceof GoObject || value instanceof Uint8Array) {
      this.#object(value, place)
    } else {
      this.#write(bare(value, this.#dialect), place)
    }
  }

  #write (text: string, place: Place): void {
    this.#out += place === 'root' ? text : ` ${text}`
    this.#atLineStart = false
  }

  #dict (dict: Dict, place: Place): void {
    if (dict.size === 0) {
      this.#write(this.#dialect.emptyDict(dict), place)
      return
    }
    work(dict.size * 24 + 32)
    const outer = this.#enter(this.#indent + 2)
    let first = true
    for (const key of this.#dialect.keys(dict)) {
      this.#startLine(first, place)
      first = false
      this.#entry(key, dict.get(key) ?? null)
    }
    this.#leave(outer)
  }

  #entry (key: string, value: Value): void {
    const { tag, text } = this.#dialect.key(key)
    if (tag === '' && isSimpleKey(text)) {
      const written = this.#scalar(text, { column: 0, indent: 0, foldable: false }, true)
      this.#out += `${written}:`
      this.#column = this.#indent + written.length + 2
      this.#atLineStart = false
      this.#node(value, 'value')
      return
    }
    this.#out += '?'
    this.#column = this.#indent + 2
    this.#text(tag, text, 'item')
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
    work(list.length * 16 + 32)
    const outer = this.#enter(place === 'value' ? this.#indent + this.#dialect.listIndent : this.#indent + 2)
    for (let i = 0; i < list.length; i++) {
      this.#startLine(i === 0, place)
      this.#out += '-'
      this.#column = this.#indent + 2
      this.#atLineStart = false
      this.#node(list[i] ?? null, 'item')
    }
    this.#leave(outer)
  }

  #object (object: GoObject | Uint8Array, place: Place): void {
    const text = this.#dialect.asIs(object)
    if (text !== undefined) {
      this.#write(text, place)
      return
    }
    const outer = this.#enter(this.#indent)
    this.#node(this.#dialect.plain(object), place)
    this.#leave(outer)
  }

  #string (value: string, place: Place): void {
    work(value.length * 2)
    const { tag, text } = this.#dialect.text(value)
    this.#text(tag, text, place)
  }

  #text (tag: string, text: string, place: Place): void {
    const written = this.#scalar(text, { column: this.#column, indent: Math.max(this.#indent, 0) + 2, foldable: this.#dialect.folds })
    this.#write(tag === '' ? written : `${tag} ${written}`, place)
    this.#atLineStart = written.startsWith('|') && /[\n\u2028\u2029]$/.test(written)
  }

  #scalar (text: string, position: Position, simpleKey = false): string {
    switch (chooseStyle(text, simpleKey, this.#dialect.tabs)) {
      case 'plain': return writePlain(text, position)
      case 'single': return writeSingle(text, position)
      case 'double': return writeDouble(text, position)
      case 'literal': return writeLiteral(text, position.indent)
    }
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

function isSimpleKey (text: string): boolean {
  return (text.length <= longestSimpleKey / 3 || byteLength(text) <= longestSimpleKey) && !isMultiline(text)
}

/** null, booleans and numbers. */
function bare (value: null | boolean | number | Int, dialect: Dialect): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  return typeof value === 'number' ? dialect.float(value) : value.value.toString()
}
