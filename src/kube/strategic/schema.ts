import { quote } from '../../go/strconv.js'
import { KubeError } from '../errors.js'
import type { GroupVersionKind } from '../objects.js'
import { apiVersionOf } from '../objects.js'
import { patchTable } from './patch-table.js'

/** How a field is patched. */
export interface FieldSchema {
  /** Of the value; of the elements, when a list was asked for. */
  readonly schema: PatchSchema
  /** Lists with `merge` are merged element by element, mappings with `replace` sent whole; empty for lists that are sent whole and other mappings. */
  readonly strategy: string
  /** Whether the patch names the keys that are to stay, so that the server drops all others. */
  readonly retainKeys: boolean
  /** The key by which elements are the same; empty when they are texts or numbers. */
  readonly mergeKey: string
}

interface Field {
  /** `:` a structure, `[]` a list, `{}` a mapping. */
  readonly shape: string
  /** The structure, or that of the elements; empty for anything else. */
  readonly type: string
  readonly strategies: readonly string[]
  readonly mergeKey: string
}

/**
 * What the Go type of a JSON value says of the fields in it (apimachinery's PatchMetaFromStruct): the types are those of the Kubernetes
 * libraries that Helm 4.3.1 is built with, see patch-table.ts.
 */
export class PatchSchema {
  /** The structure; empty when the type is none. */
  readonly #type: string
  /** Go's name of what it is, for errors. */
  readonly kind: string

  private constructor (type: string, kind: string) {
    this.#type = type
    this.kind = kind
  }

  /**
   * The schema of a kind; undefined for one that is not built in.
   *
   * @param kind its group, version and name
   */
  static of (kind: GroupVersionKind): PatchSchema | undefined {
    const type = table().get(`=${apiVersionOf(kind)} ${kind.kind}`)
    return type === undefined ? undefined : new PatchSchema(type, 'struct')
  }

  /**
   * The schema of a field that holds a mapping.
   *
   * @throws {KubeError} manifest: the type has no such field
   */
  mapping (key: string): FieldSchema {
    const field = this.#field(key)
    return this.#described(field, field.shape === ':' ? new PatchSchema(field.type, 'struct') : new PatchSchema('', field.shape === '{}' ? 'map' : 'slice'))
  }

  /**
   * The schema of a field that holds a list.
   *
   * @throws {KubeError} manifest: the type has no such field, or it is no list
   */
  list (key: string): FieldSchema {
    const field = this.#field(key)
    if (field.shape !== '[]') throw new KubeError('manifest', `expected slice or array type, but got: ${this.kind}`)
    return this.#described(field, field.type === '' ? new PatchSchema('', 'string') : new PatchSchema(field.type, 'struct'))
  }

  #field (key: string): Field {
    if (this.kind !== 'struct') throw new KubeError('manifest', `merging an object in json but data type is not struct, instead is: ${this.kind}`)
    const fields = fieldsOf(this.#type)
    const field = fields.get(key) ?? [...fields].find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1]
    if (field !== undefined) return field
    throw new KubeError('manifest', `unable to find api field in struct ${this.#type.replace(/^\d+\./, '')} for the json field ${quote(key)}`)
  }

  #described ({ strategies, mergeKey }: Field, schema: PatchSchema): FieldSchema {
    return { schema, mergeKey, retainKeys: strategies.includes('retainKeys'), strategy: strategies.find(each => each !== 'retainKeys') ?? '' }
  }
}

let lines: Map<string, string> | undefined
const structures = new Map<string, Map<string, Field>>()

/** The table's lines: what stands before the last space of a kind's line, or before the first of a structure's, leads to the rest. */
function table (): Map<string, string> {
  lines ??= new Map(patchTable.trim().split('\n').map(line => {
    const space = line.startsWith('=') ? line.lastIndexOf(' ') : line.indexOf(' ')
    return [line.slice(0, space), line.slice(space + 1)]
  }))
  return lines
}

function fieldsOf (type: string): Map<string, Field> {
  let fields = structures.get(type)
  if (fields === undefined) {
    fields = new Map((table().get(type) ?? '').split(' ').flatMap(readField))
    structures.set(type, fields)
  }
  return fields
}

function readField (text: string): Array<[string, Field]> {
  const match = /^(?<name>[^:[{~@]+)(?<shape>:|\[\]|\{\})(?<type>[^~@]*)(?:~(?<strategies>[^@]+))?(?:@(?<mergeKey>.+))?$/.exec(text)?.groups
  if (match === undefined) return []
  const { name = '', shape = '', type = '', strategies = '', mergeKey = '' } = match
  return [[name, { shape, type, mergeKey, strategies: strategies === '' ? [] : strategies.split(',') }]]
}
