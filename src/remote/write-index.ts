import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { atomicWrite } from './atomic-write.js'
import type { Warn } from './context.js'
import { RemoteError } from './errors.js'
import { isAbsent, pathError } from './path-error.js'
import { messageOf } from '../errors.js'
import { decode } from '../go/bytes.js'
import { indexDirectory } from '../repo/index-directory.js'
import { IndexFile } from '../repo/index-file.js'

/** How a folder's index is written. */
export interface WriteIndexOptions {
  /** Where the archives will be served; their URLs are relative when empty. */
  readonly url: string
  /** JSON instead of YAML. */
  readonly json: boolean
  /** Absolute path of an index whose entries are added where the folder has none of that name and version; made when absent. */
  readonly merge?: string
  /** When it is written. */
  readonly now: Date
  readonly warn: Warn
}

/**
 * Writes the index.yaml of a folder of archives (`helm repo index`).
 *
 * @param folder absolute path
 * @param options see WriteIndexOptions
 * @throws {RemoteError} write-failed; not-cached when the index to merge cannot be read
 * @throws {RepoError} when the folder cannot be listed
 */
export async function writeIndex (folder: string, options: WriteIndexOptions): Promise<void> {
  const { url, json, merge, now, warn } = options
  const index = await indexDirectory(folder, { url, now, warn: message => warn(message) })
  if (merge !== undefined) index.merge(await readOrMake(merge, options))
  index.sort()
  await write(join(folder, 'index.yaml'), index, json)
}

/** The index to merge; an empty one is written where there is none, as Helm does. */
async function readOrMake (path: string, { json, now, warn }: WriteIndexOptions): Promise<IndexFile> {
  try {
    return IndexFile.parse(decode(await readFile(path)), path, message => warn(message))
  } catch (error) {
    if (!isAbsent(error)) throw new RemoteError('not-cached', `merge failed: error loading ${path}: ${messageOf(error)}`, { cause: error })
  }
  const empty = new IndexFile()
  empty.generated = now.toISOString()
  await write(path, empty, json)
  return empty
}

async function write (path: string, index: IndexFile, json: boolean): Promise<void> {
  try {
    await atomicWrite(path, json ? index.toJson() : index.toYaml(), { mode: 0o644 })
  } catch (error) {
    throw new RemoteError('write-failed', pathError('open', path, error), { cause: error })
  }
}
