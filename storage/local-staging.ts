import { randomUUID } from 'node:crypto'
import type { BigIntStats } from 'node:fs'
import { link, lstat, mkdir, open, readdir, rm, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { named } from './local-fault.js'
import { isGone, thisWriter } from './writer.js'

/** The one name at the top of a root that is not an object's: unfinished writes live below it. */
export const reservedName = '.portolan'

/** A file that is whole and durable, but not yet under its name. */
export interface StagedFile {
  readonly path: string
  readonly stats: BigIntStats
}

/** Where writes of one root begin: in the same file system as the objects, so that a link or rename finishes them. */
export class Staging {
  readonly #folder: string

  private constructor (folder: string) {
    this.#folder = folder
  }

  /**
   * Opens the staging folder: makes it, removes what ended processes left there, and tries what writing needs.
   *
   * @param root the folder of objects
   * @param now the present time
   * @throws {StorageError} when the folder cannot be written to, or its file system has no hard links
   */
  static async open (root: string, now: Date): Promise<Staging> {
    const folder = join(root, reservedName, 'staging')
    const staging = new Staging(folder)
    await named(reservedName, async () => {
      await mkdir(folder, { recursive: true })
      await sweep(folder, now)
      await staging.#tryLink()
    })
    return staging
  }

  /**
   * Writes a body to a new file, durably. Who calls it links or renames the file, and then calls `remove`.
   *
   * @param key what the file will be, for messages
   * @throws {StorageError} when it cannot be written; what the body itself fails with is thrown as it is
   */
  async write (key: string, body: Readable): Promise<StagedFile> {
    const path = this.#newPath()
    try {
      return { path, stats: await this.#fill(key, path, body) }
    } catch (error) {
      body.destroy()
      await this.remove(path)
      throw error
    }
  }

  /** Removes a staged file, or the name that it had here. A failure is left to the sweep at the next opening. */
  async remove (path: string): Promise<void> {
    await unlink(path).catch(() => undefined)
  }

  async #fill (key: string, path: string, body: Readable): Promise<BigIntStats> {
    const handle = await named(key, () => open(path, 'wx', 0o644))
    try {
      // FileHandle.writeFile goes on from where the last one ended, until all is written.
      for await (const chunk of body) await named(key, () => handle.writeFile(chunk as Uint8Array | string))
      return await named(key, async () => {
        const [stats] = await Promise.all([handle.stat({ bigint: true }), handle.sync()])
        return stats
      })
    } finally {
      await named(key, () => handle.close())
    }
  }

  #newPath (): string {
    return join(this.#folder, `${thisWriter}.${randomUUID()}`)
  }

  async #tryLink (): Promise<void> {
    const path = this.#newPath()
    const second = `${path}-link`
    try {
      await (await open(path, 'wx', 0o644)).close()
      await link(path, second)
    } finally {
      await this.remove(path)
      await this.remove(second)
    }
  }
}

async function sweep (folder: string, now: Date): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const stats = await lstat(path).catch(() => undefined)
    if (stats === undefined) continue
    const writer = name.split('.').slice(0, 3).join('.')
    if (isGone(writer, { since: stats.mtime, now })) await rm(path, { force: true, recursive: true })
  }
}
