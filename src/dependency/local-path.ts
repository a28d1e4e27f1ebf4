import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { isAbsent, pathError } from '../remote/path-error.js'
import type { ChartFolder } from './context.js'
import { DependencyError } from './errors.js'

const scheme = 'file://'

/** Whether a repository is a folder of this machine. */
export function isLocal (repository: string): boolean {
  return repository.startsWith(scheme)
}

/**
 * The folder that a `file://` repository names: absolute, or relative to the chart's.
 *
 * @param repository `file://…`, or a path
 * @param chart the chart that depends on it
 * @returns the folder, which exists
 * @throws {DependencyError} not-found: `directory X not found`
 */
export async function localPath (repository: string, chart: ChartFolder): Promise<ChartFolder> {
  const path = repository.startsWith(scheme) ? repository.slice(scheme.length) : repository
  const folder = path.startsWith('/')
    ? { path: resolve(path), shown: resolve(path) }
    : { path: resolve(chart.path, path), shown: withoutSlash(join(chart.shown, path)) }
  await stat(folder.path).catch((error: unknown) => {
    const message = isAbsent(error) ? `directory ${folder.shown} not found` : pathError('stat', folder.shown, error)
    throw new DependencyError('not-found', message, { cause: error })
  })
  return folder
}

function withoutSlash (path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}
