import { compileObject } from './compile-object.js'
import { below, type SchemaDocument } from './document.js'
import { Documents, type DocumentsOptions, type Place } from './documents.js'
import { assertsFormat, hasVocabulary } from './drafts/draft.js'
import type { Json, JsonObject } from './json.js'
import type { SchemaContext } from './keywords/keyword-reader.js'
import { SchemaNode } from './node.js'
import { joinReference, locationOf } from './url.js'

/** How schemas are compiled. */
export interface CompilerOptions extends DocumentsOptions {
  /** Whether formats are checked in every draft. */
  readonly assertFormat?: boolean
}

/** Compiles schemas, with all that they refer to, into nodes: breadth first, each place once. */
export class Compiler {
  readonly #documents: Documents
  readonly #options: CompilerOptions
  readonly #nodes = new Map<string, SchemaNode>()
  readonly #queue: Array<Place & { readonly node: SchemaNode }> = []

  constructor (options: CompilerOptions) {
    this.#options = options
    this.#documents = new Documents(options)
  }

  /** Makes a document known by its address. */
  provide (url: string, content: Json): void {
    this.#documents.provide(url, content)
  }

  /**
   * The schema that a document is.
   *
   * @param url its address
   * @throws {SchemaError} invalid-schema, refused, too-complex
   */
  compile (url: string): SchemaNode {
    const root = this.#node(this.#documents.resolve({ url, fragment: '' }))
    // The queue grows while it is worked off.
    for (const next of this.#queue) this.#fill(next)
    this.#queue.length = 0
    return root
  }

  #node (place: Place): SchemaNode {
    const { document: { url }, pointer } = place
    const key = `${url}#${pointer}`
    const known = this.#nodes.get(key)
    if (known !== undefined) return known
    const node = new SchemaNode(locationOf(url, pointer))
    this.#nodes.set(key, node)
    this.#queue.push({ ...place, node })
    return node
  }

  #fill ({ document, pointer, node }: Place & { readonly node: SchemaNode }): void {
    this.#options.budget.spend(3 + (pointer.length >> 6))
    this.#documents.ensure({ document, pointer })
    const schema = document.lookUp(pointer)
    const { pointer: owner, dialect } = document.resourceAt(pointer)
    node.version = dialect.draft.version
    node.resource = this.#node({ document, pointer: owner })
    if (node.version >= 2020 && node.resource === node) this.#noteDynamicAnchors(document, pointer, node)
    if (typeof schema === 'boolean') node.constant = schema
    else if (schema instanceof Map && schema.size === 0) node.constant = true
    else if (schema instanceof Map) compileObject(node, this.#context(schema, { document, pointer }))
  }

  #noteDynamicAnchors (document: SchemaDocument, pointer: string, node: SchemaNode): void {
    const { anchors, dynamicAnchors } = document.resourceAt(pointer)
    for (const anchor of dynamicAnchors) {
      const target = anchors.get(anchor)
      if (target !== undefined) node.dynamicAnchors.set(anchor, this.#node({ document, pointer: target }))
    }
  }

  #context (object: JsonObject, { document, pointer }: Place): SchemaContext {
    const { id, dialect } = document.resourceAt(pointer)
    return {
      object,
      version: dialect.draft.version,
      assertsFormat: this.#options.assertFormat === true || assertsFormat(dialect),
      has: vocabulary => hasVocabulary(dialect, vocabulary),
      sub: (...tokens) => this.#node({ document, pointer: below(pointer, ...tokens) }),
      refer: reference => this.#refer(document, id, reference),
      locationOf: keyword => locationOf(document.url, below(pointer, keyword))
    }
  }

  #refer (document: SchemaDocument, base: string, text: string): SchemaNode {
    this.#options.budget.spend(5 + ((base.length + text.length) >> 3))
    const reference = joinReference(base, text)
    const pointer = document.find(reference)
    return this.#node(pointer === undefined ? this.#documents.resolve(reference) : { document, pointer })
  }
}
