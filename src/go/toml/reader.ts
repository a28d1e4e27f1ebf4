import type { TomlError } from '../errors.js'
import { maxDepth } from '../limits.js'
import { quote, quoteRune } from '../quote.js'
import type { GoTime } from '../time.js'
import type { Dict, List, Value } from '../value.js'
import type { Zone } from '../zone.js'
import { datetimeOf, localZones, type LocalZones } from './datetime.js'
import { TomlDocument, tooDeep } from './document.js'
import { keyText } from './key.js'
import { floatOf, integerOf, scanNumberOrDate, scanSigned, type Scalar } from './number.js'
import { isBlank, isLineEnd, TomlSource } from './source.js'
import { readLongString, readString } from './strings.js'

/** What a document's values become where Go has a type of its own. */
export interface TomlTypes {
  /** A date, a time or both. */
  readonly time: (time: GoTime) => Value
  /** An array of tables (`[]map[string]interface {}`): the value must show the list as it grows. */
  readonly tables: (list: List) => Value
  /** The zone that Go calls Local. */
  readonly local: Zone
}

/** Reads one document. */
export class TomlReader {
  readonly #source: TomlSource
  readonly #document: TomlDocument
  readonly #types: TomlTypes
  readonly #zones: LocalZones
  /** The last name of the key whose value is being read. */
  #key = ''
  /** The line of the key or table that was read last. */
  #keyLine = 1

  constructor (text: string, types: TomlTypes) {
    this.#types = types
    this.#zones = localZones(types.local)
    this.#source = new TomlSource(text, () => this.#lastKey())
    this.#document = new TomlDocument({ tables: types.tables, fail: message => this.#source.errorAt(this.#keyLine, message) })
  }

  read (): Dict {
    for (let character = this.#source.next(); character !== ''; character = this.#source.next()) {
      if (isBlank(character) || isLineEnd(character)) continue
      if (character === '#') {
        this.#source.skipComment()
        continue
      }
      if (character === '[') {
        this.#table()
      } else {
        this.#source.back()
        this.#keyValue()
      }
      this.#endOfLine()
    }
    return this.#document.root
  }

  #lastKey (): string {
    const context = keyText(this.#document.context)
    if (this.#key === '') return context
    return context === '' ? this.#key : `${context}.${this.#key}`
  }

  #endOfLine (): void {
    this.#source.skipBlanks()
    const character = this.#source.next()
    if (character === '#') this.#source.skipComment()
    else if (character !== '' && !isLineEnd(character)) {
      throw this.#source.error(`expected a top-level item to end with a newline, comment, or EOF, but got ${quoted(character)} instead`)
    }
  }

