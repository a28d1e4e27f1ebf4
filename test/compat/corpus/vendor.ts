import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, isSeq, parseDocument } from 'yaml'
import { pickChart, wantedCharts, type FoundChart } from './charts.js'

/** What became of a chart's dependencies. */
export interface Vendored {
  readonly path: string
  /** The names of dependencies that no collection has. */
  readonly missing: readonly string[]
}

/** Where dependencies come from, and what is done without. */
export interface Supply {
  /** The charts that may serve as dependencies. */
  readonly pool: readonly FoundChart[]
  /** Whether a dependency that no collection has is struck from the copy's Chart.yaml, so that the chart renders without it. */
  readonly strike: boolean
}

/** Deeper than any chart goes; a chart that wants itself ends here. */
const deepest = 6

/**
 * Copies a chart, with what it depends on in charts/, as far as the collections have it; a chart that lies there already is kept.
 *
 * @param chart which
 * @param supply where dependencies come from
 * @param target the folder of the copy; it must not exist
 */
export function vendorChart (chart: FoundChart, supply: Supply, target: string): Vendored {
  cpSync(chart.path, target, { recursive: true })
  return { path: target, missing: vendorInto(chart, supply, { target, depth: 0 }) }
}

function vendorInto (chart: FoundChart, supply: Supply, { target, depth }: { target: string, depth: number }): string[] {
  if (depth > deepest) return [chart.name]
  const missing: string[] = []
  const deeper: string[] = []
  for (const wanted of wantedCharts(target)) {
    const inside = join(target, 'charts', wanted.name)
    if (existsSync(inside)) continue
    const found = pickChart(wanted, supply.pool, chart.collection)
    if (found === undefined) {
      missing.push(wanted.name)
      continue
    }
    mkdirSync(join(target, 'charts'), { recursive: true })
    cpSync(found.path, inside, { recursive: true })
    deeper.push(...vendorInto(found, supply, { target: inside, depth: depth + 1 }))
  }
  if (supply.strike && missing.length > 0) strike(target, new Set(missing))
  return [...missing, ...deeper]
}

function strike (chart: string, names: ReadonlySet<string>): void {
  for (const path of [join(chart, 'Chart.yaml'), join(chart, 'requirements.yaml')].filter(each => existsSync(each))) {
    const document = parseDocument(readFileSync(path, 'utf8'))
    const dependencies = document.get('dependencies')
    if (!isSeq(dependencies)) continue
    dependencies.items = dependencies.items.filter(each => !isMap(each) || !names.has(String(each.get('name'))))
    writeFileSync(path, document.toString())
  }
}
