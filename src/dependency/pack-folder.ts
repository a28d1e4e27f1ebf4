import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Dependency } from '../chart/dependency.js'
import { writeArchive } from '../chart/write-archive.js'
import { Version } from '../go/semver.js'
import { pathError } from '../remote/path-error.js'
import type { ChartFolder, DependencyContext } from './context.js'
import { DependencyError } from './errors.js'
import { loadChartFolder } from './load-chart-folder.js'
import { parseConstraint } from './resolve.js'

/**
 * Packs the chart of a `file://` repository.
 *
 * @param context the time, and the date of files
 * @param dependency the constraint on its version
 * @param where its folder, and the folder for the archive
 * @returns its version
 * @throws {DependencyError} invalid-version, write-failed
 * @throws {ChartError} when the folder holds no chart
 */
export async function packFolder (
  context: DependencyContext, { name, version: text = '' }: Dependency, { folder, into }: { readonly folder: ChartFolder, readonly into: string }
): Promise<string> {
  const chart = await loadChartFolder(folder, context)
  const { metadata } = chart
  const constraint = parseConstraint(text, reason => `dependency ${name} has an invalid version/constraint format: ${reason}`)
  if (!constraint.check(Version.parse(metadata.version))) throw new DependencyError('invalid-version', `can't get a valid version for dependency ${name}`)
  const archive = await writeArchive(chart, { now: context.clock(), ...context.stamp === undefined ? {} : { stamp: context.stamp } })
  const path = join(into, `${metadata.name}-${metadata.version}.tgz`)
  await writeFile(path, archive).catch((error: unknown) => {
    throw new DependencyError('write-failed', pathError('open', path, error), { cause: error })
  })
  return metadata.version
}
