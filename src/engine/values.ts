import { SprigError } from '../sprig/errors.js'
import { define } from '../sprig/define.js'
import { dictOf, NamedMap } from '../sprig/typed.js'
import { marshalYaml } from '../go/yaml.js'
import type { Dict, GoFunc, Value } from '../go/value.js'

/** `.Values` as templates see it: Helm's `common.Values`, a map with methods. Templates may change its entries. */
export class Values extends NamedMap {
  readonly #methods: ReadonlyMap<string, GoFunc> = new Map([
    ['AsMap', define([], () => this.entries)],
    ['YAML', define([], () => marshalYaml(this.entries))],
    ['Table', define(['string'], path => this.table(path))],
    ['PathValue', define(['string'], path => this.#pathValue(path))]
  ])

  /** @param entries the values, shared with whoever gave them */
  constructor (entries: Dict) {
    super('common.Values', entries)
  }

  override withEntries (entries: Dict): Values {
    return new Values(entries)
  }

  override method (name: string): GoFunc | undefined {
    return this.#methods.get(name)
  }

  /**
   * @param path names with dots between them
   * @returns the map there
   * @throws {SprigError} `"x" is not a table`
   */
  table (path: string): Values {
    let table: Dict = this.entries
    for (const name of path.split('.')) {
      const next = dictOf(table.get(name) ?? null)
      if (next === undefined) throw new SprigError('type', `"${name}" is not a table`)
      table = next
    }
    return new Values(table)
  }

  #pathValue (path: string): Value {
    if (path === '') throw new SprigError('type', 'YAML path cannot be empty')
    const names = path.split('.')
    const key = names.pop() ?? ''
    const value = this.#tableOrNone(names.join('.'))?.get(key)
    if (value === undefined || value instanceof Map) throw new SprigError('type', `"${key}" is not a value`)
    return value
  }

  #tableOrNone (path: string): Dict | undefined {
    let table: Dict | undefined = this.entries
    for (const name of path === '' ? [] : path.split('.')) table = dictOf(table?.get(name) ?? null)
    return table
  }
}
