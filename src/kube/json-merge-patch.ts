import type { Dict, Value } from '../go/value.js'
import { deepEqual } from '../sprig/equal.js'
import type { ThreeWay } from './strategic/three-way.js'

/**
 * The JSON merge patch (RFC 7396) that makes one object of another. A field that is to be null itself becomes absent: such a patch cannot say
 * otherwise.
 *
 * @param original what is there
 * @param modified what is to be
 * @returns the patch, empty when they are equal; it shares parts with `modified`
 */
export function mergePatch (original: Dict, modified: Dict): Dict {
  const patch: Dict = new Map()
  for (const [key, value] of modified) {
    const before = original.get(key)
    if (before instanceof Map && value instanceof Map) {
      const inner = mergePatch(before, value)
      if (inner.size > 0) patch.set(key, inner)
    } else if (before === undefined || !deepEqual(before, value)) {
      patch.set(key, value)
    }
  }
  for (const key of original.keys()) if (!modified.has(key)) patch.set(key, null)
  return patch
}

/**
 * The JSON merge patch that makes a live object what it is to be, and takes away what was sent last and is wanted no more (apimachinery
 * v0.35.1, jsonmergepatch.CreateThreeWayJSONMergePatch).
 *
 * @param objects numbers as the API's JSON reads (see json.ts)
 * @returns the patch, empty when there is nothing to do
 */
export function threeWayJsonMergePatch ({ original, modified, current }: ThreeWay): Dict {
  const changes = withoutNulls(mergePatch(current, modified))
  const deletions = onlyNulls(mergePatch(original, modified))
  return combined(deletions, changes)
}

function withoutNulls (patch: Dict): Dict {
  const kept: Dict = new Map()
  for (const [key, value] of patch) {
    if (value === null) continue
    const inner = value instanceof Map && value.size > 0 ? withoutNulls(value) : value
    // A mapping of nothing but nulls says nothing; one that was empty is a value.
    if (!(inner instanceof Map) || inner.size > 0 || inner === value) kept.set(key, inner)
  }
  return kept
}

function onlyNulls (patch: Dict): Dict {
  const kept: Dict = new Map()
  for (const [key, value] of patch) {
    if (value === null) kept.set(key, null)
    const inner = value instanceof Map ? onlyNulls(value) : undefined
    if (inner !== undefined && inner.size > 0) kept.set(key, inner)
  }
  return kept
}

function combined (deletions: Dict, changes: Dict): Dict {
  const all = new Map(deletions)
  for (const [key, value] of changes) {
    const own = all.get(key)
    all.set(key, own instanceof Map && value instanceof Map ? combined(own, value) : pruned(value))
  }
  return all
}

/** Mappings in lists lose their nulls, too. */
function pruned (value: Value): Value {
  if (Array.isArray(value)) return value.map(pruned)
  return value instanceof Map ? new Map([...value].filter(([, part]) => part !== null).map(([key, part]) => [key, pruned(part)])) : value
}
