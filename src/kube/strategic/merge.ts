import { formatValue, sprintf } from '../../go/fmt.js'
import { typeOf } from '../../go/type-name.js'
import type { Dict, List, Value } from '../../go/value.js'
import { deepEqual } from '../../sprig/equal.js'
import { KubeError } from '../errors.js'
import { directive, elementType, identity, inOrder, interleave, mergeValue, requireMapping, splitDeletions, withoutDuplicates } from './lists.js'
import type { FieldSchema, PatchSchema } from './schema.js'

const orderPrefix = '$setElementOrder/'

/**
 * Two strategic merge patches as one, with the directives and nulls of both (apimachinery v0.35.1, pkg/util/strategicpatch, mergeMap without
 * MergeParallelList and IgnoreUnmatchedNulls).
 *
 * @param first a patch; it is changed
 * @param second what comes on top of it; it is not changed
 * @param schema of the type that is patched
 * @throws {KubeError} manifest: they contradict each other, or are no patches
 */
export function mergePatches (first: Dict, second: Dict, schema: PatchSchema): Dict {
  const special = second.get(directive)
  if (special !== undefined) return replaced(special, second)
  const rest = new Map(second)
  mergeRetainKeys(first, rest)
  mergeOrders(first, rest, schema)
  for (const [key, value] of rest) {
    if (key.startsWith('$deleteFromPrimitiveList')) first.set(key, value)
    else mergeField(first, { key, value }, schema)
  }
  return first
}

function replaced (special: Value, patch: Dict): Dict {
  if (special === 'replace') return new Map([...patch].filter(([key]) => key !== directive))
  if (special === 'delete') return new Map()
  throw new KubeError('manifest', sprintf('unknown patch type: %s in map: %v', special, patch))
}

/** Both name the keys of the same new object. */
function mergeRetainKeys (first: Dict, rest: Dict): void {
  const keys = rest.get('$retainKeys')
  if (keys === undefined) return
  rest.delete('$retainKeys')
  const own = first.get('$retainKeys')
  if (own !== undefined && !deepEqual(own, keys)) {
    throw new KubeError('manifest', `${formatValue(own)} and ${formatValue(keys)} are not deep equal: this may happen when calculating the 3-way diff patch`)
  }
  first.set('$retainKeys', keys)
}

/** Merges the lists whose order the second patch sets, and takes them out of it. */
function mergeOrders (first: Dict, rest: Dict, schema: PatchSchema): void {
  for (const [directiveKey, order] of [...rest].filter(([key]) => key.startsWith('$setElementOrder'))) {
    const own = first.get(directiveKey)
    if ((own !== undefined && !deepEqual(own, order)) || !directiveKey.startsWith(orderPrefix)) throw badOrder()
    first.set(directiveKey, order)
    rest.delete(directiveKey)
    const key = directiveKey.slice(orderPrefix.length)
    const merged = mergeOrdered({ own: listOrNone(first.get(key)), added: listOrNone(rest.get(key)), order: requireList(order) }, schema.list(key))
    if (merged === undefined) continue
    first.set(key, merged)
    rest.delete(key)
  }
}

function badOrder (): KubeError {
  return new KubeError('manifest', 'invalid patch format of setElementOrder list')
}

function requireList (value: Value): List {
  if (Array.isArray(value)) return value
  throw new KubeError('manifest', `expected a []interface {}, but received a ${typeOf(value)}`)
}

function listOrNone (value: Value | undefined): List | undefined {
  return value === undefined ? undefined : requireList(value)
}

interface OrderedLists {
  readonly own: List | undefined
  readonly added: List | undefined
  readonly order: List
}

function mergeOrdered ({ own, added, order }: OrderedLists, field: FieldSchema): List | undefined {
  requireOrder(added ?? [], order, field.mergeKey)
  if (own === undefined && added === undefined) return undefined
  const merged = own === undefined ? withoutDirectives(added ?? []) : added === undefined ? own : mergeLists(own, added, field)
  elementType(own ?? [], added ?? [])
  return arranged(merged, { order, live: own ?? [] }, field.mergeKey)
}

