import type { Check, SchemaNode } from '../node.js'
import type { KeywordReader } from './keyword-reader.js'

/** `unevaluatedProperties` and `unevaluatedItems`: for what no keyword, here or in a schema for the same value, has looked at. They come last. */
export function unevaluatedChecks (keywords: KeywordReader, node: SchemaNode): Check[] {
  if (keywords.version < 2019 || !keywords.has(keywords.version === 2019 ? 'applicator' : 'unevaluated')) return []
  const items = keywords.schema('unevaluatedItems')
  const properties = keywords.schema('unevaluatedProperties')
  node.wantsItems = items !== undefined
  node.wantsProperties = properties !== undefined
  return [...properties === undefined ? [] : [propertiesCheck(properties)], ...items === undefined ? [] : [itemsCheck(items)]]
}

function propertiesCheck (node: SchemaNode): Check {
  return frame => {
    const { value, unevaluated } = frame
    if (!(value instanceof Map)) return
    for (const name of [...unevaluated.properties ?? []].sort()) frame.add(frame.applyTo(node, value.get(name) ?? null, name))
    unevaluated.properties = undefined
  }
}

function itemsCheck (node: SchemaNode): Check {
  return frame => {
    const { value, unevaluated } = frame
    if (!Array.isArray(value)) return
    for (const index of unevaluated.items ?? []) frame.add(frame.applyTo(node, value[index] ?? null, String(index)))
    unevaluated.items = undefined
  }
}
