import type { Failure } from '../failure.js'
import type { Frame } from '../frame.js'
import type { Check, SchemaNode } from '../node.js'
import type { KeywordReader } from './keyword-reader.js'

/** `not`, `allOf`, `anyOf`, `oneOf`, `if`: schemas for the same value. */
export function logicChecks (keywords: KeywordReader): Check[] {
  if (!keywords.has('applicator')) return []
  const checks = [
    notCheck(keywords.schema('not')),
    listCheck(keywords.schemas('allOf'), checkAll),
    listCheck(keywords.schemas('anyOf'), checkAny),
    listCheck(keywords.schemas('oneOf'), checkOne),
    keywords.version >= 7 ? ifCheck(keywords) : undefined
  ]
  return checks.filter(check => check !== undefined)
}

function notCheck (node: SchemaNode | undefined): Check | undefined {
  if (node === undefined) return undefined
  return frame => { if (frame.apply(node, { quiet: true }) === undefined) frame.fail(() => "'not' failed") }
}

function listCheck (nodes: readonly SchemaNode[] | undefined, check: (frame: Frame, nodes: readonly SchemaNode[]) => void): Check | undefined {
  return nodes === undefined || nodes.length === 0 ? undefined : frame => { check(frame, nodes) }
}

function checkAll (frame: Frame, nodes: readonly SchemaNode[]): void {
  const causes: Failure[] = []
  for (const node of nodes) {
    const failure = frame.apply(node)
    if (failure !== undefined) causes.push(failure)
    if (failure !== undefined && frame.quiet) break
  }
  if (causes.length > 0) frame.fail(() => "'allOf' failed", causes)
}

/** All are tried only as long as someone wants to know what they look at. */
function checkAny (frame: Frame, nodes: readonly SchemaNode[]): void {
  const causes: Failure[] = []
  let matched = false
  for (const node of nodes) {
    const failure = frame.apply(node)
    if (failure === undefined) matched = true
    else causes.push(failure)
    if (failure === undefined && frame.unevaluated.isEmpty()) break
  }
  if (!matched) frame.fail(() => "'anyOf' failed", causes)
}

function checkOne (frame: Frame, nodes: readonly SchemaNode[]): void {
  const causes: Failure[] = []
  let matched: number | undefined
  for (const [index, node] of nodes.entries()) {
    const failure = frame.apply(node, { quiet: matched !== undefined })
    if (failure !== undefined) {
      if (matched === undefined) causes.push(failure)
      continue
    }
    if (matched !== undefined) {
      const pair = `${matched}, ${index}`
      frame.fail(() => `'oneOf' failed, subschemas ${pair} matched`)
      return
    }
    matched = index
  }
  if (matched === undefined) frame.fail(() => "'oneOf' failed, none matched", causes)
}

/** Where `if` is a boolean, the branch that is never taken is not even read. */
function ifCheck (keywords: KeywordReader): Check | undefined {
  const condition = keywords.schema('if')
  if (condition === undefined) return undefined
  const fixed = keywords.flag('if')
  const whenTrue = fixed === false ? undefined : keywords.schema('then')
  const whenFalse = fixed === true ? undefined : keywords.schema('else')
  return frame => {
    const branch = frame.apply(condition, { quiet: true }) === undefined ? whenTrue : whenFalse
    if (branch !== undefined) frame.add(frame.apply(branch))
  }
}
