import type { Chart } from '../../chart/chart.js'
import type { ChartLoader } from './chart-files.js'
import type { Findings } from './message.js'

/**
 * The rules for dependencies: those of Chart.yaml and those in charts/ are the same.
 *
 * @param findings the chart's
 * @param loader the chart's
 */
export async function lintDependencies (findings: Findings, loader: ChartLoader): Promise<void> {
  const { folder } = loader
  const { chart, complaint } = await loader.load()
  if (!findings.note('ERROR', '', complaint === undefined ? undefined : `unable to load chart\n\t${complaint}`) || chart === undefined) return
  findings.note('ERROR', folder, listed('chart metadata is missing these dependencies', notInMetadata(chart)))
  findings.note('ERROR', folder, listed('multiple dependencies with name or alias', shadowing(chart)))
  findings.note('WARNING', folder, listed('chart directory is missing these dependencies', notInFolder(chart)))
}

function listed (what: string, names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : `${what}: ${names.join(',')}`
}

function notInMetadata ({ metadata, dependencies }: Chart): string[] {
  const named = new Set((metadata.dependencies ?? []).map(({ name }) => name))
  return dependencies.map(chart => chart.metadata.name).filter(name => !named.has(name))
}

function notInFolder ({ metadata, dependencies }: Chart): string[] {
  const there = new Set(dependencies.map(chart => chart.metadata.name))
  return (metadata.dependencies ?? []).map(({ name }) => name).filter(name => !there.has(name))
}

function shadowing ({ metadata }: Chart): string[] {
  const keys = (metadata.dependencies ?? []).map(({ name, alias }) => alias === undefined || alias === '' ? name : alias)
  return keys.filter((key, index) => keys.indexOf(key) < index)
}
