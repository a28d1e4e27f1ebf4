import { join } from 'node:path'
import type { Dependency } from '../chart/dependency.js'
import { ChartError } from '../chart/errors.js'
import { Version } from '../go/semver.js'
import type { ChartFolder, DependencyContext } from './context.js'
import { DependencyError } from './errors.js'
import { loadChartFolder } from './load-chart-folder.js'
import { parseConstraint } from './resolve.js'

/**
 * Looks at a dependency that is to lie in charts/ already, unpacked.
 *
 * @param chart the chart that depends on it
 * @param dependency without a repository
 * @param context told of warnings of loading
 * @returns undefined, or why its version does not do
 * @throws {DependencyError} download-failed when it cannot be loaded, invalid-version
 */
export async function checkUnpacked (chart: ChartFolder, { name, version: text = '' }: Dependency, context: DependencyContext): Promise<DependencyError | undefined> {
  const folder = { path: join(chart.path, 'charts', name), shown: join(chart.shown, 'charts', name) }
  const { metadata: { version } } = await loadChartFolder(folder, context).catch((error: unknown) => {
    if (!(error instanceof ChartError)) throw error
    throw new DependencyError('download-failed', `unable to load chart '${folder.shown}': ${error.message}`, { cause: error })
  })
  const constraint = parseConstraint(text, reason => `dependency ${name} has an invalid version/constraint format: ${reason}`)
  if (constraint.check(Version.parse(version))) return undefined
  return new DependencyError('invalid-version', `dependency ${name} at version ${version} does not satisfy the constraint ${text}`)
}
