import { existsSync } from 'node:fs'
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
 * @throws {RemoteError} path-not-found, not-supported (`oci://`), unverified, and what findChart and cacheArchive throw
 * @throws {ProvenanceError} with `--verify`, as verifyFile and verifyProvenance
 */
export async function locateChart (context: RemoteContext, reference: string, options: ChartPathOptions): Promise<string> {
  const name = reference.trim()
  if (options.repo === '') {
    const path = resolve(context.cwd, name)
    if (name !== '' && existsSync(path)) {
      if (options.verify) await verifyPath(context, path, options)
      return path
    }
    if (isAbsolute(name) || name.startsWith('.')) throw new RemoteError('path-not-found', `path ${quote(name)} not found`)
  }
  // Loaded here only, so that a chart that is at hand does not wait for what fetches others.
  const [{ findChart }, { cacheArchive }] = await Promise.all([import('./find-chart.js'), import('./fetch-chart.js')])
  const source = await findChart(context, name, { ...options, version: options.version.trim() })
  const { path, content: archive } = await cacheArchive(context, source)
  if (options.verify) {
    const [{ verifyFetched }, { fileNameOf }] = await Promise.all([import('./verify-source.js'), import('./file-name.js')])
    await verifyFetched(context, { source, archive, fileName: fileNameOf(source.url) }, options)
  }
  return path
}

/** Verification is loaded when it is asked for. */
async function verifyPath (context: RemoteContext, path: string, { keyring }: ChartPathOptions): Promise<void> {
  const [{ verifyFile }, { keyringFile }] = await Promise.all([import('../chart/provenance/verify-file.js'), import('./keyring-file.js')])
  await verifyFile({ path, shown: path }, { keyring: await keyringFile(context, keyring), now: context.clock() })
}
