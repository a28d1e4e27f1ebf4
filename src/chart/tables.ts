import { formatValue } from '../go/fmt.js'
import type { Dict } from '../go/value.js'
import { informing, type Warn } from './warn.js'

/** How tables are put together. */
export interface Rules {
  /** Whether nulls stay (merging) or remove what they stand over (coalescing). */
  readonly merge: boolean
  readonly warn: (message: string) => void
}

/**
 * Puts `source` under `target`, in place: where both have a table they are merged, else the target's value stays. A null in the target removes
 * the source's value (helm.sh/helm/v4 pkg/chart/common/util CoalesceTables).
 *
 * @param target what wins; changed, and returned
 * @param source what fills the gaps; may be changed
 * @param warn told where a table and another value meet
 */
export function coalesceTables (target: Dict, source: Dict, warn: Warn = () => {}): Dict {
  return coalesceTablesAt('', target, source, { merge: false, warn: informing(warn) })
}

/** The same, but nulls of the target stay. */
export function mergeTables (target: Dict, source: Dict, warn: Warn = () => {}): Dict {
  return coalesceTablesAt('', target, source, { merge: true, warn: informing(warn) })
}

/**
 * The same for tables at a path of the values.
 *
 * @param path where the tables stand, for warnings
 */
export function coalesceTablesAt (path: string, target: Dict, source: Dict, rules: Rules): Dict {
  const removed = new Set<string>()
  target.forEach((value, key) => {
    if (value !== null) return
    if ((source.get(key) ?? null) !== null) removed.add(key)
    source.set(key, null)
  })
  source.forEach((value, key) => {
    const there = target.get(key)
    if (there === undefined) {
      target.set(key, value)
    } else if (there === null && !rules.merge && removed.has(key)) {
      target.delete(key)
    } else if (value instanceof Map) {
      if (there instanceof Map) coalesceTablesAt(joinPath(path, key), there, value, rules)
      else rules.warn(`warning: cannot overwrite table with non table for ${joinPath(path, key)} (${formatValue(value)})`)
    } else if (there instanceof Map && value !== null) {
      rules.warn(`warning: destination for ${joinPath(path, key)} is a table. Ignoring non-table value (${formatValue(value)})`)
    }
  })
  return target
}

/** Removes nulls from a table and the tables in it, in place. Lists keep theirs. */
export function dropNulls (table: Dict): void {
  table.forEach((value, key) => {
    if (value === null) table.delete(key)
    else if (value instanceof Map) dropNulls(value)
  })
}

/** The path of a key below a path. */
export function joinPath (path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}
