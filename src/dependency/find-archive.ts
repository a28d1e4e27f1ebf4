import type { Dependency } from '../chart/dependency.js'
import { messageOf } from '../errors.js'
import { SemverError } from '../go/errors.js'
import { Version } from '../go/semver.js'
import { archiveUrl } from '../remote/archive-url.js'
import type { ChartSource } from '../remote/find-chart.js'
import { ownerOf } from '../remote/owner.js'
import { accessOf, type Repository } from '../remote/repository.js'
import type { ChartVersion } from '../repo/index-file.js'
import type { DependencyContext } from './context.js'
import { DependencyError } from './errors.js'
import type { Indexes } from './indexes.js'
import type { Source } from './requirement.js'

/**
 * Finds the archive of a locked dependency in its repository's cached index.
 *
 * @param context for the credentials of configured repositories
 * @param dependency with the version it was locked to
 * @param from its repository, and the indexes
 * @throws {DependencyError} chart-not-found, not-cached
 * @throws {RemoteError} invalid-url
 */
export async function findArchive (
  context: DependencyContext, dependency: Dependency, { source, indexes }: { readonly source: Source & { kind: 'repository' }, readonly indexes: Indexes }
): Promise<ChartSource> {
  const { repository, managed } = source
  const { urls: [reached = ''], digest } = await entryOf(dependency, repository, indexes)
  const url = archiveUrl(dependency.repository, reached, dependency.name)
  const owner = managed ? repository : await ownerOf(context, url) ?? repository
  return { url, access: accessOf(owner), ...digest === undefined ? {} : { digest } }
}

async function entryOf ({ name, version = '' }: Dependency, repository: Repository, indexes: Indexes): Promise<ChartVersion> {
  try {
    const versions = (await indexes.load(repository.name)).entries.get(name)
    if (versions === undefined) throw new DependencyError('chart-not-found', 'entry not found')
    const found = versions.find(entry => entry.urls.length > 0 && (version === '' || sameVersion(version, entry.version)))
    if (found === undefined) throw new DependencyError('chart-not-found', 'no matching version')
    return found
  } catch (error) {
    if (!(error instanceof DependencyError)) throw error
    throw new DependencyError(error.code, `could not find : ${messageOf(error)}`, { cause: error })
  }
}

/** Versions count as equal without regard to build metadata and a leading `v`; what is no version must be the same text. */
function sameVersion (a: string, b: string): boolean {
  const left = parse(a)
  if (left === undefined) return a === b
  const right = parse(b)
  return right !== undefined && left.compare(right) === 0
}

function parse (text: string): Version | undefined {
  try {
    return Version.parse(text)
  } catch (error) {
    if (error instanceof SemverError) return undefined
    throw error
  }
}
