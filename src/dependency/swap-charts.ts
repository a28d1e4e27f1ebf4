import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { loadChart } from '../chart/load.js'
import { ChartError } from '../chart/errors.js'
import { messageOf } from '../errors.js'
import { compareBytes } from '../go/bytes.js'
import { pathError } from '../remote/path-error.js'
import type { ChartFolder, DependencyContext } from './context.js'
import { DependencyError } from './errors.js'

/** What takes its place in charts/. */
export interface Swap {
  /** The folder of the new archives, all of them charts, on the same file system. */
  readonly from: string
  /** The names of dependencies without a repository: their archives stay. */
  readonly kept: readonly string[]
}

/**
 * Moves new archives into charts/, each in one step, then removes the archives there that are no dependency any more. Folders stay, and files that
 * are no charts.
 *
 * @param context told what is left alone
 * @param chart whose charts/ it is
 * @param swap the new archives
 * @throws {DependencyError} write-failed: nothing old was removed
 */
export async function swapCharts (context: DependencyContext, chart: ChartFolder, { from, kept }: Swap): Promise<void> {
  const charts = join(chart.path, 'charts')
  const fresh = new Set(await readdir(from))
  const before = await readdir(charts, { withFileTypes: true })
  for (const file of fresh) {
    await rename(join(from, file), join(charts, file)).catch((error: unknown) => {
      throw new DependencyError('write-failed', `Unable to move ${file} to charts dir: ${pathError('rename', join(chart.shown, 'charts', file), error)}`, { cause: error })
    })
  }
  context.say('Deleting outdated charts')
  const old = before.filter(entry => !entry.isDirectory() && !fresh.has(entry.name)).map(({ name }) => name)
  for (const file of old.sort(compareBytes)) await removeOutdated(context, { path: join(charts, file), shown: join(chart.shown, 'charts', file) }, kept)
}

async function removeOutdated (context: DependencyContext, file: ChartFolder, kept: readonly string[]): Promise<void> {
  try {
    const { metadata } = await loadChart(file.path)
    if (kept.includes(metadata.name)) return
  } catch (error) {
    if (!(error instanceof ChartError)) throw error
    context.say(`Could not verify ${file.shown} for deletion: ${messageOf(error).replaceAll(file.path, file.shown)} (Skipping)`)
    return
  }
  try {
    await rm(file.path)
  } catch (error) {
    context.say(`Could not delete ${file.shown}: ${pathError('remove', file.shown, error)} (Skipping)`)
  }
}
