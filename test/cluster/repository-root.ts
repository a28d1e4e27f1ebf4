import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ClusterError } from './errors.js'

/**
 * The repository's folder. The launcher runs as TypeScript from test/cluster and compiled from dist/test/cluster, and needs the Go
 * sources of the former in both cases.
 *
 * @param from a folder in the repository
 * @returns the nearest folder above it, or itself, that holds a package.json
 * @throws ClusterError `no-repository` when there is none
 */
export function repositoryRoot (from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    if (folder === dirname(folder)) throw new ClusterError('no-repository', `No package.json in ${from} or a folder above it`)
  }
}
