import { quote } from '../../go/strconv.js'
import type { Dialect } from './drafts/draft.js'
import { SchemaError } from './errors.js'
import { escapeToken } from './failure.js'
import type { Json, JsonObject } from './json.js'
import { locationOf, splitReference, type Reference } from './url.js'

/** A schema with an address of its own: the whole document, or a part of it with an `$id`. */
export interface Resource {
  /** Where it stands in its document. */
  readonly pointer: string
  /** Its address, without a fragment. */
  readonly id: string
  readonly dialect: Dialect
  /** Where its anchors stand. */
  readonly anchors: Map<string, string>
  readonly dynamicAnchors: Set<string>
}

/** A document with schemas: where they stand, and what they are called. */
export class SchemaDocument {
  readonly url: string
  readonly content: Json
  /** By where they stand. */
  readonly resources = new Map<string, Resource>()
  /** Where all schemas found so far stand. */
  readonly known = new Set<string>()
  readonly #byId = new Map<string, Resource>()

  constructor (url: string, content: Json) {
    this.url = url
    this.content = content
  }

  /** @throws {SchemaError} invalid-schema, when another one has its address */
  add (resource: Resource): void {
    const other = this.#byId.get(resource.id)
    if (other !== undefined && other.pointer !== resource.pointer) {
      throw new SchemaError('invalid-schema', `duplicate id ${quote(resource.id)} in ${quote(this.url)} at ${quote(resource.pointer)} and ${quote(other.pointer)}`)
    }
    if (other !== undefined) return
    this.#byId.set(resource.id, resource)
    this.resources.set(resource.pointer, resource)
  }

  /** The resource of that address. */
  named (id: string): Resource | undefined {
    return this.#byId.get(id)
  }

  /** The resource that a place belongs to. */
  resourceAt (pointer: string): Resource {
    for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
      const resource = this.resources.get(at)
      if (resource !== undefined) return resource
      if (!at.includes('/')) throw new SchemaError('invalid-schema', `no schema at ${quote(locationOf(this.url, pointer))}`)
    }
  }

  /**
   * Where a reference into this document leads.
   *
   * @returns undefined when it leads elsewhere
   * @throws {SchemaError} invalid-schema: `anchor in "…" not found in schema "…"`
   */
  find (reference: Reference): string | undefined {
    const resource = reference.url === this.url ? this.resourceAt('') : this.#byId.get(reference.url)
    return resource === undefined ? undefined : this.findIn(resource, reference.fragment)
  }

  /** Where a fragment leads that is seen from a resource: to a pointer, or to an anchor. @throws {SchemaError} invalid-schema */
  findIn (resource: Resource, fragment: string): string {
    if (fragment === '' || fragment.startsWith('/')) return resource.pointer + fragment
    const pointer = resource.anchors.get(fragment)
    if (pointer !== undefined) return pointer
    throw new SchemaError('invalid-schema', `anchor in ${quote(locationOf(resource.id, fragment))} not found in schema ${quote(this.url)}`)
  }

  /**
   * What stands at a pointer.
   *
   * @throws {SchemaError} invalid-schema: `json-pointer in "…" not found`
   */
  lookUp (pointer: string): Json {
    let value = this.content
    for (const token of pointer.split('/').slice(1)) {
      if (/~(?![01])/.test(token)) throw new SchemaError('invalid-schema', `invalid json-pointer ${quote(locationOf(this.url, pointer))}`)
      const next = childOf(value, token.replaceAll('~1', '/').replaceAll('~0', '~'))
      if (next === undefined) throw new SchemaError('invalid-schema', `json-pointer in ${quote(locationOf(this.url, pointer))} not found`)
      value = next
    }
    return value
  }

  /**
   * Notes the anchors of a schema.
   *
   * @param schema that stands at the pointer
   * @param pointer where
   * @param resource that it belongs to
   * @throws {SchemaError} invalid-schema, when an anchor stands elsewhere, too
   */
  collectAnchors (schema: JsonObject, pointer: string, resource: Resource): void {
    for (const anchor of anchorsOf(schema, resource.dialect, locationOf(this.url, pointer))) {
      const other = resource.anchors.get(anchor)
      if (other !== undefined && other !== pointer) {
        throw new SchemaError('invalid-schema', `duplicate anchor ${quote(anchor)} in ${quote(this.url)} at ${quote(other)} and ${quote(pointer)}`)
      }
      resource.anchors.set(anchor, pointer)
    }
    const dynamic = schema.get('$dynamicAnchor')
    if (resource.dialect.draft.version >= 2020 && typeof dynamic === 'string') resource.dynamicAnchors.add(dynamic)
  }
}

/** The pointer to something below a place. */
export function below (pointer: string, ...tokens: readonly string[]): string {
  return tokens.reduce((at, token) => `${at}/${escapeToken(token)}`, pointer)
}

function childOf (value: Json, token: string): Json | undefined {
  if (value instanceof Map) return value.get(token)
  return Array.isArray(value) && /^[+-]?\d+$/.test(token) ? value[Number(token)] : undefined
}

/** Before 2019-09 an anchor is the fragment of the id, and nothing counts beside a `$ref`. */
function anchorsOf (schema: JsonObject, { draft }: Dialect, location: string): string[] {
  if (draft.version >= 2019) {
    const keywords = draft.version >= 2020 ? ['$anchor', '$dynamicAnchor'] : ['$anchor']
    return keywords.map(keyword => schema.get(keyword)).filter(anchor => typeof anchor === 'string')
  }
  const id = schema.get(draft.id)
  if (schema.has('$ref') || typeof id !== 'string') return []
  const fragment = fragmentOf(id, location)
  return fragment === '' || fragment.startsWith('/') ? [] : [fragment]
}

function fragmentOf (id: string, location: string): string {
  try {
    return splitReference(id).fragment
  } catch (error) {
    throw new SchemaError('invalid-schema', `error in parsing anchor at ${quote(location)}`, { cause: error })
  }
}
