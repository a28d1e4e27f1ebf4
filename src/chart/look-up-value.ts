import type { Dict, Value } from '../go/value.js'

/**
 * The table at a path of dotted keys (helm.sh/helm/v4 pkg/chart/common Values.Table).
 *
 * @returns the table, or the first key on the way that is no table
 */
export function tableAt (values: Dict, path: string): Dict | { readonly noTable: string } {
  let table = values
  for (const key of path.split('.')) {
    const next = table.get(key)
    if (!(next instanceof Map)) return { noTable: key }
    table = next
  }
  return table
}

/**
 * The value at a path of dotted keys (Values.PathValue).
 *
 * @returns undefined when there is none, or a table
 */
export function valueAt (values: Dict, path: string): Exclude<Value, Dict> | undefined {
  const dot = path.lastIndexOf('.')
  const table = dot < 0 ? values : tableAt(values, path.slice(0, dot))
  const value = table instanceof Map ? table.get(path.slice(dot + 1)) : undefined
  return value instanceof Map ? undefined : value
}
