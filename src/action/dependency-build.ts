import type { ChartFolder, DependencyContext } from '../dependency/context.js'
import { DependencyError } from '../dependency/errors.js'
import { Indexes } from '../dependency/indexes.js'
import { refuseLocalCycle } from '../dependency/local-cycle.js'
import { helm2LockDigest, lockDigest } from '../dependency/lock-file.js'
import { refreshManaged } from '../dependency/refresh.js'
import { lockedRequirements, requirementsOf } from '../dependency/requirement.js'
import { saveCharts } from '../dependency/save-charts.js'
import { loadUnpacked, updateDependencies, type DependencyOptions } from './dependency-update.js'

/**
 * Brings into charts/ exactly what the lock says (`helm dependency build`); without a lock, what `update` brings.
 *
 * @param context network, files, time, whom to tell
 * @param folder the chart's
 * @param options whether indexes are fetched anew first
 * @throws {DependencyError} out-of-date when the lock is another's; as updateDependencies
 */
export async function buildDependencies (context: DependencyContext, folder: ChartFolder, options: DependencyOptions): Promise<void> {
  const { lock, metadata } = await loadUnpacked(context, folder)
  if (lock === undefined) {
    await updateDependencies(context, folder, options)
    return
  }
  const declared = metadata.dependencies ?? []
  const requested = (await requirementsOf(context, folder, declared)).map(({ dependency }) => dependency)
  if (lockDigest(requested, lock.dependencies) !== lock.digest) {
    if (metadata.apiVersion !== 'v1') throw outOfDate("the lock file (Chart.lock) is out of sync with the dependencies file (Chart.yaml). Please update the dependencies with 'portolan dependency update'")
    context.note('warning: a valid Helm v3 hash was not found. Checking against Helm v2 hash...', { level: 'INFO' })
    if (helm2LockDigest(declared) !== lock.digest) throw outOfDate('the lock file (requirements.lock) is out of sync with the dependencies file (requirements.yaml). Please update the dependencies')
  }
  await refuseLocalCycle(folder, { name: metadata.name, dependencies: declared })
  const requirements = await lockedRequirements(context, folder, lock.dependencies)
  if (options.refresh) await refreshManaged(context)
  await saveCharts(context, { chart: folder, requirements, indexes: new Indexes(context) })
}

function outOfDate (message: string): DependencyError {
  return new DependencyError('out-of-date', message)
}
