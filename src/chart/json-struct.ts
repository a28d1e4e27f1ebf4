import { GoObject, type Dict, type Value } from '../go/value.js'

/** A Go struct for output: its JSON fields in the order in which encoding/json writes them. */
export class JsonStruct extends GoObject {
  readonly goType: string
  readonly goKind = 'struct'
  readonly #fields: ReadonlyArray<readonly [name: string, value: Value]>

  /**
   * @param goType the struct's name, `v2.Metadata`
   * @param fields JSON names and values in the struct's order; those with undefined are left out
   */
  constructor (goType: string, fields: ReadonlyArray<readonly [name: string, value: Value | undefined]>) {
    super()
    this.goType = goType
    this.#fields = fields.flatMap(([name, value]) => value === undefined ? [] : [[name, value]])
  }

  field (name: string): Value | undefined {
    return this.#fields.find(([field]) => field === name)?.[1]
  }

  override fields (): ReadonlyArray<readonly [name: string, value: Value]> {
    return this.#fields
  }

  /** The fields as a mapping, structs within as mappings too. */
  toDict (): Dict {
    return new Map(this.#fields.map(([name, value]) => [name, plain(value)]))
  }
}

function plain (value: Value): Value {
  if (value instanceof JsonStruct) return value.toDict()
  return Array.isArray(value) ? value.map(plain) : value
}

/** A text, or undefined for an empty one: Go's `omitempty`. */
export function textField (text: string | undefined): Value | undefined {
  return text === '' ? undefined : text
}

/** A copy of a list, or undefined for an empty one: Go's `omitempty`. */
export function listField (list: readonly Value[] | undefined): Value | undefined {
  return list === undefined || list.length === 0 ? undefined : [...list]
}

/** A copy of a mapping, or undefined for an empty one: Go's `omitempty`. */
export function mapField (map: ReadonlyMap<string, Value> | undefined): Value | undefined {
  return map === undefined || map.size === 0 ? undefined : new Map(map)
}
