import { messageOf } from '../../errors.js'
import { quote } from '../../go/strconv.js'
import type { Budget } from './budget.js'
import { below, SchemaDocument, type Resource } from './document.js'
import { draftNamed, latestDraft, type Dialect, type Draft } from './drafts/draft.js'
import { isOfficial, metaSchemaAt } from './drafts/meta-schemas.js'
import { SchemaError } from './errors.js'
import type { Json, JsonObject } from './json.js'
import { joinReference, locationOf, schemeOf, splitAtHash, type Reference } from './url.js'

/** What documents need from outside. */
export interface DocumentsOptions {
  /** What finding schemas in them may cost. */
  readonly budget: Budget
  /** Checks a schema by its meta-schema; throws what is wrong. */
  readonly check: (document: SchemaDocument, pointer: string) => void
  /** Told of a `urn:` that no one knows: it stands for a schema that everything fits. */
  readonly unresolved: (urn: string) => void
}

/** Where a schema stands: its document, and the pointer to it. */
export interface Place {
  readonly document: SchemaDocument
  readonly pointer: string
}

/** All documents that a schema consists of: its own, and meta-schemas that it names. Nothing is fetched, and no file is read. */
export class Documents {
  readonly #contents = new Map<string, Json>()
  readonly #documents = new Map<string, SchemaDocument>()
  readonly #options: DocumentsOptions

  constructor (options: DocumentsOptions) {
    this.#options = options
  }

  /** Makes a document known by its address. */
  provide (url: string, content: Json): void {
    this.#contents.set(url, content)
  }

  /** Where a reference leads that is an address. @throws {SchemaError} invalid-schema, refused */
  resolve (reference: Reference): Place {
    const document = this.open(reference.url)
    return { document, pointer: document.findIn(document.resourceAt(''), reference.fragment) }
  }

  /** The document at an address, its schemas found and checked. @throws {SchemaError} invalid-schema, refused */
  open (url: string): SchemaDocument {
    const known = this.#documents.get(url)
    if (known !== undefined) return known
    const content = this.#load(url)
    const document = new SchemaDocument(url, content)
    this.#collect(document, content, { pointer: '', base: url, fallback: { draft: latestDraft, vocabularies: undefined } })
    if (!isOfficial(url)) this.#options.check(document, '')
    this.#documents.set(url, document)
    return document
  }

  /** Finds and checks a schema that stands where none was expected: below a keyword that no draft knows. @throws {SchemaError} */
  ensure ({ document, pointer }: Place): void {
    if (document.known.has(pointer)) return
    const schema = document.lookUp(pointer)
    const resource = document.resourceAt(pointer)
    this.#collect(document, schema, { pointer, base: resource.id, fallback: resource.dialect })
    if (schema instanceof Map && !document.resources.has(pointer)) document.collectAnchors(schema, pointer, document.resourceAt(pointer))
    this.#options.check(document, pointer)
  }

