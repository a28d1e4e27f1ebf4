import { checkRepositoryUrl, refreshIndex } from './chart-repository.js'
import type { RemoteContext } from './context.js'
import { RemoteError } from './errors.js'
import { redactedText } from './origin.js'
import { readRepositories } from './repositories-file.js'
import type { Repository } from './repository.js'

/** What is told while repositories are refreshed. */
export interface UpdateEvents {
  /** Before the first request. */
  readonly onStart: () => void
  /** One repository is through; `error` is there when it failed. */
  readonly onDone: (repository: Repository, error?: unknown) => void
}

/** So many indexes are fetched at a time. */
const maxParallel = 8

/**
 * Fetches the indexes of the configured repositories anew, several at a time (`helm repo update`).
 *
 * @param context for its getters and files
 * @param names which; all when empty
 * @param options how many milliseconds one index may take, and whom to tell
 * @throws {RemoteError} no-repositories, repository-not-found, invalid-url, unsupported-scheme; update-failed when not all came
 */
export async function updateRepositories (context: RemoteContext, names: readonly string[], options: UpdateEvents & { readonly timeout: number }): Promise<void> {
  const chosen = await choose(context, names)
  for (const { url } of chosen) checkRepositoryUrl(context, url)
  options.onStart()
  const failed = new Set<Repository>()
  const queue = [...chosen]
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const error = await attempt(context, next, options.timeout)
      if (error !== undefined) failed.add(next)
      options.onDone(next, error?.error)
    }
  }
  await Promise.all(Array.from({ length: maxParallel }, worker))
  if (failed.size === 0) return
  const urls = chosen.filter(each => failed.has(each)).map(each => redactedText(each.url))
  throw new RemoteError('update-failed', `failed to update the following repositories: [${urls.join(' ')}]`)
}

async function choose ({ repositoryConfig }: RemoteContext, names: readonly string[]): Promise<readonly Repository[]> {
  const { repositories } = await readRepositories(repositoryConfig) ?? { repositories: [] }
  if (repositories.length === 0) throw new RemoteError('no-repositories', 'no repositories found. You must add one before updating')
  const unknown = names.find(name => !repositories.some(each => each.name === name))
  if (unknown !== undefined) throw new RemoteError('repository-not-found', `no repositories found matching '${unknown}'.  Nothing will be updated`)
  return names.length === 0 ? repositories : repositories.filter(each => names.includes(each.name))
}

async function attempt (context: RemoteContext, repository: Repository, timeout: number): Promise<{ error: unknown } | undefined> {
  try {
    await refreshIndex(context, repository, timeout)
    return undefined
  } catch (error) {
    return { error }
  }
}
