import { splitReference } from '../url.js'
import type { Frame } from '../frame.js'
import type { Check, SchemaNode } from '../node.js'
import type { KeywordReader } from './keyword-reader.js'

/** `$ref` beside other keywords, since 2019-09: it comes before those for a type. */
export function refCheck (node: SchemaNode | undefined): Check[] {
  return node === undefined ? [] : [frame => { frame.add(frame.applyReference(node, '$ref')) }]
}

/** `$recursiveRef` and `$dynamicRef`: references whose target depends on the schemas that led to them. */
export function dynamicReferenceChecks (keywords: KeywordReader): Check[] {
  if (!keywords.has('core')) return []
  const recursive = keywords.version >= 2019 ? keywords.reference('$recursiveRef') : undefined
  const dynamic = keywords.version >= 2020 ? keywords.reference('$dynamicRef') : undefined
  const checks: Check[] = []
  if (recursive !== undefined) checks.push(frame => { frame.add(frame.applyReference(recursiveTarget(frame, recursive), '$recursiveRef')) })
  if (dynamic !== undefined) checks.push(dynamicCheck(dynamic, splitReference(keywords.text('$dynamicRef') ?? '').fragment))
  return checks
}

/** The outermost schema whose resource says that it may be extended. */
function recursiveTarget (frame: Frame, initial: SchemaNode): SchemaNode {
  let target = initial
  if (!initial.recursiveAnchor) return target
  for (const node of frame.nodes()) if (node.resource.recursiveAnchor) target = node
  return target
}

function dynamicCheck (initial: SchemaNode, fragment: string): Check {
  const anchor = fragment.startsWith('/') ? '' : fragment
  return frame => {
    const target = anchor !== '' && initial.dynamicAnchor === anchor ? dynamicTarget(frame, initial, anchor) : initial
    frame.add(frame.applyReference(target, '$dynamicRef'))
  }
}

/** The schema of that anchor in the outermost resource that has one. */
function dynamicTarget (frame: Frame, initial: SchemaNode, anchor: string): SchemaNode {
  let target = initial
  for (const node of frame.nodes()) target = node.resource.dynamicAnchors.get(anchor) ?? target
  return target
}
