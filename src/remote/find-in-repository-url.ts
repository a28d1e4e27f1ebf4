import { notARepository } from './add-repository.js'
import { archiveUrl } from './archive-url.js'
import { accessFor, accessWith, type ChartPathOptions } from './chart-path-options.js'
import { checkRepositoryUrl, fetchIndex } from './chart-repository.js'
import type { RemoteContext } from './context.js'
import { RemoteError } from './errors.js'
import type { ChartSource } from './find-chart.js'
import { redactedText } from './origin.js'
import { ownerOf } from './owner.js'
import { pickVersion } from './pick-version.js'
import type { ChartVersion } from '../repo/index-file.js'
import { quote } from '../go/strconv.js'

/**
 * Finds a chart in a repository that need not be configured (`--repo`). Its index is fetched and not kept.
 *
 * @param context for its getters; for its files, when a configured repository serves the archive
 * @param chart the chart's name
 * @param options the chart-path flags, `repo` among them
 * @throws {RemoteError} invalid-repository when no index comes, chart-not-found
 */
export async function findInRepositoryUrl (context: RemoteContext, chart: string, options: ChartPathOptions): Promise<ChartSource> {
  const found = await look(context, chart, options)
  const reached = found.urls[0]
  if (reached === undefined) throw new RemoteError('chart-not-found', `${described(chart, options)} has no downloadable URLs`)
  const url = archiveUrl(options.repo, reached, chart)
  const owner = await ownerOf(context, url)
  const access = owner === undefined ? accessFor(options, options.repo) : accessWith(options, owner)
  return { url, access, ...(found.digest === undefined ? {} : { digest: found.digest }) }
}

async function look (context: RemoteContext, chart: string, options: ChartPathOptions): Promise<ChartVersion> {
  const { repo, version } = options
  checkRepositoryUrl(context, repo)
  const { index } = await fetchIndex(context, repo, { access: accessFor(options, repo) }).catch((error: unknown) => {
    throw notARepository(repo, error)
  })
  return pickVersion(index, { chart, version, warn: context.warn }, error => new RemoteError(
    'chart-not-found', `${described(chart, options)} not found in ${redactedText(repo)} repository`, { cause: error }
  ))
}

function described (chart: string, { version }: ChartPathOptions): string {
  return version === '' ? `chart ${quote(chart)}` : `chart ${quote(chart)} version ${quote(version)}`
}
