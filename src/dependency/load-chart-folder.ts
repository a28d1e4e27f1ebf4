import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Chart } from '../chart/chart.js'
import { ChartError } from '../chart/errors.js'
import { loadDirectory } from '../chart/load-directory.js'
import { isAbsent } from '../remote/path-error.js'
import type { ChartFolder, DependencyContext } from './context.js'

/**
 * Loads the chart of a folder. What Helm says of one without a Chart.yaml is here not what it says when it installs.
 *
 * @param folder where it is
 * @param context told of warnings
 * @throws {ChartError} invalid-chart, unreadable, too-large
 */
export async function loadChartFolder ({ path }: ChartFolder, { note }: Pick<DependencyContext, 'note'>): Promise<Chart> {
  try {
    await stat(join(path, 'Chart.yaml'))
  } catch (error) {
    if (isAbsent(error)) throw new ChartError('invalid-chart', 'Chart.yaml file is missing', { cause: error })
  }
  return await loadDirectory(path, note)
}