/** The elements that the order names, in that order, and the others, in the order of the live ones. */
function arranged (merged: List, { order, live }: { readonly order: List, readonly live: List }, mergeKey: string): List {
  const ordered = new Set(order.map(each => identity(mergeKey === '' ? each : requireMapping(each), mergeKey)))
  const isOrdered = (each: Value): boolean => {
    if (mergeKey !== '') mergeValue(requireMapping(each), mergeKey)
    return ordered.has(identity(each, mergeKey))
  }
  const second = inOrder(merged.filter(isOrdered), order, mergeKey)
  const first = inOrder(merged.filter(each => !isOrdered(each)), live, mergeKey)
  return interleave({ first, second }, live, mergeKey)
}

/** The elements of a patch must stand as its order says, deletions aside. */
function requireOrder (patch: List, order: List, mergeKey: string): void {
  if (patch.length === 0 || order.length === 0) return
  const kept = mergeKey === '' ? patch : splitDeletions(patch).kept
  const expected = kept.filter(each => !isDirective(each)).map(each => identity(each, mergeKey))
  let met = 0
  for (const each of order) if (identity(each, mergeKey) === expected[met]) met++
  if (met === expected.length) return
  throw new KubeError('manifest', `The order in patch list:\n${formatValue(patch)}\n doesn't match $setElementOrder list:\n${formatValue(order)}\n`)
}

function isDirective (value: Value): boolean {
  return value instanceof Map && value.has(directive)
}

function mergeField (first: Dict, { key, value }: { readonly key: string, readonly value: Value }, schema: PatchSchema): void {
  const own = first.get(key)
  if (own instanceof Map && value instanceof Map) {
    const field = schema.mapping(key)
    first.set(key, field.strategy === 'replace' ? value : mergePatches(own, value, field.schema))
  } else if (Array.isArray(own) && Array.isArray(value)) {
    first.set(key, mergeLists(own, value, schema.list(key)))
  } else {
    setWithoutDirectives(first, key, value)
  }
}

function setWithoutDirectives (into: Dict, key: string, value: Value): void {
  if (isDirective(value)) into.delete(key)
  else into.set(key, stripped(value))
}

function stripped (value: Value): Value {
  if (Array.isArray(value)) return withoutDirectives(value)
  if (!(value instanceof Map)) return value
  const dict: Dict = new Map()
  for (const [key, part] of value) setWithoutDirectives(dict, key, part)
  return dict
}

function withoutDirectives (list: List): List {
  return list.filter(each => !isDirective(each)).map(stripped)
}

function mergeLists (own: List, added: List, field: FieldSchema): List {
  if (field.strategy !== 'merge') return added
  if (own.length === 0 && added.length === 0) return own
  if (elementType(own, added) === 'scalar') return arranged(withoutDuplicates([...own, ...added]), { order: added, live: own }, field.mergeKey)
  if (field.mergeKey === '') throw new KubeError('manifest', `cannot merge lists without merge key for ${field.schema.kind}`)
  const { live, patch } = obeyDirectives(own, added, field.mergeKey)
  return arranged(mergeElements(live, patch, field), { order: patch, live }, field.mergeKey)
}

/** Elements that delete others, or that say that these are to replace all. */
function obeyDirectives (own: List, added: List, mergeKey: string): { readonly live: List, readonly patch: List } {
  let live = own
  let replace = false
  for (const element of added.map(requireMapping)) {
    const special = element.get(directive)
    if (special === 'delete') {
      const id = identity(new Map([[mergeKey, mergeValue(element, mergeKey)]]), mergeKey)
      live = live.filter(each => !requireMapping(each).has(mergeKey) || identity(each, mergeKey) !== id)
    } else if (special === 'replace') {
      replace = true
    } else if (special === 'merge') {
      throw new KubeError('manifest', 'merging lists cannot yet be specified in the patch')
    } else if (special !== undefined) {
      throw new KubeError('manifest', sprintf('unknown patch type: %s in map: %v', special, element))
    }
  }
  const patch = added.filter(each => !isDirective(each))
  return replace ? { live: patch, patch: [] } : { live, patch }
}

function mergeElements (live: List, patch: List, { mergeKey, schema }: FieldSchema): List {
  const merged = [...live]
  for (const element of patch.map(requireMapping)) {
    mergeValue(element, mergeKey)
    const at = merged.findIndex(each => requireMapping(each).has(mergeKey) && identity(each, mergeKey) === identity(element, mergeKey))
    const found = merged[at]
    if (found instanceof Map) merged[at] = mergePatches(found, element, schema)
    else merged.push(element)
  }
  return merged
}
