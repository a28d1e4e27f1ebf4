import { englishCount } from '../english.js'
import type { Failure } from '../failure.js'
import type { Frame } from '../frame.js'
import { firstDuplicate, sizeOf } from '../instance.js'
import type { Json } from '../json.js'
import type { Check, SchemaNode } from '../node.js'
import type { KeywordReader } from './keyword-reader.js'

type ListCheck = (frame: Frame, list: Json[]) => void

/** The keywords for lists. */
export function arrayChecks (keywords: KeywordReader): Check[] {
  const checks = [
    ...keywords.has('validation') ? sizeChecks(keywords) : [],
    ...keywords.has('applicator') ? [keywords.version < 2020 ? itemsCheck(keywords) : prefixItemsCheck(keywords), containsCheck(keywords)] : []
  ]
  return checks.filter(check => check !== undefined).map(check => frame => {
    if (Array.isArray(frame.value)) check(frame, frame.value)
  })
}

function sizeChecks (keywords: KeywordReader): Array<ListCheck | undefined> {
  const least = keywords.count('minItems')
  const most = keywords.count('maxItems')
  return [
    least === undefined ? undefined : (frame, { length }) => { if (length < least) frame.fail(() => `minItems: got ${englishCount(length)}, want ${englishCount(least)}`) },
    most === undefined ? undefined : (frame, { length }) => { if (length > most) frame.fail(() => `maxItems: got ${englishCount(length)}, want ${englishCount(most)}`) },
    keywords.flag('uniqueItems') === true ? checkUnique : undefined
  ]
}

function checkUnique (frame: Frame, list: Json[]): void {
  frame.run.budget.spend(sizeOf(list) >> 1)
  const pair = firstDuplicate(list)
  if (pair !== undefined) frame.fail(() => `items at ${englishCount(pair[0])} and ${englishCount(pair[1])} are equal`)
}

/** Until 2019-09 `items` is one schema for all, or a list of schemas for the first ones. */
function itemsCheck (keywords: KeywordReader): ListCheck | undefined {
  const first = keywords.schemas('items')
  if (first === undefined) {
    const each = keywords.schema('items')
    return each === undefined ? undefined : (frame, list) => { applyFrom(frame, list, { each, from: 0 }) }
  }
  const additional = keywords.flagOrSchema('additionalItems')
  return (frame, list) => {
    const evaluated = applyFirst(frame, list, first)
    if (additional === false && evaluated < list.length) frame.fail(() => `last ${englishCount(list.length - evaluated)} additionalItem(s) not allowed`)
    else if (typeof additional === 'object') applyFrom(frame, list, { each: additional, from: evaluated })
  }
}

function prefixItemsCheck (keywords: KeywordReader): ListCheck | undefined {
  const first = keywords.schemas('prefixItems') ?? []
  const each = keywords.schema('items')
  if (first.length === 0 && each === undefined) return undefined
  return (frame, list) => {
    const from = applyFirst(frame, list, first)
    if (each !== undefined) applyFrom(frame, list, { each, from })
  }
}

function applyFirst (frame: Frame, list: readonly Json[], first: readonly SchemaNode[]): number {
  const count = Math.min(list.length, first.length)
  for (const [index, node] of first.slice(0, count).entries()) frame.add(frame.applyTo(node, list[index] ?? null, String(index)))
  return count
}

function applyFrom (frame: Frame, list: readonly Json[], { each, from }: { each: SchemaNode, from: number }): void {
  for (let index = from; index < list.length; index++) {
    if (frame.quiet && frame.failures.length > 0) return
    frame.add(frame.applyTo(each, list[index] ?? null, String(index)))
  }
}

interface Contains {
  readonly node: SchemaNode
  readonly least: number | undefined
  readonly most: number | undefined
  /** Whether items that match count as looked at. */
  readonly evaluates: boolean
}

function containsCheck (keywords: KeywordReader): ListCheck | undefined {
  const node = keywords.version >= 6 ? keywords.schema('contains') : undefined
  if (node === undefined) return undefined
  const bounded = keywords.version >= 2019 && keywords.has('validation')
  const contains: Contains = {
    node,
    least: bounded ? keywords.count('minContains') : undefined,
    most: bounded ? keywords.count('maxContains') : undefined,
    evaluates: keywords.version >= 2020
  }
  return (frame, list) => { checkContains(frame, list, contains) }
}

function checkContains (frame: Frame, list: readonly Json[], { node, least, most, evaluates }: Contains): void {
  const causes: Failure[] = []
  const matched: number[] = []
  for (const [index, item] of list.entries()) {
    const failure = frame.applyTo(node, item, String(index))
    if (failure !== undefined) causes.push(failure)
    else matched.push(index)
    if (failure === undefined && evaluates) frame.unevaluated.items?.delete(index)
  }
  if (least === undefined && matched.length === 0) frame.fail(() => 'no items match contains schema', causes)
  if (least !== undefined && matched.length < least) frame.fail(() => tooFew(matched, least), causes)
  if (most !== undefined && matched.length > most) {
    frame.fail(() => `max ${englishCount(most)} items required to match contains schema, but matched ${englishCount(matched.length)} items at ${matched.join(' ')}`)
  }
}

function tooFew (matched: readonly number[], least: number): string {
  const wanted = `min ${englishCount(least)} items required to match contains schema, but`
  return matched.length === 0 ? `${wanted} none matched` : `${wanted} matched ${englishCount(matched.length)} items at ${matched.join(' ')}`
}
