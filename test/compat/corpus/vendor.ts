import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pickChart, wantedCharts, type FoundChart } from './charts.js'

/** What became of a chart's dependencies. */
export interface Vendored {
  readonly path: string
  /** The names of dependencies that no collection has. */
  readonly missing: readonly string[]
}

/** Deeper than any chart goes; a chart that wants itself ends here. */
const deepest = 6

/**
 * Copies a chart, with what it depends on in charts/, as far as the collections have it; a chart that lies there already is kept.
 *
 * @param chart which
 * @param pool the charts that may serve as dependencies
 * @param target the folder of the copy; it must not exist
 */
export function vendorChart (chart: FoundChart, pool: readonly FoundChart[], target: string): Vendored {
  cpSync(chart.path, target, { recursive: true })
  return { path: target, missing: vendorInto(chart, pool, { target, depth: 0 }) }
}

function vendorInto (chart: FoundChart, pool: readonly FoundChart[], { target, depth }: { target: string, depth: number }): string[] {
  if (depth > deepest) return [chart.name]
  return wantedCharts(target).flatMap(wanted => {
    const inside = join(target, 'charts', wanted.name)
    if (existsSync(inside)) return []
    const found = pickChart(wanted, pool, chart.collection)
    if (found === undefined) return [wanted.name]
    mkdirSync(join(target, 'charts'), { recursive: true })
    cpSync(found.path, inside, { recursive: true })
    return vendorInto(found, pool, { target: inside, depth: depth + 1 })
  })
}