  #table (): void {
    const array = this.#source.accept('[')
    const path = this.#tableName()
    if (array) {
      const character = this.#source.next()
      if (character !== ']') throw this.#source.error(`expected end of table array name delimiter ']', but got ${quoted(character)} instead`)
    }
    this.#document.enter(path, array)
    this.#document.note('', false)
  }

  #tableName (): string[] {
    const path: string[] = []
    for (;;) {
      this.#source.skipBlanks()
      const first = this.#source.peek()
      if (first === ']' || first === '') throw this.#source.error('unexpected end of table name (table names cannot be empty)')
      if (first === '.') throw this.#source.error('unexpected table separator (table names cannot be empty)')
      path.push(this.#name(first, path.length === 0))
      this.#source.skipBlanks()
      const character = this.#source.next()
      if (character === ']') return path
      if (character !== '.') throw this.#source.error(`expected '.' or ']' to end table name, but got ${quoted(character)} instead`)
    }
  }

  /** One name of a key or a table; a bare one may turn out empty, which what follows it shows to be wrong. */
  #name (first: string, isFirst: boolean): string {
    let name: string
    if (first === '"' || first === "'") {
      this.#source.next()
      name = readString(this.#source, first)
    } else {
      const start = this.#source.position
      while (/^[A-Za-z0-9_-]$/.test(this.#source.next()));
      this.#source.back()
      name = this.#source.since(start)
    }
    if (isFirst) this.#keyLine = this.#source.line
    return name
  }

  /** A key up to its `=`. */
  #keyPath (): string[] {
    this.#source.skipBlanks()
    const first = this.#source.peek()
    if (first === '=' || first === '') throw this.#source.error("unexpected '=': key name appears blank")
    if (first === '.') throw this.#source.error("unexpected '.': keys cannot start with a '.'")
    const path: string[] = []
    for (;;) {
      this.#source.skipBlanks()
      const character = this.#source.peek()
      if (character === '=' || character === '') throw this.#source.error("unexpected '='")
      if (character === '.') throw this.#source.error("unexpected '.'")
      path.push(this.#name(character, path.length === 0))
      this.#source.skipBlanks()
      if (this.#keyEnds()) return path
      if (path.length > maxDepth) throw tooDeep()
    }
  }

  #keyEnds (): boolean {
    const character = this.#source.next()
    if (character === '=') return true
    if (character === '.') return false
    if (character === '') throw this.#source.error("unexpected EOF; expected key separator '='")
    const message = `expected '.' or '=', but got ${quoted(character)} instead`
    throw character === '\n' ? this.#source.errorBefore(message) : this.#source.error(message)
  }

  #keyValue (): void {
    const outer = this.#document.context
    this.#entry(0)
    this.#document.context = outer
    this.#key = ''
  }

  /** A key and its value, set in the current table. */
  #entry (depth: number): readonly [path: readonly string[], value: Value] {
    const path = this.#keyPath()
    const last = path.at(-1) ?? ''
    this.#key = last
    for (const name of path.slice(0, -1)) this.#document.enterImplicit([...this.#document.context, name])
    const isArray = this.#skipToValue() === '['
    const value = this.#value({ depth, inArray: false })
    this.#document.set(last, value)
    this.#document.note(last, isArray)
    return [path, value]
  }

  #skipToValue (): string {
    this.#source.skipBlanks()
    return this.#source.peek()
  }

  #value (at: { readonly depth: number, readonly inArray: boolean }): Value {
    if (at.depth > maxDepth) throw tooDeep()
    this.#source.skipBlanks()
    const start = this.#source.position
    const character = this.#source.next()
    switch (character) {
      case '[': return this.#array(at.depth)
      case '{': return this.#inlineTable(at)
      case '"': case "'": return this.#string(character)
      case '.': throw this.#source.error("floats must start with a digit, not '.'")
      case '-': case '+': return this.#scalar(scanSigned(this.#source, start))
      default: return this.#word(character, start)
    }
  }

  #string (mark: '"' | "'"): string {
    if (!this.#source.accept(mark)) return readString(this.#source, mark)
    if (this.#source.accept(mark)) return readLongString(this.#source, mark)
    return ''
  }

  #scalar ({ kind, text }: Scalar): Value {
    if (kind === 'integer') return integerOf(text, this.#source)
    if (kind === 'float') return floatOf(text, this.#source)
    return this.#types.time(datetimeOf(text, this.#zones, this.#source))
  }

  #word (character: string, start: number): Value {
    if (/^\d$/.test(character)) {
      this.#source.back()
      return this.#scalar(scanNumberOrDate(this.#source))
    }
    if ((character === 'i' || character === 'n') && this.#readsFloatName()) {
      return this.#scalar({ kind: 'float', text: this.#source.since(start) })
    }
    if (!/^\p{L}$/u.test(character)) throw this.#notValue(character)
    this.#source.back()
    return this.#boolean()
  }

  /** BurntSushi's reading of `inf` and `nan`: what it read of the one in vain is not taken back before it tries the other. */
  #readsFloatName (): boolean {
    const source = this.#source
    return (source.accept('n') && source.accept('f')) || (source.accept('a') && source.accept('n'))
  }

  #boolean (): boolean {
    const start = this.#source.position
    while (/^\p{L}$/u.test(this.#source.next()));
    this.#source.back()
    const word = this.#source.since(start)
    if (word !== 'true' && word !== 'false') throw this.#source.error(`expected value but found ${quote(word)} instead`)
    return word === 'true'
  }

  #notValue (character: string): TomlError {
    if (character === '') return this.#source.error('unexpected EOF; expected value')
    const message = `expected value but found ${quoted(character)} instead`
    return character === '\n' ? this.#source.errorBefore(message) : this.#source.error(message)
  }

  #array (depth: number): List {
    this.#document.note(this.#key, true)
    const list: List = []
    for (;;) {
      const character = this.#skipLines()
      if (character === ',') throw this.#source.error('unexpected comma')
      if (character === ']') return list
      this.#source.back()
      list.push(this.#value({ depth: depth + 1, inArray: true }))
      const end = this.#skipLines()
      if (end === ']') return list
      if (end !== ',') throw this.#source.error(`expected a comma (',') or array terminator (']'), but got ${shown(end)}`)
    }
  }

  /** Reads blanks, line ends and comments, and the character after them. */
  #skipLines (): string {
    let character = this.#source.next()
    while (isBlank(character) || isLineEnd(character) || character === '#') {
      if (character === '#') this.#source.skipComment()
      character = this.#source.next()
    }
    return character
  }

  #inlineTable ({ depth, inArray }: { readonly depth: number, readonly inArray: boolean }): Dict {
    const outer = { context: this.#document.context, key: this.#key }
    const context = [...outer.context, outer.key]
    this.#key = ''
    this.#document.context = context
    this.#document.markImplicit(context)
    this.#document.enter(context, inArray)
    const table = this.#inlineEntries(context, depth)
    this.#document.context = outer.context
    this.#key = outer.key
    return table
  }

  #inlineEntries (context: readonly string[], depth: number): Dict {
    const table: Dict = new Map()
    for (let character = this.#skipLines(); character !== '}'; character = this.#skipLines()) {
      if (character === ',') throw this.#source.error('unexpected comma')
      this.#source.back()
      this.#put(table, this.#entry(depth + 1))
      this.#document.context = context
      const end = this.#skipLines()
      if (end === '}') break
      if (end !== ',') throw this.#source.error(`expected a comma or an inline table terminator '}', but got ${shown(end)} instead`)
    }
    return table
  }

  /** Sets a key with dots in an inline table. */
  #put (table: Dict, [path, value]: readonly [path: readonly string[], value: Value]): void {
    let inner = table
    for (const name of path.slice(0, -1)) {
      if (!inner.has(name)) inner.set(name, new Map())
      const next = inner.get(name)
      if (!(next instanceof Map)) throw this.#source.errorAt(this.#keyLine, `${quote(keyText(this.#document.context))} is not a table`)
      inner = next
    }
    inner.set(path.at(-1) ?? '', value)
  }
}

/** A character as Go's `%q` prints a rune; the end is the rune 0. */
function quoted (character: string): string {
  return quoteRune(character.codePointAt(0) ?? 0)
}

function shown (character: string): string {
  return character === '' ? 'end of file' : `'${character}'`
}
