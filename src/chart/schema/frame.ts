import { quote as goQuote } from '../../go/strconv.js'
import { typeOf } from '../../go/type-name.js'
import type { Budget } from './budget.js'
import type { Resource } from './document.js'
import type { Dialect } from './drafts/draft.js'
import { escapeToken, pointerOf, silent, type Failure, type Path } from './failure.js'
import { typeOfJson } from './instance.js'
import type { Json } from './json.js'
import type { SchemaNode } from './node.js'

/** What one validation has in common: what is left of its budget and, when the value is a schema, which of its parts follow other drafts. */
export interface Run {
  readonly budget: Budget
  /** The parts of a schema with addresses of their own. */
  readonly resources?: ReadonlyMap<string, Resource>
  /** The meta-schema of a dialect. */
  readonly metaSchema?: (dialect: Dialect) => SchemaNode
}

/** A schema that is being applied, and within which: references are resolved by it, and circles found. */
interface Scope {
  readonly node: SchemaNode
  /** The keyword of the reference that led here; empty for a subschema. */
  readonly keyword: string
  /** The same for schemas that are applied to the same value. */
  readonly value: number
  readonly depth: number
  readonly parent: Scope | undefined
}

/** How a schema is applied to the same value. */
export interface Application {
  /** The reference's keyword. */
  readonly keyword?: string
  /** Whether only the verdict counts. */
  readonly quiet?: boolean
}

/** The properties and items that no keyword has looked at yet; undefined where no one asks. */
export class Unevaluated {
  properties: Set<string> | undefined
  items: Set<number> | undefined

  /** @param value looked at @param node by which schema @param around what noting it may cost, and whether the schema around it wants to know */
  static of (value: Json, node: SchemaNode, { budget, asked }: { readonly budget: Budget, readonly asked: boolean }): Unevaluated {
    const unevaluated = new Unevaluated()
    if (value instanceof Map) {
      if (!node.evaluatesProperties && (asked || node.wantsProperties)) {
        budget.spend(value.size >> 5)
        unevaluated.properties = new Set(value.keys())
      }
    } else if (Array.isArray(value) && !node.evaluatesItems && (asked || node.wantsItems) && node.evaluatedItems < value.length) {
      budget.spend(value.length >> 5)
      unevaluated.items = new Set(value.keys())
      for (let index = 0; index < node.evaluatedItems; index++) unevaluated.items.delete(index)
    }
    return unevaluated
  }

  /** Whether nothing is left, or no one asks. */
  isEmpty (): boolean {
    return (this.properties?.size ?? 0) === 0 && (this.items?.size ?? 0) === 0
  }

  /** Takes out what another schema looked at. */
  keepIn (other: Unevaluated): void {
    for (const property of this.properties ?? []) if (other.properties?.has(property) !== true) this.properties?.delete(property)
    for (const item of this.items ?? []) if (other.items?.has(item) !== true) this.items?.delete(item)
  }
}

/** One schema, applied to one value. */
export class Frame {
  readonly value: Json
  readonly path: Path | undefined
  readonly node: SchemaNode
  readonly unevaluated: Unevaluated
  readonly run: Run
  readonly quiet: boolean
  readonly failures: Failure[] = []
  readonly #scope: Scope
  readonly #meta: SchemaNode | undefined

  private constructor (value: Json, path: Path | undefined, { scope, unevaluated, run, quiet, meta }: Inner) {
    this.value = value
    this.path = path
    this.node = scope.node
    this.unevaluated = unevaluated
    this.run = run
    this.quiet = quiet
    this.#scope = scope
    this.#meta = meta
  }

  /**
   * Applies a schema to a value that stands by itself.
   *
   * @param node the schema
   * @param value the value
   * @param run what the validation has in common; `meta` the meta-schema, when the value is a schema
   * @returns what is wrong; empty for a value that fits
   * @throws {SchemaError} too-complex
   */
  static validate (node: SchemaNode, value: Json, run: Run, meta?: SchemaNode): readonly Failure[] {
    const scope: Scope = { node, keyword: '', value: 0, depth: 0, parent: undefined }
    const failure = new Frame(value, undefined, { scope, unevaluated: Unevaluated.of(value, node, { budget: run.budget, asked: false }), run, quiet: false, meta }).#validate()
    if (failure === undefined) return []
    return failure.kind === 'group' ? failure.causes : [failure]
  }

