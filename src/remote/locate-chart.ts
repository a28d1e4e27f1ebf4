import { stat } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import type { ChartPathOptions } from './chart-path-options.js'
import type { RemoteContext } from './context.js'
import { RemoteError } from './errors.js'
import { quote } from '../go/strconv.js'

/**
 * Finds a chart, fetching it when it is not here, as install, template, show and upgrade do (helm.md 5.5).
 *
 * @param context for its files, getters and folder
 * @param reference a path, a URL, `repo/chart`, or with `--repo` a chart's name
 * @param options the chart-path flags
 * @returns the absolute path of a folder or an archive; what it holds was not looked at
 * @throws {RemoteError} path-not-found, not-supported (`--verify`, `oci://`), and what findChart and cacheArchive throw
 */
export async function locateChart (context: RemoteContext, reference: string, options: ChartPathOptions): Promise<string> {
  const name = reference.trim()
  if (options.verify) throw noVerification()
  if (options.repo === '') {
    const path = resolve(context.cwd, name)
    if (name !== '' && await exists(path)) return path
    if (isAbsolute(name) || name.startsWith('.')) throw new RemoteError('path-not-found', `path ${quote(name)} not found`)
  }
  // Loaded here only, so that a chart that is at hand does not wait for what fetches others.
  const [{ findChart }, { cacheArchive }] = await Promise.all([import('./find-chart.js'), import('./fetch-chart.js')])
  const source = await findChart(context, name, { ...options, version: options.version.trim() })
  return (await cacheArchive(context, source)).path
}

/** What `--verify` gets until signatures can be checked: never a chart that was not. */
export function noVerification (): RemoteError {
  return new RemoteError('not-supported', 'verification of provenance files (--verify) is not supported yet; nothing was fetched')
}

async function exists (path: string): Promise<boolean> {
  return await stat(path).then(() => true, () => false)
}
