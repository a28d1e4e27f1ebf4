import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { atomicWrite } from './atomic-write.js'
import { isAbsent } from './path-error.js'

/** A file of the cache. */
export interface Cached {
  readonly path: string
  readonly content: Buffer
}

/**
 * Downloaded archives by the SHA-256 of their bytes, as Helm 4 keeps them: `<folder>/<first two hex digits>/<digest>.chart`. What is read
 * is checked against its name, so that a damaged file counts as absent.
 */
export class ContentCache {
  readonly #folder: string

  /** @param folder Helm's HELM_CONTENT_CACHE; made when first written to */
  constructor (folder: string) {
    this.#folder = folder
  }

  /**
   * Looks an archive up.
   *
   * @param digest 64 lower-case hex digits
   * @returns undefined when it is not there, or damaged
   * @throws the file system's errors
   */
  async get (digest: string): Promise<Cached | undefined> {
    const path = this.#path(digest)
    try {
      const content = await readFile(path)
      return digestOf(content) === digest ? { path, content } : undefined
    } catch (error) {
      if (isAbsent(error)) return undefined
      throw error
    }
  }

  /**
   * Keeps an archive.
   *
   * @param content its bytes
   * @returns where it is now
   * @throws the file system's errors
   */
  async put (content: Buffer): Promise<Cached> {
    const path = this.#path(digestOf(content))
    await mkdir(dirname(path), { recursive: true })
    await atomicWrite(path, content, { mode: 0o644 })
    return { path, content }
  }

  #path (digest: string): string {
    return join(this.#folder, digest.slice(0, 2), `${digest}.chart`)
  }
}

/** The SHA-256 of some bytes in lower-case hex, as an index's `digest` has it. */
export function digestOf (content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
