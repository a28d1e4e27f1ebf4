import { NilMap } from '../go/nil-map.js'
import type { Dict, Value } from '../go/value.js'
import { work } from '../go/work.js'
import { isEmpty } from './empty.js'
import { checkDepth } from './equal.js'
import { dictOf } from './typed.js'

/**
 * dario.cat/mergo's Merge and MergeWithOverwrite for maps: maps are merged key by key, all else is taken whole.
 *
 * @param target the map that is changed; without `overwrites` its values stay unless they are empty (nil, false, 0, "", no elements)
 * @param sources what to merge into it, one after another
 * @param overwrites whether a source's value wins, even an empty one
 * @returns the target. What it took from a source is shared with it, not copied.
 * @throws {SprigError} code `limit` when maps nest more than 1000 deep
 */
export function merge (target: Dict, sources: readonly Dict[], overwrites: boolean): Dict {
  const merged: Dict = target instanceof NilMap && sources.some(source => !(source instanceof NilMap)) ? new Map<string, Value>() : target
  for (const source of sources) mergeAt(merged, source, overwrites, 0)
  return merged
}

function mergeAt (target: Dict, source: Dict, overwrites: boolean, depth: number): void {
  checkDepth(depth)
  work(source.size * 8 + 8)
  for (const [key, value] of source) {
    const present = dictOf(target.get(key) ?? null)
    const given = dictOf(value)
    if (given !== undefined && present !== undefined) {
      mergeAt(present, given, overwrites, depth + 1)
      if (present.size === 0) target.set(key, value)
    } else if (takes(target, key, value, overwrites)) {
      target.set(key, value)
    }
  }
}

/** A nil of the source only counts where it may overwrite. */
function takes (target: Dict, key: string, value: Value, overwrites: boolean): boolean {
  return overwrites || (value !== null && isEmpty(target.get(key) ?? null))
}
