import { Budget } from './budget.js'
import { Compiler } from './compiler.js'
import type { SchemaDocument } from './document.js'
import type { Dialect, Draft } from './drafts/draft.js'
import { SchemaError } from './errors.js'
import { failureText } from './failure.js'
import { Frame } from './frame.js'
import { SchemaNode } from './node.js'
import { locationOf } from './url.js'
import { quote as goQuote } from '../../go/strconv.js'
import { quote } from './failure.js'

/** Meta-schemas, compiled when they are first needed: they never change. */
const compiled = new Map<string, SchemaNode>()
const plenty = { steps: 100_000, depth: 1000 }

/**
 * Checks a schema by the meta-schema of its draft.
 *
 * @param document that it stands in
 * @param pointer where
 * @param budget what the check may cost
 * @throws {SchemaError} invalid-schema: `"…" is not valid against metaschema: …`, too-complex
 */
export function checkSchema (document: SchemaDocument, pointer: string, budget: Budget): void {
  const meta = metaSchemaOf(document.resourceAt(pointer).dialect)
  const run = { budget, resources: document.resources, metaSchema: metaSchemaOf }
  const failures = Frame.validate(meta, document.lookUp(pointer), run, meta)
  if (failures.length === 0) return
  throw new SchemaError('invalid-schema',
    `${goQuote(locationOf(document.url, pointer))} is not valid against metaschema: jsonschema validation failed with ${quote(meta.location)}\n${failureText(failures)}`)
}

/** A dialect's meta-schema: its draft's, or the parts for the vocabularies that are left of it. */
function metaSchemaOf ({ draft, vocabularies }: Dialect): SchemaNode {
  if (vocabularies === undefined) return metaSchemaAt(draft.url)
  const key = `${draft.url} ${vocabularies.join(' ')}`
  const known = compiled.get(key)
  if (known !== undefined) return known
  const node = composed(draft, vocabularies)
  compiled.set(key, node)
  return node
}

function composed (draft: Draft, vocabularies: readonly string[]): SchemaNode {
  const parts = vocabularies.map(name => metaSchemaAt(`${draft.url.slice(0, -'schema'.length)}meta/${name}`))
  const node = new SchemaNode('urn:mem:metaschema')
  node.version = draft.version
  node.dynamicAnchor = draft.version >= 2020 ? 'meta' : ''
  if (draft.version >= 2020) node.dynamicAnchors.set('meta', node)
  node.checks.push(frame => {
    const causes = parts.map(part => frame.apply(part)).filter(failure => failure !== undefined)
    if (causes.length > 0) frame.fail(() => "'allOf' failed", causes)
  })
  return node
}

function metaSchemaAt (url: string): SchemaNode {
  const known = compiled.get(url)
  if (known !== undefined) return known
  const compiler = new Compiler({ budget: new Budget(plenty), assertFormat: true, check: () => {}, unresolved: () => {} })
  const node = compiler.compile(url)
  compiled.set(url, node)
  return node
}
