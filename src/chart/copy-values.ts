import type { Dict, Value } from '../go/value.js'
import { ChartError } from './errors.js'

/** Twice what a file may nest: what charts import from one another may go deeper. A mapping that came to hold itself never ends. */
const maxLevels = 1000

/**
 * A deep copy of a mapping: mappings and lists are new all the way down, scalars are shared.
 *
 * @param values any mapping
 * @returns the copy
 * @throws {ChartError} `invalid-values`, for values that hold themselves (Helm crashes on them) or nest as deep
 */
export function copyValues (values: Dict): Dict {
  return copyDict(values, 0)
}

function copyDict (values: Dict, level: number): Dict {
  if (level > maxLevels) throw new ChartError('invalid-values', `values nest more than ${maxLevels} levels deep, or hold themselves: sub-charts import them from one another in a circle`)
  const copied: Dict = new Map()
  for (const [key, value] of values) copied.set(key, copyValue(value, level + 1))
  return copied
}

function copyValue (value: Value, level: number): Value {
  if (value instanceof Map) return copyDict(value, level)
  return Array.isArray(value) ? value.map(item => copyValue(item, level + 1)) : value
}
