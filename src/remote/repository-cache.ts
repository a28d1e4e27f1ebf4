import { mkdir, readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { atomicWrite } from './atomic-write.js'
import type { Warn } from './context.js'
import { RemoteError } from './errors.js'
import { isAbsent, pathError } from './path-error.js'
import { messageOf } from '../errors.js'
import { compareBytes, decode } from '../go/bytes.js'
import { IndexFile } from '../repo/index-file.js'

/**
 * The folder of downloaded indexes, laid out as Helm lays it out: `<name>-index.yaml` is the index as it came, `<name>-charts.txt`
 * the names of its charts, one a line (completion reads it).
 */
export class RepositoryCache {
  readonly #folder: string
  readonly #warn: Warn

  /**
   * @param folder Helm's HELM_REPOSITORY_CACHE; made when first written to
   * @param warn told of entries that an index should not have
   */
  constructor (folder: string, warn: Warn = () => {}) {
    this.#folder = folder
    this.#warn = warn
  }

  /** Where the index of a repository is. */
  indexPath (name: string): string {
    return this.#path(name, 'index.yaml')
  }

  /**
   * Keeps an index.
   *
   * @param name the repository's
   * @param content the index as it came
   * @param charts the names of its charts
   * @throws {RemoteError} invalid-repository for a name that is no file name; the file system's errors
   */
  async write (name: string, content: Uint8Array, charts: Iterable<string>): Promise<void> {
    const names = [...charts].sort(compareBytes).map(chart => `${chart}\n`).join('')
    await mkdir(this.#folder, { recursive: true })
    await atomicWrite(this.#path(name, 'charts.txt'), names, { mode: 0o644 })
    await atomicWrite(this.indexPath(name), content, { mode: 0o644 })
  }

  /**
   * Reads a kept index.
   *
   * @param name the repository's
   * @throws {RemoteError} not-cached when there is none, it cannot be read, or it is no index
   */
  async load (name: string): Promise<IndexFile> {
    const path = this.indexPath(name)
    const content = await readFile(path).catch((error: unknown) => {
      throw new RemoteError('not-cached', pathError('open', path, error), { cause: error })
    })
    try {
      return IndexFile.parse(decode(content), path, message => this.#warn(message))
    } catch (error) {
      throw new RemoteError('not-cached', `error loading ${path}: ${messageOf(error)}`, { cause: error })
    }
  }

  /**
   * Reads a kept index, if there is one.
   *
   * @param name the repository's
   * @returns undefined when none is kept
   * @throws {RemoteError} not-cached when it cannot be read, or is no index
   */
  async read (name: string): Promise<IndexFile | undefined> {
    try {
      return await this.load(name)
    } catch (error) {
      if (error instanceof Error && isAbsent(error.cause)) return undefined
      throw error
    }
  }

  /** Forgets a repository; it is fine when nothing was kept. */
  async remove (name: string): Promise<void> {
    await rm(this.#path(name, 'charts.txt'), { force: true })
    await rm(this.indexPath(name), { force: true })
  }

  #path (name: string, what: string): string {
    const file = name === '' ? what : `${name}-${what}`
    if (basename(file) !== file) throw new RemoteError('invalid-repository', `repository name (${name}) cannot be part of a file name`)
    return join(this.#folder, file)
  }
}
