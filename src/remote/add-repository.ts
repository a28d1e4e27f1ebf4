import { checkRepositoryUrl, refreshIndex } from './chart-repository.js'
import type { RemoteContext } from './context.js'
import { RemoteError } from './errors.js'
import { redactedText } from './origin.js'
import { changeRepositories, readRepositories } from './repositories-file.js'
import type { Repositories } from './repositories-format.js'
import { type Repository, sameRepository } from './repository.js'
import { messageOf } from '../errors.js'
import { quote } from '../go/strconv.js'

/** How a repository is added. */
export interface AddOptions {
  /** Replace an entry of the same name. */
  readonly forceUpdate: boolean
  /** Take the addresses of the official repositories that are gone for good. */
  readonly allowDeprecatedRepos: boolean
  /** Milliseconds that the index may take. */
  readonly timeout: number
}

/** The retired official repositories, and where their charts are archived. */
const retired: ReadonlyMap<string, string> = new Map([
  ['//kubernetes-charts.storage.googleapis.com', 'https://charts.helm.sh/stable'],
  ['//kubernetes-charts-incubator.storage.googleapis.com', 'https://charts.helm.sh/incubator']
])

/**
 * Adds a repository: fetches its index into the cache, and its entry into repositories.yaml (`helm repo add`).
 *
 * @param context for its getters and files
 * @param repository the entry
 * @param options see AddOptions
 * @returns `added`; `unchanged` when the very same entry was there already
 * @throws {RemoteError} repository-exists, invalid-repository, invalid-url, unsupported-scheme, and what fetching and writing throw
 */
export async function addRepository (context: RemoteContext, repository: Repository, options: AddOptions): Promise<'added' | 'unchanged'> {
  if (!options.allowDeprecatedRepos) refuseRetired(repository.url)
  if (repository.name.includes('/')) {
    throw new RemoteError('invalid-repository', `repository name (${repository.name}) contains '/', please specify a different name without '/'`)
  }
  const before = await readRepositories(context.repositoryConfig)
  if (before !== undefined && !options.forceUpdate && isThere(before, repository)) return 'unchanged'
  checkRepositoryUrl(context, repository.url)
  await refresh(context, repository, options.timeout)
  // Someone may have added the name while the index came.
  const outcome = { added: true }
  await changeRepositories(context.repositoryConfig, old => {
    outcome.added = options.forceUpdate || !isThere(old, repository)
    return outcome.added ? withRepository(old, repository) : old
  }, context.clock)
  return outcome.added ? 'added' : 'unchanged'
}

function refuseRetired (url: string): void {
  for (const [old, archive] of retired) {
    if (url.includes(old)) throw new RemoteError('invalid-repository', `repo ${quote(url)} is no longer available; try ${quote(archive)} instead`)
  }
}

function isThere ({ repositories }: Repositories, repository: Repository): boolean {
  const found = repositories.find(each => each.name === repository.name)
  if (found === undefined) return false
  if (sameRepository(found, repository)) return true
  throw new RemoteError('repository-exists', `repository name (${repository.name}) already exists, please specify a different name`)
}

async function refresh (context: RemoteContext, repository: Repository, timeout: number): Promise<void> {
  try {
    await refreshIndex(context, repository, timeout)
  } catch (error) {
    throw notARepository(repository.url, error)
  }
}

/** Helm's words for an address that gave no index. */
export function notARepository (url: string, cause: unknown): RemoteError {
  return new RemoteError('invalid-repository', `looks like ${quote(redactedText(url))} is not a valid chart repository or cannot be reached: ${messageOf(cause)}`, { cause })
}

/** The list with an entry in the place of the one of its name, or at the end. */
function withRepository (old: Repositories, repository: Repository): Repositories {
  const found = old.repositories.some(each => each.name === repository.name)
  const repositories = found
    ? old.repositories.map(each => each.name === repository.name ? repository : each)
    : [...old.repositories, repository]
  return { ...old, repositories }
}
