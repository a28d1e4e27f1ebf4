import type { RemoteContext } from './context.js'
import { RemoteError } from './errors.js'
import { changeRepositories, readRepositories } from './repositories-file.js'
import type { Repositories } from './repositories-format.js'
import { RepositoryCache } from './repository-cache.js'
import { quote } from '../go/strconv.js'

/**
 * Takes repositories out of repositories.yaml and forgets their indexes, one after the other (`helm repo remove`).
 *
 * @param context for its files
 * @param names which; those before an unknown one are removed
 * @param onRemoved told each name that is gone
 * @throws {RemoteError} no-repositories, repository-not-found
 */
export async function removeRepositories (context: RemoteContext, names: readonly string[], onRemoved: (name: string) => void): Promise<void> {
  const found = await readRepositories(context.repositoryConfig)
  if (found === undefined || found.repositories.length === 0) throw new RemoteError('no-repositories', 'no repositories configured')
  const cache = new RepositoryCache(context.repositoryCache)
  for (const name of names) {
    await changeRepositories(context.repositoryConfig, old => without(old, name), context.clock)
    await cache.remove(name)
    onRemoved(name)
  }
}

function without (old: Repositories, name: string): Repositories {
  const repositories = old.repositories.filter(each => each.name !== name)
  if (repositories.length === old.repositories.length) throw new RemoteError('repository-not-found', `no repo named ${quote(name)} found`)
  return { ...old, repositories }
}
