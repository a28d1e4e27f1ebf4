import type { RemoteContext } from './context.js'
import { download } from './download.js'
import { RemoteError } from './errors.js'
import { type Access, defaultTimeout, maxIndexBytes } from './getter.js'
import { RepositoryCache } from './repository-cache.js'
import { accessOf, type Repository } from './repository.js'
import { decode } from '../go/bytes.js'
import { IndexFile, resolveReferenceUrl } from '../repo/index-file.js'

/** An index that was just fetched. */
export interface FetchedIndex {
  readonly index: IndexFile
  /** As it came. */
  readonly content: Uint8Array
}

/** A JSON index is YAML too, and is read several times faster; a server that has none sends what it has. */
const acceptIndex = 'application/json, application/yaml;q=0.9, */*;q=0.8'

/**
 * Fetches a repository's index.yaml and reads it.
 *
 * @param context for its getters
 * @param url the repository's
 * @param options the identity, and how many milliseconds it may take (120,000 unless said)
 * @throws {RemoteError} what a download throws; what IndexFile.parse throws
 */
export async function fetchIndex (context: RemoteContext, url: string, options: { readonly access: Access, readonly timeout?: number }): Promise<FetchedIndex> {
  const { access, timeout = defaultTimeout } = options
  const indexUrl = new URL(resolveReferenceUrl(url, 'index.yaml'))
  const content = await download(context, { url: indexUrl, access, accept: acceptIndex, compressed: true, timeout, maxBytes: maxIndexBytes })
  return { index: IndexFile.parse(decode(content), url, message => context.warn(message)), content }
}

/**
 * Fetches the index of a configured repository into the cache.
 *
 * @param context for its getters and its cache
 * @param repository the entry of repositories.yaml
 * @param timeout in milliseconds
 * @throws {RemoteError} as fetchIndex, and the file system's errors
 */
export async function refreshIndex (context: RemoteContext, repository: Repository, timeout: number): Promise<void> {
  const { index, content } = await fetchIndex(context, repository.url, { access: accessOf(repository), timeout })
  await new RepositoryCache(context.repositoryCache).write(repository.name, content, index.entries.keys())
}

/**
 * Says no to a repository whose URL is none, or whose scheme nobody serves, before anything is asked of the network.
 *
 * @param context for its getters
 * @param url the repository's
 * @throws {RemoteError} invalid-url, unsupported-scheme or not-supported
 */
export function checkRepositoryUrl ({ getters }: RemoteContext, url: string): void {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? ''
  if (scheme === 'oci') throw new RemoteError('not-supported', `scheme "oci" is not supported yet: ${url} cannot be a chart repository`)
  if (scheme !== '' && !URL.canParse(url)) throw new RemoteError('invalid-url', `invalid chart URL format: ${url}`)
  if (!getters.has(scheme)) throw new RemoteError('unsupported-scheme', `could not find protocol handler for: ${scheme}`)
}
