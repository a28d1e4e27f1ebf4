import { stat } from 'node:fs/promises'
import type { Chart } from '../chart/chart.js'
import type { Dependency } from '../chart/dependency.js'
import { decode } from '../go/bytes.js'
import { unmarshalYaml } from '../go/yaml.js'
import type { ChartFolder, DependencyContext } from '../dependency/context.js'
import { DependencyError } from '../dependency/errors.js'
import { Indexes } from '../dependency/indexes.js'
import { loadChartFolder } from '../dependency/load-chart-folder.js'
import { refuseLocalCycle } from '../dependency/local-cycle.js'
import { lockDigest, writeLock } from '../dependency/lock-file.js'
import { refreshManaged, refreshUnmanaged } from '../dependency/refresh.js'
import { requirementsOf } from '../dependency/requirement.js'
import { resolveVersions } from '../dependency/resolve.js'
import { saveCharts } from '../dependency/save-charts.js'
import { isAbsent, pathError } from '../remote/path-error.js'

/** How dependencies are brought up to date. */
export interface DependencyOptions {
  /** Whether indexes are fetched anew first. */
  readonly refresh: boolean
}

/**
 * Brings charts/ up to date with what Chart.yaml asks for: resolves every dependency, fetches or packs it, and writes the lock when it changed
 * (`helm dependency update`). A failure leaves charts/ and the lock as they were.
 *
 * @param context network, files, time, whom to tell
 * @param folder the chart's
 * @param options see DependencyOptions
 * @throws {DependencyError|RemoteError|ChartError}
 */
export async function updateDependencies (context: DependencyContext, folder: ChartFolder, { refresh }: DependencyOptions): Promise<void> {
  const chart = await loadUnpacked(context, folder)
  const declared = declaredDependencies(chart)
  if (declared === undefined) return
  const requirements = await requirementsOf(context, folder, declared)
  await refuseLocalCycle(folder, { name: chart.metadata.name, dependencies: declared })
  if (refresh) {
    await refreshUnmanaged(context, requirements)
    await refreshManaged(context)
  }
  const indexes = new Indexes(context)
  const locked = await resolveVersions(context, { chart: folder, requirements, indexes })
  const saving = requirements.map(({ source }, i) => ({ source, dependency: locked[i] ?? { name: '', repository: '' } }))
  const saved = await saveCharts(context, { chart: folder, requirements: saving, indexes })
  const digest = lockDigest(requirements.map(({ dependency }) => dependency), saved)
  if (chart.lock?.digest === digest) return
  await writeLock(folder, { dependencies: saved, digest, generated: context.now().rfc3339Nano() }, { v1: chart.metadata.apiVersion === 'v1' })
}

/**
 * Loads the chart whose dependencies are to be changed.
 *
 * @throws {DependencyError} not-found, not-unpacked
 * @throws {ChartError} when it is no chart
 */
export async function loadUnpacked (context: DependencyContext, folder: ChartFolder): Promise<Chart> {
  const stats = await stat(folder.path).catch((error: unknown) => {
    const code = isAbsent(error) ? 'not-found' : 'not-unpacked'
    throw new DependencyError(code, `could not find ${folder.shown}: ${pathError('stat', folder.shown, error)}`, { cause: error })
  })
  if (!stats.isDirectory()) throw new DependencyError('not-unpacked', 'only unpacked charts can be updated')
  return await loadChartFolder(folder, context)
}

/**
 * What a chart says it depends on.
 *
 * @param chart loaded
 * @returns undefined when it says nothing; an empty list when it says that it depends on nothing, which empties charts/
 */
export function declaredDependencies ({ metadata, raw }: Chart): readonly Dependency[] | undefined {
  if (metadata.dependencies !== undefined) return metadata.dependencies
  const files = raw.filter(({ name }) => name === 'Chart.yaml' || name === 'requirements.yaml')
  return files.some(({ data }) => saysNone(decode(data))) ? [] : undefined
}

function saysNone (yaml: string): boolean {
  const root = unmarshalYaml(yaml)
  return root instanceof Map && Array.isArray(root.get('dependencies'))
}
