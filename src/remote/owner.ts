import type { RemoteContext } from './context.js'
import { accessOf, type Repository } from './repository.js'
import { mayIdentify } from './origin.js'
import { readRepositories } from './repositories-file.js'
import { RepositoryCache } from './repository-cache.js'
import { resolveReferenceUrl } from '../repo/index-file.js'

/**
 * The first configured repository whose index lists a URL, so that its credentials and certificates can be used for it.
 *
 * Helm reads the index of every repository for this, and fails when one was never fetched. Here only those are read that could change
 * the request: they name credentials or certificates which the URL may see, or authorities; one without a cached index is passed over.
 * Relative URLs of an index count too.
 *
 * @param context for its files
 * @param url of an archive
 * @throws {RemoteError} invalid-repositories-file, not-cached for an index that cannot be read
 */
export async function ownerOf ({ repositoryConfig, repositoryCache }: RemoteContext, url: URL): Promise<Repository | undefined> {
  const { repositories } = await readRepositories(repositoryConfig) ?? { repositories: [] }
  const cache = new RepositoryCache(repositoryCache)
  for (const repository of repositories) {
    if (matters(repository, url) && await lists(cache, repository, url)) return repository
  }
  return undefined
}

function matters (repository: Repository, url: URL): boolean {
  const { username, password, certFile, keyFile, caFile, insecureSkipTlsVerify } = repository
  if (caFile !== '') return true
  const identifies = (username !== '' && password !== '') || (certFile !== '' && keyFile !== '') || insecureSkipTlsVerify
  return identifies && mayIdentify(url, accessOf(repository))
}

async function lists (cache: RepositoryCache, repository: Repository, url: URL): Promise<boolean> {
  const index = await cache.read(repository.name)
  if (index === undefined) return false
  for (const versions of index.entries.values()) {
    if (versions.some(version => version.urls.some(each => resolves(repository.url, each, url)))) return true
  }
  return false
}

function resolves (base: string, text: string, url: URL): boolean {
  // Most URLs of an index end in another file's name: they need not be parsed.
  const file = url.pathname.slice(url.pathname.lastIndexOf('/') + 1)
  if (!text.includes(file)) return false
  try {
    return new URL(resolveReferenceUrl(base, text)).href === url.href
  } catch {
    return false
  }
}
