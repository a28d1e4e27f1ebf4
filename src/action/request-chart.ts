import type { Chart } from '../chart/chart.js'
import { ChartError } from '../chart/errors.js'
import { loadChart } from '../chart/load.js'
import { requireInstallable } from '../engine/render-chart.js'
import { chartLog } from './chart-log.js'
import { ActionError } from './errors.js'
import type { Log } from './log.js'

/**
 * Loads a chart that is to be installed or rendered.
 *
 * @param path a folder or an archive
 * @param log told of what Helm warns about
 * @param update brings the dependencies of the chart at that path up to date, for when some are missing; without it that is an error
 * @throws {ChartError|EngineError} when it cannot be read, or is no chart that can be installed
 * @throws {ActionError} missing-dependencies: a chart that it needs is not in its charts/ folder
 */
export async function requestChart (path: string, log: Log, update?: (path: string) => Promise<void>): Promise<Chart> {
  const chart = await loadChart(path, chartLog(log))
  requireInstallable(chart)
  if (chart.metadata.deprecated === true) log('WARN', 'this chart is deprecated')
  const missing = missingDependencies(chart)
  if (missing.length === 0) return chart
  if (update === undefined) throw missingError(missing)
  await update(path)
  return await reload(path, log)
}

/** The chart again, its dependencies updated. */
async function reload (path: string, log: Log): Promise<Chart> {
  try {
    return await loadChart(path, chartLog(log))
  } catch (error) {
    if (!(error instanceof ChartError)) throw error
    throw new ChartError(error.code, `failed reloading chart after repo update: ${error.message}`, { cause: error })
  }
}

/** The names of declared dependencies that are not in charts/, whatever their version (Helm's CheckDependencies). */
function missingDependencies ({ metadata, dependencies }: Chart): string[] {
  const there = new Set(dependencies.map(each => each.metadata.name))
  return (metadata.dependencies ?? []).map(({ name }) => name).filter(name => !there.has(name))
}

function missingError (missing: readonly string[]): ActionError {
  return new ActionError('missing-dependencies',
    "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: " +
    `found in Chart.yaml, but missing in charts/ directory: ${missing.join(', ')}`)
}
