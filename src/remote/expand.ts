import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { RemoteError } from './errors.js'
import { isAbsent, pathError } from './path-error.js'
import { readArchive } from '../chart/archive.js'
import type { ChartFile } from '../chart/chart.js'
import { parseMetadata } from '../chart/metadata.js'
import { decode } from '../go/bytes.js'

/** Where a chart is unpacked. */
export interface ExpandOptions {
  /** The folder that gets the chart's folder; made when absent. */
  readonly into: string
  /** What `into` starts from when relative. */
  readonly cwd: string
}

/**
 * Unpacks a chart's archive into a new folder named after the chart. The files are written to a fresh folder, which then takes
 * its place in one step: a failure leaves nothing behind, and no link that lies there already can lead a file elsewhere.
 *
 * @param archive the `.tgz`
 * @param options where to
 * @returns the absolute path of the chart's folder
 * @throws {RemoteError} path-exists when something of the chart's name is there, invalid-chart without a usable name
 * @throws {ChartError} what the archive reader refuses
 */
export async function expandChart (archive: Uint8Array, { into, cwd }: ExpandOptions): Promise<string> {
  const files = await readArchive(Readable.from([archive], { objectMode: false }))
  const name = chartName(files)
  const path = resolve(cwd, into, name)
  if (await isThere(path)) throw new RemoteError('path-exists', `failed to untar: a file or directory with the name ${join(into, name)} already exists`)
  const fresh = join(dirname(path), `.${name}.${randomUUID()}`)
  try {
    for (const file of files) await writeBelow(fresh, file)
    await rename(fresh, path)
  } catch (error) {
    throw error instanceof RemoteError ? error : new RemoteError('write-failed', `failed to untar: ${pathError('write', join(into, name), error)}`, { cause: error })
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
  return path
}

/** The chart's name, which becomes a folder's: never a path. */
function chartName (files: readonly ChartFile[]): string {
  const file = files.find(each => each.name === 'Chart.yaml')
  const name = file === undefined ? '' : parseMetadata(decode(file.data)).name
  if (name === '') throw new RemoteError('invalid-chart', 'chart name not specified')
  if (name === '.' || name === '..') throw new RemoteError('invalid-chart', `chart name "${name}" is not allowed`)
  if (basename(name) !== name || /[/\\\0]/.test(name)) throw new RemoteError('invalid-chart', `chart name ${JSON.stringify(name)} must not contain path separators`)
  return name
}

async function writeBelow (folder: string, { name, data }: ChartFile): Promise<void> {
  const path = resolve(folder, name)
  if (!path.startsWith(`${folder}/`) && !path.startsWith(`${folder}\\`)) throw new RemoteError('invalid-chart', `the archive's file ${JSON.stringify(name)} would be written outside of the chart`)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, data, { mode: 0o644 })
}

async function isThere (path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (isAbsent(error)) return false
    throw error
  }
}
