import { StrconvError } from '../go/errors.js'
import { parseInt, quote, quoteRune } from '../go/strconv.js'
import { typeOf } from '../go/type-name.js'
import type { Dict, List, Value } from '../go/value.js'
import { ChartError } from './errors.js'
import type { Scanner } from './strvals-scanner.js'

/** How keys and values are written in one of the `--set` flags. */
export interface Syntax {
  /** The characters that end a key, `=` among them. */
  readonly stops: string
  /** Whether a backslash takes the next character of a key as it is. */
  readonly escapes: boolean
  /** Reads the value after `=`: and whether the text ended where a value should have been. */
  readonly readValue: (scanner: Scanner) => { value: Value, end: boolean }
}

/** Helm's limits. */
const maxIndex = 65536

/** How deep lists may stand in lists: Helm has no limit but its stack. */
const maxLists = 500
const maxNesting = 30

/**
 * Reads one `--set`-like text into values, as helm.sh/helm/v4 pkg/strvals does, its oddities included: a text that ends within an index or a
 * path is given up without a complaint.
 */
export class StrvalsParser {
  readonly #scanner: Scanner
  readonly #syntax: Syntax

  constructor (scanner: Scanner, syntax: Syntax) {
    this.#scanner = scanner
    this.#syntax = syntax
  }

  /**
   * Reads all pairs.
   *
   * @param values changed in place
   * @throws {ChartError} invalid-values
   */
  parse (values: Dict): void {
    let end = false
    while (!end) end = this.#pair(values, 0)
  }

  /** Reads a key and its value into a table. True at the end of the text. */
  #pair (table: Dict, nesting: number): boolean {
    const { text: key, stop } = this.#scanner.until(this.#syntax.stops, this.#syntax.escapes)
    switch (stop) {
      case '=': {
        const { value, end } = this.#syntax.readValue(this.#scanner)
        set(table, key, value)
        return end
      }
      case '[': return this.#indexed(table, key, nesting)
      case '.': return this.#nested(table, key, nesting + 1)
      case ',': throw invalid(`key ${quote(key)} has no value (cannot end with ,)`)
      default:
        if (key === '') return true
        throw invalid(`key ${quote(key)} has no value`)
    }
  }

  /** How deep lists stand in lists now. */
  #lists = 0

  #nested (table: Dict, key: string, nesting: number): boolean {
    if (nesting > maxNesting) throw invalid(`value name nested level is greater than maximum supported nested level of ${maxNesting}`)
    const inner = table.has(key) ? asTable(table.get(key) ?? null) : new Map<string, Value>()
    const end = this.#pair(inner, nesting)
    if (!end && inner.size === 0) throw invalid(`key map ${quote(key)} has no value`)
    if (inner.size > 0) set(table, key, inner)
    return end
  }

  #indexed (table: Dict, key: string, nesting: number): boolean {
    const index = this.#index()
    if (index === undefined) return true
    const list = table.has(key) ? asList(table.get(key) ?? null) : []
    const end = this.#item(list, index, nesting)
    set(table, key, list)
    return end
  }

  /** Reads an index up to its `]`; undefined at the end of the text. */
  #index (): number | undefined {
    const { text, stop } = this.#scanner.until(']', this.#syntax.escapes)
    if (stop === undefined) return undefined
    try {
      return Number(parseInt(text, 10, 'Atoi'))
    } catch (thrown) {
      if (!(thrown instanceof StrconvError)) throw thrown
      throw invalid(`error parsing index: ${thrown.message}`, thrown)
    }
  }

  /** Reads what belongs into an element of a list. True at the end of the text, where the list stays as it is. */
  #item (list: List, index: number, nesting: number): boolean {
    if (index < 0) throw invalid(`negative ${index} index not allowed`)
    const { text, stop } = this.#scanner.until('[.=', this.#syntax.escapes)
    if (text !== '') throw invalid(`unexpected data at end of array index: [${quoteRunes(text)}]`)
    switch (stop) {
      case '=':
        setIndex(list, index, this.#syntax.readValue(this.#scanner).value)
        return false
      case '[': return this.#itemOfList(list, index, nesting)
      case '.': return this.#itemOfTable(list, index, nesting)
      default: return true
    }
  }

  #itemOfList (list: List, index: number, nesting: number): boolean {
    const next = this.#index()
    if (next === undefined) return true
    const there = list[index] ?? null
    const inner = there === null ? [] : asList(there)
    if (++this.#lists > maxLists) throw invalid(`lists are nested deeper than the maximum supported ${maxLists}`)
    const end = this.#item(inner, next, nesting)
    this.#lists--
    if (!end) setIndex(list, index, inner)
    return end
  }

  #itemOfTable (list: List, index: number, nesting: number): boolean {
    const there = list[index]
    const inner: Dict = there instanceof Map ? there : new Map<string, Value>()
    if (index < list.length) list[index] = inner
    const end = this.#pair(inner, nesting)
    if (!end) setIndex(list, index, inner)
    return end
  }
}

function set (table: Dict, key: string, value: Value): void {
  if (key !== '') table.set(key, value)
}

function setIndex (list: List, index: number, value: Value): void {
  if (index > maxIndex) throw invalid(`index of ${index} is greater than maximum supported index of ${maxIndex}`)
  while (list.length < index) list.push(null)
  list[index] = value
}

function asTable (value: Value): Dict {
  if (value instanceof Map) return value
  throw conversion(value, 'map[string]interface {}')
}

function asList (value: Value): List {
  if (Array.isArray(value)) return value
  throw conversion(value, '[]interface {}')
}

function conversion (value: Value, wanted: string): ChartError {
  return invalid(`unable to parse key: interface conversion: interface {} is ${value === null ? 'nil' : typeOf(value)}, not ${wanted}`)
}

/** What Go prints for a slice of characters with %q. */
function quoteRunes (text: string): string {
  return Array.from(text, character => quoteRune(character.codePointAt(0) ?? 0)).join(' ')
}

function invalid (message: string, cause?: unknown): ChartError {
  return new ChartError('invalid-values', message, { cause })
}
