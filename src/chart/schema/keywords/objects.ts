import { compareBytes } from '../../../go/bytes.js'
import type { Pattern } from '../../../sprig/pattern.js'
import { englishCount } from '../english.js'
import { quote, quoteAll } from '../failure.js'
import type { Frame } from '../frame.js'
import type { Json, JsonObject } from '../json.js'
import type { Check, SchemaNode } from '../node.js'
import { textsOf, type KeywordReader } from './keyword-reader.js'

type ObjectCheck = (frame: Frame, object: JsonObject) => void

/** The keywords for objects. Go looks at properties in random order; here it is that of their names. */
export function objectChecks (keywords: KeywordReader): Check[] {
  const checks = [
    ...keywords.has('validation') ? sizeChecks(keywords) : [],
    ...keywords.has('applicator') ? [dependenciesCheck(keywords), propertiesCheck(keywords), propertyNamesCheck(keywords), dependentSchemasCheck(keywords)] : [],
    keywords.has('validation') ? dependentRequiredCheck(keywords) : undefined
  ]
  return checks.filter(check => check !== undefined).map(check => frame => {
    if (frame.value instanceof Map) check(frame, frame.value)
  })
}

function sizeChecks (keywords: KeywordReader): Array<ObjectCheck | undefined> {
  const least = keywords.count('minProperties')
  const most = keywords.count('maxProperties')
  const required = textsOf(keywords.list('required') ?? [])
  return [
    least === undefined ? undefined : (frame, { size }) => { if (size < least) frame.fail(() => `minProperties: got ${englishCount(size)}, want ${englishCount(least)}`) },
    most === undefined ? undefined : (frame, { size }) => { if (size > most) frame.fail(() => `maxProperties: got ${englishCount(size)}, want ${englishCount(most)}`) },
    required.length === 0 ? undefined : requiredCheck(required)
  ]
}

function requiredCheck (required: readonly string[]): ObjectCheck {
  return (frame, object) => {
    frame.run.budget.spend(required.length >> 3)
    const missing = required.filter(name => !object.has(name))
    if (missing.length > 0) frame.fail(() => `missing ${missing.length === 1 ? 'property' : 'properties'} ${quoteAll(missing)}`)
  }
}

/** `dependencies`: names that must be there, or a schema. */
function dependenciesCheck (keywords: KeywordReader): ObjectCheck | undefined {
  const dependencies = keywords.object('dependencies')
  if (dependencies === undefined) return undefined
  const checks = inOrder(dependencies).map(([name, value]) => Array.isArray(value)
    ? namesCheck(name, textsOf(value))
    : schemaCheck(name, keywords.context.sub('dependencies', name)))
  return all(checks)
}

function dependentRequiredCheck (keywords: KeywordReader): ObjectCheck | undefined {
  const dependencies = keywords.version >= 2019 ? keywords.object('dependentRequired') : undefined
  if (dependencies === undefined) return undefined
  return all(inOrder(dependencies).map(([name, value]) => namesCheck(name, Array.isArray(value) ? textsOf(value) : [])))
}

function dependentSchemasCheck (keywords: KeywordReader): ObjectCheck | undefined {
  const schemas = keywords.version >= 2019 ? keywords.schemasByName('dependentSchemas') : undefined
  return schemas === undefined ? undefined : all(inOrder(schemas).map(([name, node]) => schemaCheck(name, node)))
}

function all (checks: readonly ObjectCheck[]): ObjectCheck {
  return (frame, object) => { for (const check of checks) check(frame, object) }
}

function namesCheck (name: string, wanted: readonly string[]): ObjectCheck {
  return (frame, object) => {
    frame.run.budget.spend(1 + (wanted.length >> 3))
    if (!object.has(name)) return
    const missing = wanted.filter(other => !object.has(other))
    if (missing.length > 0) frame.fail(() => `properties ${quoteAll(missing)} required, if ${quote(name)} exists`)
  }
}

function schemaCheck (name: string, node: SchemaNode): ObjectCheck {
  return (frame, object) => { if (object.has(name)) frame.add(frame.apply(node)) }
}

type Property = readonly [name: string, value: Json]

interface Properties {
  readonly named: ReadonlyMap<string, SchemaNode>
  readonly patterns: ReadonlyArray<readonly [Pattern, SchemaNode]>
  readonly additional: boolean | SchemaNode | undefined
}

function propertiesCheck (keywords: KeywordReader): ObjectCheck | undefined {
  const named = keywords.schemasByName('properties') ?? new Map<string, SchemaNode>()
  const patterns = inOrder(keywords.schemasByName('patternProperties') ?? new Map<string, SchemaNode>())
    .map(([expression, node]) => [keywords.pattern(expression, 'patternProperties'), node] as const)
  const properties: Properties = { named, patterns, additional: keywords.flagOrSchema('additionalProperties') }
  if (named.size === 0 && patterns.length === 0 && properties.additional === undefined) return undefined
  return (frame, object) => { checkProperties(frame, object, properties) }
}

function checkProperties (frame: Frame, object: JsonObject, properties: Properties): void {
  frame.run.budget.spend(object.size >> 2)
  const unwanted: string[] = []
  for (const [name, value] of inOrder(object)) {
    if (frame.quiet && frame.failures.length > 0) return
    const evaluated = checkListed(frame, [name, value], properties) || checkAdditional(frame, [name, value], properties.additional)
    if (evaluated) frame.unevaluated.properties?.delete(name)
    else if (properties.additional === false) unwanted.push(name)
  }
  if (unwanted.length === 0) return
  for (const name of unwanted) frame.unevaluated.properties?.delete(name)
  frame.fail(() => `additional properties ${quoteAll(unwanted)} not allowed`)
}

function checkListed (frame: Frame, [name, value]: Property, { named, patterns }: Properties): boolean {
  const node = named.get(name)
  if (node !== undefined) frame.add(frame.applyTo(node, value, name))
  let evaluated = node !== undefined
  for (const [pattern, patternNode] of patterns) {
    frame.run.budget.spend(1 + (name.length >> 4))
    if (!pattern.test(name)) continue
    evaluated = true
    frame.add(frame.applyTo(patternNode, value, name))
  }
  return evaluated
}

function checkAdditional (frame: Frame, [name, value]: Property, additional: boolean | SchemaNode | undefined): boolean {
  if (additional === undefined || typeof additional === 'boolean') return additional === true
  frame.add(frame.applyTo(additional, value, name))
  return true
}

function propertyNamesCheck (keywords: KeywordReader): ObjectCheck | undefined {
  const node = keywords.version >= 6 ? keywords.schema('propertyNames') : undefined
  if (node === undefined) return undefined
  return (frame, object) => {
    frame.run.budget.spend(object.size >> 2)
    for (const [name] of inOrder(object)) {
      const causes = frame.applyApart(node, name)
      if (causes.length > 0) frame.fail(() => `invalid propertyName ${quote(name)}`, causes)
    }
  }
}

function inOrder<T> (map: ReadonlyMap<string, T>): Array<[string, T]> {
  return map.size < 2 ? [...map] : [...map].sort(([a], [b]) => compareBytes(a, b))
}
