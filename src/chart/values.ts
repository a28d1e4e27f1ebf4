import { sprintf } from '../go/fmt.js'
import { quote } from '../go/strconv.js'
import type { Dict, Value } from '../go/value.js'
import type { Chart } from './chart.js'
import { copyValues } from './copy-values.js'
import { ChartError } from './errors.js'
import { coalesceTablesAt, dropNulls, joinPath, type Rules } from './tables.js'
import { informing, type Warn } from './warn.js'

export { coalesceTables, mergeTables } from './tables.js'

/** The key of the values that a chart hands down to its sub-charts. */
const globalKey = 'global'

/**
 * The values that a chart's templates see: the user's on top of the defaults of the chart and its sub-charts. A null of the user's removes a
 * default; nulls among the defaults are dropped (helm.sh/helm/v4 pkg/chart/common/util CoalesceValues, 4.2 and later).
 *
 * @param chart the chart, its dependencies processed
 * @param values the user's; not changed
 * @param warn told what Helm warns about
 * @returns new values, with a section for every sub-chart
 * @throws {ChartError} invalid-values: `type mismatch on NAME: …`, where a sub-chart's section is no mapping
 */
export function coalesceValues (chart: Chart, values: Dict, warn: Warn = () => {}): Dict {
  return coalesce(chart, copyValues(values), '', { merge: false, warn: informing(warn) })
}

/**
 * The same, but nulls stay, for values that will be coalesced again later.
 *
 * @throws {ChartError} invalid-values, as `coalesceValues`
 */
export function mergeValues (chart: Chart, values: Dict, warn: Warn = () => {}): Dict {
  return coalesce(chart, copyValues(values), '', { merge: true, warn: informing(warn) })
}

function coalesce (chart: Chart, values: Dict, prefix: string, rules: Rules): Dict {
  coalesceDefaults(chart, values, prefix, rules)
  for (const subchart of chart.dependencies) coalesceSubchart(subchart, values, joinPath(prefix, chart.metadata.name), rules)
  return values
}

function coalesceSubchart (subchart: Chart, values: Dict, prefix: string, rules: Rules): void {
  const { name } = subchart.metadata
  const section = values.has(name) ? values.get(name) ?? null : new Map<string, Value>()
  if (!(section instanceof Map)) throw new ChartError('invalid-values', `type mismatch on ${name}: ${sprintf('%t', section)}`)
  values.set(name, section)
  coalesceGlobals(section, values, prefix, rules)
  coalesce(subchart, section, prefix, rules)
}

/** Puts a chart's defaults under its values. */
function coalesceDefaults (chart: Chart, values: Dict, prefix: string, rules: Rules): void {
  const path = joinPath(prefix, chart.metadata.name)
  const subcharts = new Set(chart.dependencies.map(subchart => subchart.metadata.name))
  copyValues(chart.values).forEach((value, key) => {
    const given = values.get(key)
    if (given === undefined) {
      if (value === null && !rules.merge) return
      if (value instanceof Map && !rules.merge) dropNulls(value)
      values.set(key, value)
    } else if (given === null && !rules.merge) {
      values.delete(key)
    } else if (given instanceof Map && value instanceof Map) {
      // Nulls for a sub-chart's section stay: they remove that chart's defaults one level down.
      const merge = rules.merge || subcharts.has(key)
      if (!merge) dropNulls(value)
      coalesceTablesAt(joinPath(path, key), given, value, { ...rules, merge })
    } else if (given instanceof Map && value !== null) {
      rules.warn(`warning: skipped value for ${path}.${key}: Not a table.`)
    }
  })
}

/** Hands a chart's globals down into a sub-chart's section: the parent's win. */
function coalesceGlobals (section: Dict, values: Dict, prefix: string, rules: Rules): void {
  const into = section.has(globalKey) ? section.get(globalKey) : new Map<string, Value>()
  if (!(into instanceof Map)) {
    rules.warn(`warning: skipping globals because destination ${globalKey} is not a table.`)
    return
  }
  const from = values.has(globalKey) ? values.get(globalKey) : new Map<string, Value>()
  if (!(from instanceof Map)) {
    rules.warn(`warning: skipping globals because source ${globalKey} is not a table.`)
    return
  }
  for (const key of from.keys()) handDown(key, from, into, { ...rules, prefix })
  section.set(globalKey, into)
}

function handDown (key: string, from: Dict, into: Dict, rules: Rules & { prefix: string }): void {
  const value = from.get(key) ?? null
  const there = into.get(key)
  if (!(value instanceof Map)) {
    if (there instanceof Map) rules.warn(`key ${key} is table. Skipping`)
    else into.set(key, value)
    return
  }
  // One level is copied, as in Helm: deeper tables are shared between parent and child, and what the child adds there the parent sees.
  const copy: Dict = new Map(value)
  if (there !== undefined && !(there instanceof Map)) {
    rules.warn(`Conflict: cannot merge map onto non-map for ${quote(key)}. Skipping.`)
    return
  }
  if (there !== undefined) coalesceTablesAt(joinPath(rules.prefix, key), copy, there, { ...rules, merge: true })
  into.set(key, copy)
}
