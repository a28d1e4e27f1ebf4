import { formatValue } from '../go/fmt.js'
import { quote } from '../go/strconv.js'
import type { Dict, Value } from '../go/value.js'
import type { Chart } from './chart.js'
import { copyValues } from './copy-values.js'
import type { Dependency } from './dependency.js'
import { tableAt } from './look-up-value.js'
import { mergeTables } from './tables.js'
import { mergeValues } from './values.js'
import type { Warn } from './warn.js'

/** From where in a sub-chart's values to where in the parent's. */
interface Import {
  readonly child: string
  readonly parent: string
  /** Whether it is the short form, a text, which Helm's warning does not name the chart of. */
  readonly short: boolean
}

/**
 * Takes what `import-values` of the dependencies name into the charts' values, sub-charts first. What is imported ranks below the
 * chart's own defaults; nulls stay, for they are coalesced later (helm.sh/helm/v4 pkg/chart/v2/util processDependencyImportValues).
 *
 * @param chart the chart, its dependencies enabled and renamed; not changed
 * @param warn told which tables are missing
 * @returns a new chart; where it has dependencies, its values hold its sub-charts' sections too
 * @throws {ChartError} invalid-values, where a sub-chart's section is no mapping
 */
export function importValues (chart: Chart, warn: Warn): Chart {
  const processed: Chart = { ...chart, dependencies: chart.dependencies.map(subchart => importValues(subchart, warn)) }
  const { dependencies } = processed.metadata
  if (dependencies === undefined) return processed
  const values = mergeValues(processed, new Map(), warn)
  const imported: Dict = new Map()
  for (const dependency of dependencies) {
    for (const each of importsOf(dependency)) take(each, dependency.name, { values, imported, warn })
  }
  return {
    ...processed,
    metadata: { ...processed.metadata, dependencies: dependencies.map(spelledOut) },
    values: mergeTables(copyValues(values), imported, warn)
  }
}

/** Merges one imported table into those before it, which win. */
function take (each: Import, name: string, into: { values: Dict, imported: Dict, warn: Warn }): void {
  const table = tableAt(into.values, `${name}.${each.child}`)
  if (table instanceof Map) mergeTables(into.imported, nest(each.parent, table), into.warn)
  else missing(each, name, { error: `${quote(table.noTable)} is not a table`, warn: into.warn })
}

function missing ({ short }: Import, chart: string, { error, warn }: { error: string, warn: Warn }): void {
  if (short) warn('ImportValues missing table', { facts: { error } })
  else warn('ImportValues missing table from chart', { facts: { chart, error } })
}

function nest (path: string, table: Dict): Dict {
  if (path === '.') return table
  return path.split('.').reduceRight<Dict>((inner, key) => new Map([[key, inner]]), table)
}

/** What a dependency imports: `x` stands for the table exports.x, put at the root. Items that are neither text nor mapping say nothing. */
function importsOf (dependency: Dependency): Import[] {
  return (dependency.importValues ?? []).flatMap((item): Import[] => {
    if (typeof item === 'string') return [{ child: `exports.${item}`, parent: '.', short: true }]
    if (!(item instanceof Map)) return []
    return [{ child: formatValue(item.get('child') ?? null), parent: formatValue(item.get('parent') ?? null), short: false }]
  })
}

function spelledOut (dependency: Dependency): Dependency {
  if (dependency.importValues === undefined) return dependency
  return { ...dependency, importValues: importsOf(dependency).map(({ child, parent }): Value => new Map([['child', child], ['parent', parent]])) }
}
