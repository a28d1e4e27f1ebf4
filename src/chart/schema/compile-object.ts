import type { SchemaNode } from './node.js'
import { arrayChecks } from './keywords/arrays.js'
import { assertionGates, constGate } from './keywords/assertions.js'
import { KeywordReader, type SchemaContext } from './keywords/keyword-reader.js'
import { logicChecks } from './keywords/logic.js'
import { numberChecks } from './keywords/numbers.js'
import { objectChecks } from './keywords/objects.js'
import { dynamicReferenceChecks, refCheck } from './keywords/references.js'
import { stringChecks } from './keywords/strings.js'
import { unevaluatedChecks } from './keywords/unevaluated.js'

/**
 * Compiles the keywords of one schema: the order of the checks is the order of what is wrong.
 *
 * @param node filled here
 * @param context the schema, and the schemas around it
 * @throws {SchemaError} invalid-schema, refused
 */
export function compileObject (node: SchemaNode, context: SchemaContext): void {
  const keywords = new KeywordReader(context)
  const ref = keywords.reference('$ref')
  if (ref !== undefined && context.version < 2019) {
    compileReference(node, ref, keywords)
    return
  }
  node.recursiveAnchor = context.version >= 2019 && keywords.flag('$recursiveAnchor') === true
  node.dynamicAnchor = context.version >= 2020 ? keywords.text('$dynamicAnchor') ?? '' : ''
  node.gates.push(...assertionGates(keywords))
  node.checks.push(
    ...refCheck(ref),
    ...objectChecks(keywords),
    ...arrayChecks(keywords),
    ...stringChecks(keywords),
    ...numberChecks(keywords),
    ...dynamicReferenceChecks(keywords),
    ...logicChecks(keywords),
    ...unevaluatedChecks(keywords, node)
  )
  noteEvaluated(node, keywords)
}

/** Before 2019-09 nothing counts beside `$ref`, but for `const`, which the library that Helm uses looks at first. */
function compileReference (node: SchemaNode, ref: SchemaNode, keywords: KeywordReader): void {
  const gate = constGate(keywords)
  if (gate !== undefined) node.gates.push(gate)
  node.onlyRef = ref
}

/** What a schema's own keywords look at, so that no one keeps account of it. */
function noteEvaluated (node: SchemaNode, keywords: KeywordReader): void {
  if (!keywords.has('applicator')) return
  node.evaluatesProperties = keywords.value('additionalProperties') !== undefined
  const items = keywords.value('items')
  if (keywords.version >= 2020) {
    node.evaluatesItems = items !== undefined
    node.evaluatedItems = keywords.list('prefixItems')?.length ?? 0
  } else if (Array.isArray(items)) {
    node.evaluatesItems = keywords.value('additionalItems') !== undefined
    node.evaluatedItems = items.length
  } else {
    node.evaluatesItems = items !== undefined
  }
}
