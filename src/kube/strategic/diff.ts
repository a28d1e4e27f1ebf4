import { compareBytes } from '../../go/bytes.js'
import { formatValue } from '../../go/fmt.js'
import type { Dict, List, Value } from '../../go/value.js'
import { deepEqual } from '../../sprig/equal.js'
import { KubeError } from '../errors.js'
import { directive, elementType, identity, inOrder, mergeValue, sortedByKey, sortedScalars, withoutDuplicates } from './lists.js'
import type { FieldSchema, PatchSchema } from './schema.js'

/** What is looked for: what is added or changes, or what is taken away. */
export type Looked = 'changes' | 'deletions'

interface Pair<T extends Value> {
  readonly original: T
  readonly modified: T
}

/** What became of a list: elements of the patch, texts and numbers to delete, and the order of all. */
interface ListDiff {
  readonly patch: List
  readonly deletions: List
  readonly order: List
}

const noDiff: ListDiff = { patch: [], deletions: [], order: [] }

/**
 * The strategic merge patch of one half of the differences between two objects: it says nothing of the other half
 * (apimachinery v0.35.1, pkg/util/strategicpatch, diffMaps with IgnoreDeletions or IgnoreChangesAndAdditions).
 *
 * @param looked which half
 * @param pair the objects; the patch may share what is in them
 * @param schema of their type
 * @throws {KubeError} manifest: what differs cannot be patched
 */
export function diff (looked: Looked, pair: Pair<Dict>, schema: PatchSchema): Dict {
  return diffMaps({ looked, schema, retainKeys: false }, pair)
}

interface Way {
  readonly looked: Looked
  readonly schema: PatchSchema
  readonly retainKeys: boolean
}

function diffMaps (way: Way, { original, modified }: Pair<Dict>): Dict {
  const patch: Dict = new Map()
  for (const [key, value] of modified) {
    const before = original.get(key)
    for (const [name, part] of diffField(way, key, { before, value })) patch.set(name, part)
  }
  const gone = [...original].filter(([key]) => !modified.has(key))
  if (way.looked === 'deletions') for (const [key] of gone) patch.set(key, null)
  const kept = way.retainKeys ? [...modified].filter(([, value]) => value !== null).map(([key]) => key) : []
  if (kept.length > 0 && (patch.size > 0 || gone.some(([, value]) => value !== null))) patch.set('$retainKeys', kept.sort(compareBytes))
  return patch
}

type Entries = ReadonlyArray<readonly [key: string, value: Value]>

function diffField (way: Way, key: string, { before, value }: { readonly before: Value | undefined, readonly value: Value }): Entries {
  const changed: Entries = way.looked === 'changes' ? [[key, value]] : []
  if (before === undefined) return changed
  if (key === directive) return diffDirective(before, value)
  if (before instanceof Map && value instanceof Map) return diffMapping(way, key, { original: before, modified: value })
  if (Array.isArray(before) && Array.isArray(value)) return diffList(way, key, { original: before, modified: value })
  return deepEqual(before, value) ? [] : changed
}

/** A manifest may hold directives itself: one that stays as it was needs no patch. */
function diffDirective (before: Value, value: Value): Entries {
  if (typeof before !== 'string' || typeof value !== 'string') throw new KubeError('manifest', `invalid value for special key: ${directive}`)
  return before === value ? [] : [[directive, value]]
}

function diffMapping (way: Way, key: string, pair: Pair<Dict>): Entries {
  const field = lookUp(pair, () => way.schema.mapping(key))
  if (field === undefined) return []
  if (field.strategy === 'replace') return way.looked === 'changes' ? [[key, pair.modified]] : []
  const patch = diffMaps({ ...way, schema: field.schema, retainKeys: field.retainKeys }, pair)
  return patch.size === 0 ? [] : [[key, patch]]
}

