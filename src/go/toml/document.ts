import { TomlError } from '../errors.js'
import { maxDepth } from '../limits.js'
import type { Dict, List, Value } from '../value.js'
import { keyText } from './key.js'

/** The names of a key or a table, from the document's top down. */
export type Path = readonly string[]

/** What a document is made of besides plain values. */
export interface Tables {
  /** The value of an array of tables; the list grows after. */
  readonly tables: (list: List) => Value
  /** Raises an error on the line of the key that is being read. */
  readonly fail: (message: string) => TomlError
}

/**
 * The tables that are made while a document is read, and what is known of its keys: which tables were only named on the way to another,
 * and which keys are arrays. TOML lets a table be defined once; what counts as defining it twice is BurntSushi's decoder's notion.
 */
export class TomlDocument {
  readonly root: Dict = new Map()
  readonly #make: Tables
  readonly #tableArrays = new Map<Value, List>()
  readonly #implicit = new Set<string>()
  readonly #arrays = new Set<string>()
  /** The table that keys go to. */
  context: Path = []

  constructor (make: Tables) {
    this.#make = make
  }

  /**
   * Makes a table the one that keys go to, and the tables above it where there are none yet.
   *
   * @param path its path
   * @param array whether it is a further table of an array of tables
   * @throws {TomlError} code `syntax` when a key on the way is no table, or the table was defined before
   */
  enter (path: Path, array: boolean): void {
    if (path.length > maxDepth) throw tooDeep()
    const parent = path.slice(0, -1)
    const last = path.at(-1) ?? ''
    const table = this.#reach(parent)
    this.context = parent
    if (array) this.#append(table, path, last)
    else this.set(last, new Map())
    this.context = path
  }

  /** Enters a table that a key with dots names on its way. */
  enterImplicit (path: Path): void {
    this.#implicit.add(keyText(path))
    this.enter(path, false)
  }

  /** Notes that a table may be defined again, since it was only named so far. */
  markImplicit (path: Path): void {
    this.#implicit.add(keyText(path))
  }

  #reach (path: Path): Dict {
    let table = this.root
    path.forEach((name, i) => {
      const walked = path.slice(0, i + 1)
      if (!table.has(name)) {
        this.#implicit.add(keyText(walked))
        table.set(name, new Map())
      }
      const inner = this.#tableIn(table.get(name) ?? null)
      if (inner === undefined) throw this.#make.fail(`Key '${keyText(walked)}' was already created as a hash.`)
      table = inner
    })
    return table
  }

  /** A table, or the last one of an array of tables. */
  #tableIn (value: Value): Dict | undefined {
    if (value instanceof Map) return value
    const last = this.#tableArrays.get(value)?.at(-1)
    return last instanceof Map ? last : undefined
  }

  #append (table: Dict, path: Path, last: string): void {
    if (!table.has(last)) {
      const list: List = []
      const value = this.#make.tables(list)
      this.#tableArrays.set(value, list)
      table.set(last, value)
    }
    const list = this.#tableArrays.get(table.get(last) ?? null)
    if (list === undefined) throw this.#make.fail(`Key '${keyText(path)}' was already created and cannot be used as an array.`)
    list.push(new Map())
  }

  /**
   * Sets a key of the current table.
   *
   * @param key its name
   * @param value its value; a table that was only named so far stays the table it is
   * @throws {TomlError} code `syntax` when it was set before
   */
  set (key: string, value: Value): void {
    const table = this.#current()
    const name = keyText([...this.context, key])
    if (!table.has(key)) {
      table.set(key, value)
      return
    }
    if (!this.#implicit.has(name)) throw this.#defined(name)
    this.#implicit.delete(name)
    if (this.#arrays.has(name)) table.set(key, value)
  }

  #current (): Dict {
    let table = this.root
    this.context.forEach((name, i) => {
      const inner = table.get(name)
      const walked = keyText(this.context.slice(0, i + 1))
      if (inner === undefined) throw new TomlError('internal', `BUG: Context for key '${walked}' has not been established.\n\n`)
      const found = this.#tableIn(inner)
      if (found === undefined) throw this.#defined(walked)
      table = found
    })
    return table
  }

  /**
   * Notes whether a key of the current table is an array.
   *
   * @param key its name; empty for the table itself
   * @param isArray whether it is one
   */
  note (key: string, isArray: boolean): void {
    const name = keyText(key === '' ? this.context.length === 0 ? [''] : this.context : [...this.context, key])
    if (isArray) this.#arrays.add(name)
    else this.#arrays.delete(name)
  }

  #defined (name: string): TomlError {
    return this.#make.fail(`Key '${name}' has already been defined.`)
  }
}

/** @returns the error of a document that nests more deeply than we follow */
export function tooDeep (): TomlError {
  return new TomlError('depth', `toml: exceeded max depth of ${maxDepth}`)
}
