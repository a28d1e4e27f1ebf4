import { archiveUrl } from './archive-url.js'
import { accessFor, accessWith, type ChartPathOptions } from './chart-path-options.js'
import { parseChartReference } from './chart-reference.js'
import type { RemoteContext } from './context.js'
import { RemoteError } from './errors.js'
import { findInRepositoryUrl } from './find-in-repository-url.js'
import type { Access } from './getter.js'
import { ownerOf } from './owner.js'
import { pickVersion } from './pick-version.js'
import { readRepositories } from './repositories-file.js'
import { RepositoryCache } from './repository-cache.js'
import type { Repository } from './repository.js'
import { messageOf } from '../errors.js'
import { quote } from '../go/strconv.js'

/** Where a chart's archive is. */
export interface ChartSource {
  readonly url: URL
  /** What the index says of the archive's SHA-256; absent when no index was asked, or it says nothing. */
  readonly digest?: string
  readonly access: Access
}

/**
 * Finds the archive that a chart reference names: in the repository of `--repo`, at its own URL, or in the cached index
 * of a configured repository (helm.md's order of resolution, without the local paths).
 *
 * @param context for its files; for its getters when `--repo` is given
 * @param reference a chart's name (with `--repo`), a URL or `repo/chart`
 * @param options the chart-path flags
 * @throws {RemoteError} invalid-reference, invalid-url, not-supported (`oci://`), repository-not-found, not-cached, chart-not-found
 */
export async function findChart (context: RemoteContext, reference: string, options: ChartPathOptions): Promise<ChartSource> {
  if (options.repo !== '') return await findInRepositoryUrl(context, reference, options)
  if (reference.startsWith('oci://')) throw new RemoteError('not-supported', `scheme "oci" is not supported yet: ${reference} cannot be fetched`)
  const parsed = parseChartReference(reference)
  if (parsed.kind === 'repository') return await findInRepository(context, { ...parsed, reference }, options)
  const owner = await ownerOf(context, parsed.url)
  return { url: parsed.url, access: owner === undefined ? accessFor(options, reference) : accessWith(options, owner) }
}

interface NamedChart {
  readonly reference: string
  readonly repository: string
  readonly chart: string
}

async function findInRepository (context: RemoteContext, { reference, repository: name, chart }: NamedChart, options: ChartPathOptions): Promise<ChartSource> {
  const repository = await configured(context, name)
  const { version } = options
  const index = await cachedIndex(context, name)
  const found = pickVersion(index, { chart, version, warn: context.warn }, error => new RemoteError(
    'chart-not-found',
    `chart ${quote(chart)} matching ${version} not found in ${name} index. (try 'portolan repo update'): ${messageOf(error)}`,
    { cause: error }
  ))
  const reached = found.urls[0]
  if (reached === undefined) throw new RemoteError('chart-not-found', `chart ${quote(reference)} has no downloadable URLs`)
  const access = accessWith(options, repository)
  return { url: archiveUrl(repository.url, reached, reference), access, ...(found.digest === undefined ? {} : { digest: found.digest }) }
}

async function configured ({ repositoryConfig }: RemoteContext, name: string): Promise<Repository> {
  const { repositories } = await readRepositories(repositoryConfig) ?? { repositories: [] }
  const found = repositories.find(each => each.name === name)
  if (found === undefined) throw new RemoteError('repository-not-found', `repo ${name} not found`)
  if (found.url === '') throw new RemoteError('invalid-repository', `no URL found for repository ${name}`)
  return found
}

async function cachedIndex ({ repositoryCache, warn }: RemoteContext, name: string): ReturnType<RepositoryCache['load']> {
  try {
    return await new RepositoryCache(repositoryCache, warn).load(name)
  } catch (error) {
    throw new RemoteError('not-cached', `no cached repo found. (try 'portolan repo update'): ${messageOf(error)}`, { cause: error })
  }
}
