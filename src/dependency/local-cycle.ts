import { realpath } from 'node:fs/promises'
import type { Dependency } from '../chart/dependency.js'
import type { ChartFolder } from './context.js'
import { DependencyError } from './errors.js'
import { loadChartFolder } from './load-chart-folder.js'
import { isLocal, localPath } from './local-path.js'

/** A chart on the way from one to its dependencies. */
interface Visit extends ChartFolder {
  readonly name: string
  /** The real paths of the charts that led here, its own among them. */
  readonly trail: ReadonlyMap<string, string>
}

/**
 * Refuses charts that depend on each other by `file://`: each would be packed into the other, larger every time. Helm packs them.
 *
 * @param chart the folder of the chart that is updated
 * @param named the chart's name and its dependencies
 * @throws {DependencyError} cycle, naming the charts; not-found
 */
export async function refuseLocalCycle (chart: ChartFolder, named: { readonly name: string, readonly dependencies: readonly Dependency[] }): Promise<void> {
  const trail = new Map([[await realpath(chart.path), named.name]])
  const checked = new Set<string>()
  await follow({ ...chart, name: named.name, trail }, named.dependencies)

  async function follow (visit: Visit, dependencies: readonly Dependency[]): Promise<void> {
    for (const { name, repository } of dependencies) {
      if (!isLocal(repository)) continue
      const folder = await localPath(repository, visit)
      const real = await realpath(folder.path)
      if (visit.trail.has(real)) throw cycle(visit.trail, real)
      if (checked.has(real)) continue
      const { metadata } = await loadChartFolder(folder, { note: () => { /* said when it is packed */ } })
      await follow({ ...folder, name, trail: new Map([...visit.trail, [real, metadata.name]]) }, metadata.dependencies ?? [])
      checked.add(real)
    }
  }
}

function cycle (trail: ReadonlyMap<string, string>, back: string): DependencyError {
  const names = [...trail].slice([...trail.keys()].indexOf(back)).map(([, name]) => name)
  return new DependencyError('cycle', `charts depend on each other: ${[...names, names[0] ?? ''].join(' -> ')} (file:// repositories)`)
}
