/**
 * Values as Go's templates see them. Go's kinds are kept apart because printing, comparing and YAML differ by kind:
 *
 * | Go                          | here                                                   |
 * |-----------------------------|--------------------------------------------------------|
 * | nil                         | null                                                   |
 * | bool                        | boolean                                                |
 * | float64                     | number                                                 |
 * | int, int64, uint8, …        | Int (which kind, and a bigint)                         |
 * | string                      | string; a byte that is no UTF-8 is a lone low surrogate U+DC80 to U+DCFF (see bytes.ts) |
 * | []byte                      | Uint8Array                                             |
 * | []interface{}, []string, …  | an array                                               |
 * | map[string]interface{}      | Map (never a plain object: keys come from outside)     |
 * | structs, types with methods | GoObject                                               |
 */
export type Value = null | boolean | number | string | Int | Uint8Array | List | Dict | GoObject

/** A Go slice. */
export type List = Value[]

/** A Go map with string keys. It prints and ranges in the bytewise order of its keys, whatever the insertion order. */
export type Dict = Map<string, Value>

/** Go's integer kinds, as `kindOf` prints them. */
export type IntKind = 'int' | 'int8' | 'int16' | 'int32' | 'int64' | 'uint' | 'uint8' | 'uint16' | 'uint32' | 'uint64'

/** A Go integer: immutable; `value` always fits the kind (wrap with `BigInt.asIntN` before making one). */
export class Int {
  readonly kind: IntKind
  readonly value: bigint

  constructor (kind: IntKind, value: bigint) {
    this.kind = kind
    this.value = value
  }
}

/** A Go `int` (what template literals, `len`, range indices and `until` give). */
export function int (value: number | bigint): Int {
  return new Int('int', BigInt(value))
}

/** A Go `int64` (what `--set` and Sprig's arithmetic give). */
export function int64 (value: number | bigint): Int {
  return new Int('int64', BigInt(value))
}

/** A Go value with a type of its own: a struct, a pointer to one, or a named type with methods. */
export abstract class GoObject {
  /** What `%T` and `typeOf` print, such as `*common.Capabilities`. */
  abstract readonly goType: string
  /** What `kindOf` prints, such as `ptr`, `struct`, `map`, `slice`. */
  abstract readonly goKind: string

  /** The exported field of that name, or undefined when the type has none. */
  abstract field (name: string): Value | undefined

  /** The fields in their declared order, for printing a struct with `%v` and the like. */
  fields (): ReadonlyArray<readonly [name: string, value: Value]> {
    return []
  }

  /** The fields as encoding/json writes them: names from the type's tags, empty ones left out where a tag says so. */
  jsonFields (): ReadonlyArray<readonly [name: string, value: Value]> {
    return this.fields()
  }

  /**
   * What encoding/json writes in its place: the text of a time, which marshals itself, and null for a nil slice or map; undefined for its
   * elements or fields.
   */
  jsonValue (): Value | undefined {
    return undefined
  }

  /** The exported method of that name, or undefined when the type has none. */
  method (_name: string): GoFunc | undefined {
    return undefined
  }

  /** The text of a type with a `String` or `Error` method; undefined for `%v` of its fields. */
  string (): string | undefined {
    return undefined
  }

  /** What `%#v` prints of a type with a `GoString` method, such as a time; undefined for its fields in Go's syntax. */
  goString (): string | undefined {
    return undefined
  }

  /** Whether it is a nil slice, a nil map or a nil pointer: `%#v` and encoding/json tell a nil slice or map from an empty one. */
  get isNil (): boolean {
    return false
  }

  /** What an action prints of it while it is still part of what holds it; undefined where that makes no difference. */
  inPlace (): string | undefined {
    return undefined
  }

  /** What a function gets in its place: where it is a part of something, a copy, which lacks the methods that want a pointer. */
  passed (): GoObject | undefined {
    return undefined
  }

  /** What `deepCopy` makes of a type with private fields: nobody else can set those, so the copy has empty ones. */
  deepCopied (): GoObject | undefined {
    return undefined
  }

  /** Of a map type with a name, the type of its elements. */
  get elementType (): string {
    return 'interface {}'
  }

  /** What `range`, `len` and `index` see of a named map or slice type; undefined for a struct. */
  elements (): List | Dict | undefined {
    return undefined
  }
}

/** The name of a struct type, with its package. */
export type StructType = `${string}.${string}`

/**
 * The Go type that a parameter has, for the check that text/template makes by reflection before a call.
 * `any` is interface{}; `list` is []interface{}; `strings` is []string; `dict` is map[string]interface{};
 * `int64` and the other kinds take only that kind (an untyped constant of the template fits them all); `reflect` is reflect.Value (anything, as it is);
 * a name with a dot is a struct type of that name, such as `sprig.certificate`.
 */
export type ParamType = 'any' | 'reflect' | 'string' | 'bool' | 'float64' | 'bytes' | 'list' | 'strings' | 'dict' | 'error' | 'time' | 'duration' | StructType | IntKind

/** A function that a template may call. */
export interface GoFunc {
  /** The types of its parameters; the last one repeats when `variadic`. */
  readonly params: readonly ParamType[]
  readonly variadic?: boolean
  /**
   * Runs it; arguments were checked against `params` (count and type) before.
   *
   * @throws {Error} any error; the template engine adds `error calling NAME: ` and the position
   */
  readonly call: (...args: Value[]) => Value
}
