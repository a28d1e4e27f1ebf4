import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Dependency } from '../chart/dependency.js'
import { messageOf } from '../errors.js'
import { quote } from '../go/strconv.js'
import { errorCode, isAbsent, pathError } from '../remote/path-error.js'
import { Archives } from './archives.js'
import { checkUnpacked } from './check-unpacked.js'
import type { ChartFolder, DependencyContext } from './context.js'
import { DependencyError } from './errors.js'
import type { Indexes } from './indexes.js'
import { packFolder } from './pack-folder.js'
import type { Requirement } from './requirement.js'
import { swapCharts } from './swap-charts.js'

/** What is saved into which chart's charts/. */
export interface Saving {
  readonly chart: ChartFolder
  /** Locked dependencies. */
  readonly requirements: readonly Requirement[]
  readonly indexes: Indexes
}

/**
 * Brings the archives of all dependencies into charts/: each is fetched or packed into a new folder beside it first, and looked at; only when all
 * are there do they take their places, and what is outdated goes. Archives are fetched several at a time, and told of in order.
 *
 * @param context network, files, whom to tell
 * @param saving what, and where to
 * @returns the dependencies with the versions that were saved
 * @throws {DependencyError} download-failed, invalid-version, chart-not-found, not-cached, write-failed: charts/ is as it was
 * @throws {ChartError} a folder that is no chart
 */
export async function saveCharts (context: DependencyContext, saving: Saving): Promise<Dependency[]> {
  const { chart, requirements } = saving
  await loadIndexes(saving)
  await makeChartsFolder(chart)
  const temporary = await mkdtemp(join(chart.path, 'tmpcharts-')).catch((error: unknown) => {
    throw new DependencyError('write-failed', pathError('mkdir', join(chart.shown, 'tmpcharts'), error), { cause: error })
  })
  const archives = new Archives(context, { ...saving, folder: temporary })
  try {
    context.say(`Saving ${requirements.length} charts`)
    const saved: Dependency[] = []
    for (const requirement of requirements) saved.push(await saveOne(context, requirement, { chart, temporary, archives }))
    await swapCharts(context, chart, { from: temporary, kept: saved.filter(({ repository }) => repository === '').map(({ name }) => name) })
    return saved
  } finally {
    await archives.stop()
    await rm(temporary, { recursive: true, force: true })
  }
}

/** The indexes of all repositories must be there before anything is begun. */
async function loadIndexes ({ requirements, indexes }: Saving): Promise<void> {
  try {
    for (const { source } of requirements) if (source.kind === 'repository') await indexes.load(source.repository.name)
  } catch (error) {
    if (!(error instanceof DependencyError)) throw error
    throw new DependencyError(error.code, messageOf(error.cause), { cause: error })
  }
}

interface Destination {
  readonly chart: ChartFolder
  readonly temporary: string
  readonly archives: Archives
}

async function saveOne (context: DependencyContext, requirement: Requirement, { chart, temporary, archives }: Destination): Promise<Dependency> {
  const { dependency, source } = requirement
  if (source.kind === 'charts') {
    context.say(`Dependency ${dependency.name} did not declare a repository. Assuming it exists in the charts directory`)
    const refusal = await checkUnpacked(chart, dependency, context)
    if (refusal !== undefined) throw told(context, refusal)
    return dependency
  }
  try {
    if (source.kind === 'folder') {
      if (context.debug) context.say(`Archiving ${dependency.name} from repo ${dependency.repository}`)
      return { ...dependency, version: await packFolder(context, dependency, { folder: source.folder, into: temporary }) }
    }
    await archives.save(requirement)
    return dependency
  } catch (error) {
    throw told(context, error)
  }
}

/** Helm says what went wrong twice. */
function told (context: DependencyContext, error: unknown): unknown {
  context.say(`Save error occurred:  ${messageOf(error)}`)
  return error
}

async function makeChartsFolder (chart: ChartFolder): Promise<void> {
  const path = join(chart.path, 'charts')
  const shown = join(chart.shown, 'charts')
  try {
    const stats = await stat(path).catch((error: unknown) => {
      if (isAbsent(error)) return undefined
      throw error
    })
    if (stats === undefined) await mkdir(path, { recursive: true })
    else if (!stats.isDirectory()) throw new DependencyError('write-failed', `${quote(shown)} is not a directory`)
  } catch (error) {
    if (errorCode(error) === '' || error instanceof DependencyError) throw error
    throw new DependencyError('write-failed', `unable to retrieve file info for '${shown}': ${pathError('stat', shown, error)}`, { cause: error })
  }
}
