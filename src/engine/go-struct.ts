import { GoObject, type GoFunc, type Value } from '../go/value.js'

/** A Go struct, or a pointer to one, that templates read: its fields by name, and its methods. */
export class GoStruct extends GoObject {
  readonly goType: string
  readonly goKind: 'struct' | 'ptr'
  readonly #fields: ReadonlyMap<string, Value>
  readonly #methods: ReadonlyMap<string, GoFunc>

  /**
   * @param goType such as `common.KubeVersion`; one that starts with `*` is a pointer
   * @param fields the exported fields, in their declared order
   * @param methods the exported methods
   */
  constructor (goType: string, fields: ReadonlyArray<readonly [string, Value]>, methods: ReadonlyArray<readonly [string, GoFunc]> = []) {
    super()
    this.goType = goType
    this.goKind = goType.startsWith('*') ? 'ptr' : 'struct'
    this.#fields = new Map(fields)
    this.#methods = new Map(methods)
  }

  override field (name: string): Value | undefined {
    return this.#fields.get(name)
  }

  override fields (): ReadonlyArray<readonly [name: string, value: Value]> {
    return [...this.#fields]
  }

  override method (name: string): GoFunc | undefined {
    return this.#methods.get(name)
  }
}
