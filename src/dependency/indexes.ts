import { messageOf } from '../errors.js'
import { RepositoryCache } from '../remote/repository-cache.js'
import type { IndexFile } from '../repo/index-file.js'
import type { DependencyContext } from './context.js'
import { DependencyError } from './errors.js'

/** The cached indexes of repositories, each read once however many dependencies come from it. */
export class Indexes {
  readonly #cache: RepositoryCache
  readonly #loaded = new Map<string, Promise<IndexFile>>()

  /** @param context for the cache's folder */
  constructor ({ repositoryCache, warn }: DependencyContext) {
    this.#cache = new RepositoryCache(repositoryCache, warn)
  }

  /**
   * The index of a repository.
   *
   * @param name the repository's
   * @throws {DependencyError} not-cached
   */
  async load (name: string): Promise<IndexFile> {
    const loading = this.#loaded.get(name) ?? this.#read(name)
    this.#loaded.set(name, loading)
    return await loading
  }

  async #read (name: string): Promise<IndexFile> {
    try {
      return await this.#cache.load(name)
    } catch (error) {
      throw new DependencyError('not-cached', `no cached repository for ${name} found. (try 'portolan repo update'): ${messageOf(error)}`, { cause: error })
    }
  }
}
