import { createHash } from 'node:crypto'
import { open, readdir } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { messageOf } from '../errors.js'
import { loadArchive } from '../chart/archive.js'
import type { Chart } from '../chart/chart.js'
import { installLimits } from '../chart/limits.js'
import { compareBytes } from '../go/bytes.js'
import { GoTime } from '../go/time.js'
import { IndexFile } from './index-file.js'
import { RepoError } from './errors.js'
import { joinUrl } from './go-url.js'

/** How a folder is indexed. */
export interface IndexOptions {
  /** The address under which the folder will be served; empty for addresses relative to the index. */
  readonly url: string
  /** The date that every entry and the index get. */
  readonly now: Date
  /** Told of every archive that is no chart, and is left out. */
  readonly warn?: (message: string) => void
}

/**
 * Indexes the chart archives (`*.tgz`) in a folder and the folders directly in it (helm.sh/helm/v4 pkg/repo/v1 IndexDirectory).
 *
 * @param directory the folder
 * @param options address and date
 * @returns the index, not sorted
 * @throws {RepoError} unreadable, when a folder cannot be listed; invalid-url
 */
export async function indexDirectory (directory: string, options: IndexOptions): Promise<IndexFile> {
  const index = new IndexFile()
  const created = GoTime.fromDate(options.now.getTime()).rfc3339Nano()
  index.generated = created
  for (const { folder, file } of await archivesIn(directory)) {
    const path = join(directory, folder, file)
    const chart = await load(path, options.warn ?? (() => {}))
    if (chart === undefined) continue
    const base = joinUrl(options.url, folder)
    index.add({
      ...chart.metadata,
      urls: [base === '' ? file : joinUrl(base, file)],
      created,
      digest: await digest(path)
    })
  }
  return index
}

/** The archives of the folder itself, then those of the folders in it, names in bytewise order. */
async function archivesIn (directory: string): Promise<Array<{ folder: string, file: string }>> {
  const top = await list(directory)
  const folders = top.filter(entry => entry.folder).map(entry => entry.name)
  const found = []
  for (const folder of ['', ...folders]) {
    const entries = folder === '' ? top : await list(join(directory, folder))
    found.push(...entries.filter(entry => !entry.folder && posix.extname(entry.name) === '.tgz').map(entry => ({ folder, file: entry.name })))
  }
  return found
}

async function list (directory: string): Promise<Array<{ name: string, folder: boolean }>> {
  try {
    const entries = await readdir(directory, { withFileTypes: true })
    return entries.map(entry => ({ name: entry.name, folder: entry.isDirectory() })).sort((a, b) => compareBytes(a.name, b.name))
  } catch (thrown) {
    throw new RepoError('unreadable', `cannot list ${directory}: ${messageOf(thrown)}`, { cause: thrown })
  }
}

async function load (path: string, warn: (message: string) => void): Promise<Chart | undefined> {
  const file = await open(path)
  try {
    return await loadArchive(file.createReadStream(), installLimits, warn)
  } catch (thrown) {
    warn(`${path} is left out, it is no chart: ${messageOf(thrown)}`)
    return undefined
  } finally {
    await file.close()
  }
}

async function digest (path: string): Promise<string> {
  const file = await open(path)
  const hash = createHash('sha256')
  for await (const chunk of file.createReadStream()) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}
