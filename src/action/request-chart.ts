import type { Chart } from '../chart/chart.js'
import { loadChart } from '../chart/load.js'
import { requireInstallable } from '../engine/render-chart.js'
import { ActionError } from './errors.js'
import type { Log } from './log.js'

/**
 * Loads a chart that is to be installed or rendered.
 *
 * @param path a folder or an archive
 * @param log told of what Helm warns about
 * @throws {ChartError|EngineError} when it cannot be read, or is no chart that can be installed
 * @throws {ActionError} missing-dependencies: a chart that it needs is not in its charts/ folder
 */
export async function requestChart (path: string, log: Log): Promise<Chart> {
  const chart = await loadChart(path, message => log('WARN', message))
  requireInstallable(chart)
  if (chart.metadata.deprecated === true) log('WARN', 'this chart is deprecated')
  requireDependencies(chart)
  return chart
}

function requireDependencies ({ metadata, dependencies }: Chart): void {
  const there = new Set(dependencies.map(each => each.metadata.name))
  const missing = (metadata.dependencies ?? []).map(({ name }) => name).filter(name => !there.has(name))
  if (missing.length === 0) return
  throw new ActionError('missing-dependencies',
    "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: " +
    `found in Chart.yaml, but missing in charts/ directory: ${missing.join(', ')}`)
}