  /** Applies another schema to the same value: what it looked at counts as looked at. */
  apply (node: SchemaNode, { keyword = '', quiet = false }: Application = {}): Failure | undefined {
    const chosen = this.#chosen(node, this.path)
    const scope: Scope = { node: chosen, keyword, value: this.#scope.value, depth: this.#scope.depth + 1, parent: this.#scope }
    const unevaluated = Unevaluated.of(this.value, node, { budget: this.run.budget, asked: !this.unevaluated.isEmpty() })
    const meta = chosen === node ? this.#meta : chosen
    const frame = new Frame(this.value, this.path, { scope, unevaluated, run: this.run, quiet: this.quiet || quiet, meta })
    const failure = frame.#validate()
    if (failure === undefined) this.unevaluated.keepIn(frame.unevaluated)
    return failure
  }

  /** Applies a schema to a part of the value. */
  applyTo (node: SchemaNode, value: Json, token: string): Failure | undefined {
    const path: Path = { parent: this.path, token }
    const chosen = this.#chosen(node, path)
    const scope: Scope = { node: chosen, keyword: '', value: this.#scope.value + 1, depth: this.#scope.depth + 1, parent: this.#scope }
    const meta = chosen === node ? this.#meta : chosen
    return new Frame(value, path, { scope, unevaluated: Unevaluated.of(value, node, { budget: this.run.budget, asked: false }), run: this.run, quiet: this.quiet, meta }).#validate()
  }

  /** Applies the target of a reference; what is wrong is wrapped, to show where it came from. */
  applyReference (node: SchemaNode, keyword: string): Failure | undefined {
    const failure = this.apply(node, { keyword })
    if (failure === undefined || this.quiet) return failure
    return { kind: 'reference', path: this.path, text: () => 'validation failed', causes: failure.kind === 'group' ? failure.causes : [failure] }
  }

  /** Applies a schema to a value that stands nowhere, such as a key. */
  applyApart (node: SchemaNode, value: Json): readonly Failure[] {
    return Frame.validate(node, value, this.run, this.#meta)
  }

  /** What is wrong with the value, not yet noted. */
  failure (text: () => string, causes: readonly Failure[] = []): Failure {
    return this.quiet ? silent : { kind: 'keyword', path: this.path, text, causes }
  }

  /** Notes what is wrong with the value. */
  fail (text: () => string, causes: readonly Failure[] = []): void {
    this.failures.push(this.failure(text, causes))
  }

  /** Notes what a schema found, if it found anything. */
  add (failure: Failure | undefined): void {
    if (failure !== undefined) this.failures.push(failure)
  }

  /** The schemas around this one, from within: this one's first. */
  * nodes (): Generator<SchemaNode> {
    for (let scope: Scope | undefined = this.#scope; scope !== undefined; scope = scope.parent) yield scope.node
  }

  #validate (): Failure | undefined {
    this.run.budget.spend(1)
    this.run.budget.descend(this.#scope.depth)
    const { node } = this
    if (node.constant !== undefined) return node.constant ? undefined : this.failure(() => 'false schema')
    const wrong = this.#circle() ?? this.#noJson() ?? this.#gate()
    if (wrong !== undefined) return wrong
    if (node.onlyRef !== undefined) return this.applyReference(node.onlyRef, '$ref')
    for (const check of node.checks) {
      check(this)
      if (this.quiet && this.failures.length > 0) return silent
    }
    return this.failures.length > 1
      ? { kind: 'group', path: this.path, text: () => 'validation failed', causes: this.failures }
      : this.failures[0]
  }

  #gate (): Failure | undefined {
    for (const gate of this.node.gates) {
      const failure = gate(this)
      if (failure !== undefined) return failure
    }
    return undefined
  }

  #noJson (): Failure | undefined {
    if (typeOfJson(this.value) !== undefined) return undefined
    return this.failure(() => `invalid jsonType ${typeOf(this.value)}`)
  }

  /** A schema that is applied to a value while it is applied to it would never end. */
  #circle (): Failure | undefined {
    let count = 0
    for (let scope = this.#scope.parent; scope?.value === this.#scope.value; scope = scope.parent) {
      const { node } = scope
      if (++count % 8 === 0) this.run.budget.spend(1)
      if (node !== this.node) continue
      const start = scope
      return this.failure(() => `both ${keywordsTo(this.#scope)} and ${keywordsTo(start)} resolve to ${goQuote(node.location)} causing reference cycle`)
    }
    return undefined
  }

  /** The parts of a schema that name a draft of their own are checked by its meta-schema. */
  #chosen (node: SchemaNode, path: Path | undefined): SchemaNode {
    const { resources, metaSchema } = this.run
    if (resources === undefined || metaSchema === undefined || node !== this.#meta) return node
    if (resources.size === 1 && path !== undefined) return node
    const resource = resources.get(pointerOf(path))
    return resource === undefined ? node : metaSchema(resource.dialect)
  }
}

interface Inner {
  readonly scope: Scope
  readonly unevaluated: Unevaluated
  readonly run: Run
  readonly quiet: boolean
  /** The meta-schema that the value is checked by, when it is a schema. */
  readonly meta: SchemaNode | undefined
}

/** The keywords that lead from the first schema to this one. */
function keywordsTo (scope: Scope): string {
  let text = ''
  for (let at = scope; at.parent !== undefined; at = at.parent) {
    text = (at.keyword === '' ? at.node.location.slice(at.parent.node.location.length) : `/${escapeToken(at.keyword)}`) + text
  }
  return text
}
