import { messageOf } from '../../../errors.js'
import { quote } from '../../../go/strconv.js'
import { SprigError } from '../../../sprig/errors.js'
import { Pattern } from '../../../sprig/pattern.js'
import { SchemaError } from '../errors.js'
import type { Json, JsonObject } from '../json.js'
import type { Rational } from '../number.js'
import { JsonNumber } from '../number.js'
import type { SchemaNode } from '../node.js'

/** What a family of keywords needs to know of the schema that is compiled. */
export interface SchemaContext {
  readonly object: JsonObject
  readonly version: number
  /** Whether formats are checked. */
  readonly assertsFormat: boolean
  /** Whether the dialect knows a vocabulary's keywords. */
  readonly has: (vocabulary: string) => boolean
  /** The schema below this one, at keywords, names and indices. */
  readonly sub: (...tokens: string[]) => SchemaNode
  /** The schema that a reference leads to. */
  readonly refer: (reference: string) => SchemaNode
  /** Where a keyword stands, for errors. */
  readonly locationOf: (keyword: string) => string
}

/** Reads the keywords of one schema; one of a type that its keyword has not counts as absent. */
export class KeywordReader {
  readonly context: SchemaContext

  constructor (context: SchemaContext) {
    this.context = context
  }

  get version (): number {
    return this.context.version
  }

  has (vocabulary: string): boolean {
    return this.context.has(vocabulary)
  }

  value (keyword: string): Json | undefined {
    return this.context.object.get(keyword)
  }

  text (keyword: string): string | undefined {
    const value = this.value(keyword)
    return typeof value === 'string' ? value : undefined
  }

  flag (keyword: string): boolean | undefined {
    const value = this.value(keyword)
    return typeof value === 'boolean' ? value : undefined
  }

  number (keyword: string): Rational | undefined {
    const value = this.value(keyword)
    return value instanceof JsonNumber ? value.rational : undefined
  }

  /** A whole number: 2.0 is one. */
  count (keyword: string): number | undefined {
    const number = this.number(keyword)
    return number?.isInteger() === true ? Number(number.numerator / number.denominator) : undefined
  }

  list (keyword: string): Json[] | undefined {
    const value = this.value(keyword)
    return Array.isArray(value) ? value : undefined
  }

  object (keyword: string): JsonObject | undefined {
    const value = this.value(keyword)
    return value instanceof Map ? value : undefined
  }

  /** The schema at a keyword, whatever stands there. */
  schema (keyword: string): SchemaNode | undefined {
    return this.value(keyword) === undefined ? undefined : this.context.sub(keyword)
  }

  schemas (keyword: string): SchemaNode[] | undefined {
    return this.list(keyword)?.map((_, index) => this.context.sub(keyword, String(index)))
  }

  /** Schemas by name, in the order of the text. */
  schemasByName (keyword: string): Map<string, SchemaNode> | undefined {
    const object = this.object(keyword)
    return object === undefined ? undefined : new Map([...object.keys()].map(name => [name, this.context.sub(keyword, name)]))
  }

  /** A boolean, which fails in its own words, or any other schema. */
  flagOrSchema (keyword: string): boolean | SchemaNode | undefined {
    return this.flag(keyword) ?? this.schema(keyword)
  }

  reference (keyword: string): SchemaNode | undefined {
    const reference = this.text(keyword)
    return reference === undefined ? undefined : this.context.refer(reference)
  }

  /** A regular expression. @throws {SchemaError} invalid-schema: `invalid regex "(" at "…": error parsing regexp: …` */
  pattern (expression: string, keyword: string): Pattern {
    try {
      return new Pattern(expression)
    } catch (error) {
      if (!(error instanceof SprigError)) throw error
      const message = `invalid regex ${quote(expression)} at ${quote(this.context.locationOf(keyword))}: ${messageOf(error)}`
      throw new SchemaError('invalid-schema', message, { cause: error })
    }
  }
}

/** The texts of a list; other items do not count. */
export function textsOf (list: readonly Json[]): string[] {
  return list.filter(item => typeof item === 'string')
}
