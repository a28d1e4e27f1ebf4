import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Chart } from '../chart/chart.js'
import type { Dependency } from '../chart/dependency.js'
import { ChartError } from '../chart/errors.js'
import { loadChart } from '../chart/load.js'
import { systemErrorText } from '../chart/system-error.js'
import type { ChartFolder } from '../dependency/context.js'
import { loadChartFolder } from '../dependency/load-chart-folder.js'
import { compareBytes } from '../go/bytes.js'
import { BadPatternError, SemverError } from '../go/errors.js'
import { match } from '../go/path.js'
import { Constraints, Version } from '../go/semver.js'
import { declaredDependencies } from './dependency-update.js'

/** How things stand with a dependency, in Helm's words. */
export type DependencyStatus =
  'ok' | 'unpacked' | 'missing' | 'wrong version' | 'invalid version' | 'too many matches' | 'corrupt' | 'misnamed' | 'bad pattern'

/** A declared dependency, and how things stand with it. */
export interface ListedDependency extends Dependency {
  readonly status: DependencyStatus
}

/** Something in charts/ that Chart.yaml does not know. */
export interface Stray {
  readonly name: string
  readonly isChart: boolean
}

/** What `dependency list` shows. */
export interface DependencyList {
  /** Undefined when the chart declares none. */
  readonly dependencies?: readonly ListedDependency[]
  readonly strays: readonly Stray[]
}

type Note = (message: string) => void

/**
 * How things stand with the dependencies of a chart (`helm dependency list`).
 *
 * @param place a folder or an archive
 * @param note told of warnings of loading
 * @throws {ChartError} when it is no chart
 */
export async function listDependencies (place: ChartFolder, note: Note): Promise<DependencyList> {
  const chart = await load(place, note)
  const declared = declaredDependencies(chart)
  if (declared === undefined) return { strays: [] }
  const folder = join(place.path, 'charts')
  const files = await filesOf(folder)
  const dependencies: ListedDependency[] = []
  for (const dependency of declared) dependencies.push({ ...dependency, status: await statusOf(dependency, { chart, folder, files }) })
  return { dependencies, strays: await straysOf(folder, files, new Set(declared.map(({ name }) => name))) }
}

async function load (place: ChartFolder, note: Note): Promise<Chart> {
  const stats = await stat(place.path).catch((error: unknown) => {
    throw new ChartError('unreadable', systemErrorText('stat', place.shown, error), { cause: error })
  })
  return stats.isDirectory() ? await loadChartFolder(place, { note }) : await loadChart(place.path, note)
}

/** The names in a folder, sorted; none when it is absent, or the chart is an archive. */
async function filesOf (folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.sort(compareBytes)
}

interface Charts {
  readonly chart: Chart
  readonly folder: string
  readonly files: readonly string[]
}

async function statusOf (dependency: Dependency, { chart, folder, files }: Charts): Promise<DependencyStatus> {
  const archives = matching(dependency, files)
  if (archives === undefined) return 'bad pattern'
  const versioned = archives.length > 1 ? archives.filter(file => Version.isStrict(file.slice(dependency.name.length + 1, -'.tgz'.length))) : archives
  if (versioned.length > 1) return 'too many matches'
  const [archive] = versioned
  if (archive !== undefined) return await archiveStatus(join(folder, archive), dependency)
  const unpacked = chart.dependencies.findLast(({ metadata }) => metadata.name === dependency.name)
  if (unpacked === undefined) return 'missing'
  return versionFault(unpacked, dependency) ?? 'unpacked'
}

/** The archives that may be the dependency's; undefined when its name is a broken pattern. */
function matching ({ name }: Dependency, files: readonly string[]): string[] | undefined {
  const pattern = `${name}-*.tgz`
  try {
    // Go looks at the whole pattern before it looks at files.
    match(pattern, pattern)
    return files.filter(file => match(pattern, file))
  } catch (error) {
    if (error instanceof BadPatternError) return undefined
    throw error
  }
}

async function archiveStatus (path: string, dependency: Dependency): Promise<DependencyStatus> {
  try {
    const chart = await loadChart(path)
    if (chart.metadata.name !== dependency.name) return 'misnamed'
    return versionFault(chart, dependency) ?? 'ok'
  } catch (error) {
    if (error instanceof ChartError) return 'corrupt'
    throw error
  }
}

function versionFault ({ metadata }: Chart, { version = '' }: Dependency): 'invalid version' | 'wrong version' | undefined {
  if (metadata.version === version) return undefined
  try {
    return Constraints.parse(version).check(Version.parse(metadata.version)) ? undefined : 'wrong version'
  } catch (error) {
    if (error instanceof SemverError) return 'invalid version'
    throw error
  }
}

/** Charts that are not declared, and what looks like a chart and is none. */
async function straysOf (folder: string, files: readonly string[], declared: ReadonlySet<string>): Promise<Stray[]> {
  const strays: Stray[] = []
  for (const name of files) {
    const path = join(folder, name)
    const stats = await stat(path).catch(() => undefined)
    if (stats === undefined || (!stats.isDirectory() && !name.endsWith('.tgz'))) continue
    const chart = await loadChart(path).catch((error: unknown) => {
      if (error instanceof ChartError) return undefined
      throw error
    })
    if (chart === undefined) strays.push({ name, isChart: false })
    else if (!declared.has(chart.metadata.name)) strays.push({ name, isChart: true })
  }
  return strays
}
