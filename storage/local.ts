import { constants } from 'node:fs'
import type { BigIntStats } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { link, lstat, mkdir, open, realpath, rename, unlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import type { Backend, ByteRange, ObjectInfo } from './backend.js'
import { Conflict, InvalidKey, ObjectExists, ObjectNotFound, StorageFailed } from './errors.js'
import { hasCode, named } from './local-fault.js'
import { toInfo, walk } from './local-listing.js'
import type { StagedFile } from './local-staging.js'
import { reservedName, Staging } from './local-staging.js'

export interface LocalOptions {
  /** The folder of objects; made when it is not there. */
  readonly root: string
  readonly clock?: () => Date
}

/** What a root holds that are no objects: our own unfinished writes, and the folder that ext4 makes for itself at the top of a volume. */
const hidden = new Set([`${reservedName}/`, 'lost+found/'])

/** How much of a file is read at a time, in bytes. */
const blockSize = 64 * 1024

/** How many folders are remembered as durable. */
const maxDurable = 10_000

/**
 * Opens a folder as a backend: a key is a path below it. An object is written to a file of another name, flushed, and then put under its own
 * name by a link (which fails when there is one) or a rename; the folder is flushed after that. Symbolic links below the root are never
 * followed.
 *
 * @throws {StorageError} when the folder cannot be made or written to, or its file system has no hard links
 */
export async function openLocal ({ root, clock = () => new Date() }: LocalOptions): Promise<Backend> {
  const folder = await named('', async () => {
    await mkdir(resolve(root), { recursive: true })
    return await realpath(root)
  })
  return new LocalBackend(folder, await Staging.open(folder, clock()))
}

class LocalBackend implements Backend {
  readonly name = 'local'
  readonly #root: string
  readonly #staging: Staging
  /** Folders whose own entry in their parent is known to be durable. */
  readonly #durable = new Set<string>()

  constructor (root: string, staging: Staging) {
    this.#root = root
    this.#staging = staging
  }

  async stat (key: string): Promise<ObjectInfo> {
    return await named(key, async () => toInfo(key, await this.#existing(key)))
  }

  async read (key: string, { start, end = Infinity }: ByteRange = { start: 0 }): Promise<Readable> {
    return await named(key, async () => {
      const folders = foldersOf(key)
      if (folders.length > 0 && !await this.#isFolder(folders)) throw new ObjectNotFound(key)
      const { handle, size } = await this.#open(key)
      const last = Math.min(end, size - 1)
      // Node refuses a range that is empty, though its beginning is no fault.
      if (last >= start) return handle.createReadStream({ start, end: last, highWaterMark: Math.min(blockSize, last - start + 1) })
      await handle.close()
      return Readable.from([])
    })
  }

  async create (key: string, body: Readable): Promise<ObjectInfo> {
    try {
      await named(key, () => this.#refuseTaken(key))
    } catch (error) {
      body.destroy()
      throw error
    }
    return await this.#write(key, body, async (staged, path) => {
      await link(staged.path, path).catch(async (error: unknown) => {
        if (hasCode(error, 'EEXIST')) await this.#refuseTaken(key)
        throw error
      })
    })
  }

  async put (key: string, body: Readable): Promise<ObjectInfo> {
    return await this.#write(key, body, async (staged, path) => {
      await rename(staged.path, path).catch((error: unknown) => {
        throw hasCode(error, 'EISDIR', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR') ? underFolder(key, error) : error
      })
    })
  }

  async delete (key: string): Promise<void> {
    await named(key, async () => {
      const stats = await this.#lookUp(key)
      if (stats === undefined) return
      await unlink(this.#path(key)).catch((error: unknown) => {
        if (!hasCode(error, 'ENOENT')) throw error
      })
      await syncFolder(dirname(this.#path(key)))
    })
  }

  async * list (prefix: string, after = ''): AsyncGenerator<ObjectInfo> {
    const segments = foldersOf(prefix)
    if (hidden.has(`${segments[0] ?? ''}/`) || !await named(prefix, () => this.#isFolder(segments))) return
    const base = segments.map(segment => `${segment}/`).join('')
    const walking = walk(join(this.#root, base), base, { prefix, after, hidden })
    for (;;) {
      const next = await named(prefix, () => walking.next())
      if (next.done === true) return
      yield next.value
    }
  }

  async #write (key: string, body: Readable, finish: (staged: StagedFile, path: string) => Promise<void>): Promise<ObjectInfo> {
    const staged = await this.#staging.write(key, body)
    try {
      return await named(key, async () => {
        await this.#makeFolders(key)
        await finish(staged, this.#path(key))
        // The name in the staging folder has served; that it goes need not be durable.
        await Promise.all([syncFolder(dirname(this.#path(key))), this.#staging.remove(staged.path)])
        return toInfo(key, staged.stats)
      })
    } catch (error) {
      await this.#staging.remove(staged.path)
      throw error
    }
  }

  #path (key: string): string {
    return join(this.#root, key)
  }

  /** Opens an object, without following a link and without waiting for the other end of a pipe; the folders before it were looked at. */
  async #open (key: string): Promise<{ handle: FileHandle, size: number }> {
    const handle = await open(this.#path(key), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(async (error: unknown) => {
      if (!hasCode(error, 'ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO')) throw error
      await this.#refuseGone()
      throw new ObjectNotFound(key, { cause: error })
    })
    try {
      const stats = await handle.stat()
      if (!stats.isFile()) throw new ObjectNotFound(key)
      return { handle, size: stats.size }
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  /** The object's facts, without following links. */
  async #existing (key: string): Promise<BigIntStats> {
    const stats = await this.#lookUp(key)
    if (stats === undefined) throw new ObjectNotFound(key)
    return stats
  }

  async #lookUp (key: string): Promise<BigIntStats | undefined> {
    const stats = await this.#statsIn(key)
    return stats?.isFile() === true ? stats : undefined
  }

  /** What stands at a key's path, be it an object or not, if all before it are folders. */
  async #statsIn (key: string): Promise<BigIntStats | undefined> {
    return await this.#isFolder(foldersOf(key)) ? await lstatIfAny(this.#path(key)) : undefined
  }

  async #refuseTaken (key: string): Promise<void> {
    // A root that went away is not looked for: nothing can be staged there.
    const stats = foldersOf(key).length === 0 ? await lstatIfAny(this.#path(key)) : await this.#statsIn(key)
    if (stats === undefined) return
    throw stats.isFile() ? new ObjectExists(key) : underFolder(key)
  }

  /** Whether each of the segments is a folder in the one before, rather than absent, an object or a link. */
  async #isFolder (segments: readonly string[]): Promise<boolean> {
    refuseReserved(segments)
    await this.#refuseGone()
    let path = this.#root
    for (const segment of segments) {
      path = join(path, segment)
      if ((await lstatIfAny(path))?.isDirectory() !== true) return false
    }
    return true
  }

  /** A root that went away (an unmounted volume, say) must not pass for an empty one: what was made there at opening tells. */
  async #refuseGone (): Promise<void> {
    const made = join(this.#root, reservedName)
    if (await lstatIfAny(made) === undefined) throw new StorageFailed('', `${made}: the folder is gone, and the objects with it`)
  }

  async #makeFolders (key: string): Promise<void> {
    const segments = foldersOf(key)
    refuseReserved(segments)
    let path = this.#root
    for (const segment of segments) {
      const parent = path
      path = join(path, segment)
      await makeFolder(key, path)
      if (!this.#durable.has(path)) await this.#makeDurable(path, parent)
    }
  }

  async #makeDurable (path: string, parent: string): Promise<void> {
    await syncFolder(parent)
    if (this.#durable.size >= maxDurable) this.#durable.clear()
    this.#durable.add(path)
  }
}

function foldersOf (key: string): string[] {
  return key.split('/').slice(0, -1)
}

function refuseReserved (segments: readonly string[]): void {
  if (segments[0] !== undefined && hidden.has(`${segments[0]}/`)) throw new InvalidKey(segments.join('/'), `${segments[0]} is a reserved name`)
}

function underFolder (key: string, cause?: unknown): Conflict {
  return new Conflict(key, `${key}: a folder or a symbolic link is there`, { cause })
}

async function lstatIfAny (path: string): Promise<BigIntStats | undefined> {
  try {
    return await lstat(path, { bigint: true })
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}

async function makeFolder (key: string, path: string): Promise<void> {
  if ((await lstatIfAny(path))?.isDirectory() === true) return
  await mkdir(path).catch(async (error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error
    const stats = await lstatIfAny(path)
    if (stats?.isDirectory() !== true) throw new Conflict(key, `${path}: an object or a symbolic link is in the way`, { cause: error })
  })
}

/** Flushes a folder's names to disk; a file system that cannot (EINVAL, ENOTSUP) keeps them in order by other means, or not at all. */
async function syncFolder (path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY)
  try {
    await handle.sync().catch((error: unknown) => {
      if (!hasCode(error, 'EINVAL', 'ENOTSUP')) throw error
    })
  } finally {
    await handle.close()
  }
}
