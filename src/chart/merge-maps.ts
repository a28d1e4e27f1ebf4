import type { Dict } from '../go/value.js'

/**
 * Merges two mappings into a new one: where both have a mapping they are merged, else what stands in `over` wins (Helm's loader.MergeMaps).
 */
export function mergeMaps (base: Dict, over: Dict): Dict {
  const merged: Dict = new Map(base)
  for (const [key, value] of over) {
    const before = merged.get(key)
    merged.set(key, value instanceof Map && before instanceof Map ? mergeMaps(before, value) : value)
  }
  return merged
}