  #load (url: string): Json {
    const known = this.#contents.get(url)
    if (known !== undefined) return known
    const content = metaSchemaAt(url) ?? this.#loadByScheme(url)
    this.#contents.set(url, content)
    return content
  }

  /** http, https and file are what Helm would load from. */
  #loadByScheme (url: string): Json {
    const scheme = attempt(() => schemeOf(url), error => new SchemaError('invalid-schema', `failing loading ${quote(url)}: ${messageOf(error)}`, { cause: error }))
    if (scheme === 'urn') {
      this.#options.unresolved(url)
      return true
    }
    if (scheme !== 'http' && scheme !== 'https' && scheme !== 'file') {
      throw new SchemaError('invalid-schema', `failing loading ${quote(url)}: no URLLoader registered for ${quote(url)}`)
    }
    const why = scheme === 'file' ? 'no files are read for a schema' : 'nothing is fetched for a schema'
    throw new SchemaError('refused', `failing loading ${quote(url)}: ${why}: put it into values.schema.json, below $defs, and refer to it there`)
  }

  #collect (document: SchemaDocument, schema: Json, at: Position): void {
    if (document.known.has(at.pointer)) return
    document.known.add(at.pointer)
    // Pointers hold the keys of all schemas around theirs.
    this.#options.budget.spend(at.pointer.length >> 8)
    if (schema instanceof Map) this.#collectObject(document, schema, at)
    else if (at.pointer === '') document.add(resource(at.pointer, at.base, at.fallback))
  }

  #collectObject (document: SchemaDocument, schema: JsonObject, at: Position): void {
    const named = this.#dialectOf(document, schema, at)
    const idOfNamed = idOf(schema, named.draft)
    // A `$schema` counts only where the schema has an address of its own.
    const dialect = idOfNamed === '' && at.pointer !== '' ? at.fallback : named
    const id = idOfNamed === '' && at.pointer !== '' ? idOf(schema, dialect.draft) : idOfNamed
    this.#options.budget.spend(id === '' ? 0 : (at.base.length + id.length) >> 3)
    const base = id === '' ? at.base : joinId(at.base, id, locationOf(document.url, at.pointer))
    if (id !== '' || at.pointer === '') document.add(resource(at.pointer, base, dialect))
    const owner = document.named(base) ?? document.resourceAt(at.pointer)
    document.collectAnchors(schema, at.pointer, owner)
    for (const [pointer, child] of subschemas(schema, dialect.draft, at.pointer)) this.#collect(document, child, { pointer, base, fallback: owner.dialect })
  }

  /** The dialect that a schema names by `$schema`, else the one around it. */
  #dialectOf (document: SchemaDocument, schema: JsonObject, { pointer, fallback }: Position): Dialect {
    const name = schema.get('$schema')
    if (typeof name !== 'string') return fallback
    const draft = draftNamed(name)
    if (draft !== undefined) return { draft, vocabularies: undefined }
    const custom = this.#draftOf(schema, locationOf(document.url, pointer), { own: pointer === '' ? document.url : undefined, fallback: fallback.draft, seen: new Set() })
    const url = splitAtHash(name)[0]
    return { draft: custom, vocabularies: vocabulariesOf(custom, url, this.#load(url)) }
  }

  /** Follows `$schema` from meta-schema to meta-schema until one is a draft's. */
  #draftOf (schema: Json, location: string, { own, fallback, seen }: Search): Draft {
    const name = schema instanceof Map ? schema.get('$schema') : undefined
    if (typeof name !== 'string') return fallback
    const draft = draftNamed(name)
    if (draft !== undefined) return draft
    const url = splitAtHash(name)[0]
    attempt(() => schemeOf(url), error => new SchemaError('invalid-schema', `invalid $schema in ${quote(location)}: ${messageOf(error)}`, { cause: error }))
    if (url === own) throw new SchemaError('invalid-schema', `draft ${quote(url)} is not supported`)
    if (seen.has(url)) throw new SchemaError('invalid-schema', `cycle in resolving $schema in ${quote(url)}`)
    return this.#draftOf(this.#load(url), locationOf(url, ''), { own: url, fallback, seen: seen.add(url) })
  }
}

interface Position {
  readonly pointer: string
  /** What addresses are seen from. */
  readonly base: string
  readonly fallback: Dialect
}

interface Search {
  readonly own: string | undefined
  readonly fallback: Draft
  readonly seen: Set<string>
}

function resource (pointer: string, id: string, dialect: Dialect): Resource {
  return { pointer, id, dialect, anchors: new Map(), dynamicAnchors: new Set() }
}

/** The address that a schema gives itself, without a fragment; empty for none. */
function idOf (schema: JsonObject, draft: Draft): string {
  const id = draft.version < 2019 && schema.has('$ref') ? undefined : schema.get(draft.id)
  return typeof id === 'string' ? splitAtHash(id)[0] : ''
}

function joinId (base: string, id: string, location: string): string {
  return attempt(() => joinReference(base, id).url, error => new SchemaError('invalid-schema', `error in parsing id at ${quote(location)}`, { cause: error }))
}

function * subschemas (schema: JsonObject, draft: Draft, pointer: string): Generator<readonly [string, Json]> {
  for (const { keyword, each } of draft.positions) {
    const value = schema.get(keyword)
    if (value === undefined) continue
    if (each === 'value') yield [below(pointer, keyword), value]
    else if (each === 'property' && value instanceof Map) for (const [key, child] of value) yield [below(pointer, keyword, key), child]
    else if (each === 'item' && Array.isArray(value)) for (const [index, child] of value.entries()) yield [below(pointer, keyword, String(index)), child]
  }
}

/** The vocabularies that a meta-schema requires; undefined where it says nothing of them. */
function vocabulariesOf (draft: Draft, url: string, metaSchema: Json): string[] | undefined {
  const listed = metaSchema instanceof Map ? metaSchema.get('$vocabulary') : undefined
  if (draft.version < 2019 || !(listed instanceof Map)) return undefined
  const required = [...listed].filter(([, isRequired]) => isRequired === true).map(([name]) => name)
  const names = required.map(name => name.startsWith(draft.vocabularyPrefix) ? name.slice(draft.vocabularyPrefix.length) : name)
  const foreign = names.findIndex(name => !draft.vocabularies.includes(name))
  if (foreign !== -1) throw new SchemaError('invalid-schema', `unsupported vocabulary ${quote(required[foreign] ?? '')} in ${quote(url)}`)
  return names.includes('core') ? names : [...names, 'core']
}

function attempt<T> (run: () => T, failed: (error: unknown) => Error): T {
  try {
    return run()
  } catch (error) {
    throw failed(error)
  }
}
