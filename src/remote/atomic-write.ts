import { randomUUID } from 'node:crypto'
import { open, realpath, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isAbsent } from './path-error.js'

/**
 * Writes a file so that a reader sees the old content or the new, never a part: into a new file beside it, flushed, then renamed.
 * A symbolic link stays one: the file it leads to is replaced.
 *
 * @param path the file; its folder must be there
 * @param content what it shall hold
 * @param mode its permissions
 * @param beforeRename a last look: when it gives false, nothing is replaced
 * @returns whether the file was replaced
 * @throws the file system's errors
 */
export async function atomicWrite (path: string, content: string | Uint8Array, { mode, beforeRename }: AtomicWriteOptions): Promise<boolean> {
  const target = await followLink(path)
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}`)
  try {
    await writeNew(temporary, content, mode)
    if (beforeRename !== undefined && !await beforeRename()) return false
    await rename(temporary, target)
    return true
  } finally {
    await rm(temporary, { force: true })
  }
}

/** How a file is written. */
export interface AtomicWriteOptions {
  readonly mode: number
  readonly beforeRename?: () => Promise<boolean>
}

async function writeNew (path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode)
  try {
    // The umask does not count, as in Helm's atomic writes.
    await file.chmod(mode)
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function followLink (path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (isAbsent(error)) return path
    throw error
  }
}