function diffList (way: Way, key: string, pair: Pair<List>): Entries {
  const field = lookUp(pair, () => way.schema.list(key))
  if (field === undefined) return []
  if (field.strategy !== 'merge') return way.looked === 'deletions' || deepEqual(pair.original, pair.modified) ? [] : [[key, pair.modified]]
  const { patch, deletions, order } = diffLists({ ...way, schema: field.schema, retainKeys: field.retainKeys }, pair, field)
  const entries: Entries = [[key, patch], [`$deleteFromPrimitiveList/${key}`, deletions], [`$setElementOrder/${key}`, order]]
  return entries.filter(([, value]) => Array.isArray(value) && value.length > 0)
}

/** The schema of a field; undefined when the type has none, but nothing differs either. */
function lookUp (pair: Pair<Value>, get: () => FieldSchema): FieldSchema | undefined {
  try {
    return get()
  } catch (error) {
    if (deepEqual(pair.original, pair.modified)) return undefined
    throw error
  }
}

function diffLists (way: Way, pair: Pair<List>, { mergeKey }: FieldSchema): ListDiff {
  const { original, modified } = pair
  if (original.length === 0) return way.looked === 'deletions' ? noDiff : { ...noDiff, patch: modified }
  return elementType(original, modified) === 'mapping' ? diffMappings(way, pair, mergeKey) : diffScalars(way, pair)
}

function diffMappings (way: Way, pair: Pair<List>, mergeKey: string): ListDiff {
  const { original, modified } = pair
  const { changed, deleted } = pairUp(pair, mergeKey, way)
  const patch = [...inOrder(changed, modified, mergeKey), ...deleted]
  const sameOrder = original.length === modified.length && original.every((each, i) => identity(each, mergeKey) === identity(modified[i] ?? null, mergeKey))
  const ordered = patch.length > 0 || (way.looked === 'changes' && !sameOrder)
  const order = ordered ? modified.map(each => new Map([[mergeKey, each instanceof Map ? each.get(mergeKey) ?? null : null]])) : []
  return { patch, deletions: [], order }
}

/** Goes through both lists, sorted by the text of their merge keys, side by side. */
function pairUp ({ original, modified }: Pair<List>, mergeKey: string, way: Way): { readonly changed: List, readonly deleted: List } {
  const [before, after] = [sortedByKey(original, mergeKey), sortedByKey(modified, mergeKey)]
  const [changed, deleted]: [List, List] = [[], []]
  for (let i = 0, j = 0; i < before.length || j < after.length;) {
    const [old, now] = [before[i], after[j]]
    const order = old === undefined ? 1 : now === undefined ? -1 : compareBytes(formatValue(mergeValue(old, mergeKey)), formatValue(mergeValue(now, mergeKey)))
    if (old !== undefined && order < 0 && way.looked === 'deletions') deleted.push(new Map<string, Value>([[mergeKey, mergeValue(old, mergeKey)], [directive, 'delete']]))
    if (now !== undefined && order > 0 && way.looked === 'changes') changed.push(now)
    if (old !== undefined && now !== undefined && order === 0) {
      const patch = diffMaps(way, { original: old, modified: now })
      if (patch.size > 0) changed.push(patch.set(mergeKey, mergeValue(now, mergeKey)))
    }
    if (order <= 0) i++
    if (order >= 0) j++
  }
  return { changed, deleted }
}

function diffScalars ({ looked }: Way, { original, modified }: Pair<List>): ListDiff {
  const [before, after] = [sortedScalars(original), sortedScalars(modified)]
  const [added, gone]: [List, List] = [[], []]
  for (let i = 0, j = 0; i < before.length || j < after.length;) {
    const [old, now] = [before[i], after[j]]
    const order = old === undefined ? 1 : now === undefined ? -1 : compareBytes(formatValue(old), formatValue(now))
    if (old !== undefined && order < 0) gone.push(old)
    if (now !== undefined && order > 0) added.push(now)
    if (order <= 0) i++
    if (order >= 0) j++
  }
  if (looked === 'deletions') return { patch: [], deletions: withoutDuplicates(gone), order: gone.length > 0 ? modified : [] }
  // Compared with what was sorted above, as apimachinery does: a list that is not in the order of its texts gets an order even if nothing changed.
  return { patch: inOrder(added, modified, ''), deletions: [], order: deepEqual(before, modified) ? [] : modified }
}
