import { ContentCache, digestOf, type Cached } from './content-cache.js'
import type { RemoteContext } from './context.js'
import { download } from './download.js'
import { RemoteError } from './errors.js'
import type { ChartSource } from './find-chart.js'
import { defaultTimeout, maxArchiveBytes } from './getter.js'
import { redacted } from './origin.js'

/** What Helm asks for when it wants an archive. */
export const acceptArchive = 'application/gzip,application/octet-stream'

/**
 * Gets a chart's archive: from the content cache when the index gave a digest and it is there, else from its URL. An archive that is not what the
 * index promised is refused (Helm does not look).
 *
 * @param context for its getters and its cache
 * @param source where the archive is
 * @returns its bytes
 * @throws {RemoteError} digest-mismatch, and what a download throws
 */
export async function fetchArchive (context: RemoteContext, source: ChartSource): Promise<Buffer> {
  const digest = promised(source)
  const kept = digest === undefined ? undefined : await new ContentCache(context.contentCache).get(digest)
  return kept?.content ?? await fetchPromised(context, source, digest)
}

/**
 * Gets a chart's archive into the content cache.
 *
 * @param context for its getters and its cache
 * @param source where the archive is
 * @returns where it is kept
 * @throws {RemoteError} as fetchArchive; the file system's errors
 */
export async function cacheArchive (context: RemoteContext, source: ChartSource): Promise<Cached> {
  const cache = new ContentCache(context.contentCache)
  const digest = promised(source)
  const kept = digest === undefined ? undefined : await cache.get(digest)
  return kept ?? await cache.put(await fetchPromised(context, source, digest))
}

async function fetchPromised (context: RemoteContext, { url, access }: ChartSource, digest: string | undefined): Promise<Buffer> {
  const content = await download(context, { url, access, accept: acceptArchive, timeout: defaultTimeout, maxBytes: maxArchiveBytes })
  const got = digestOf(content)
  if (digest === undefined || got === digest) return content
  throw new RemoteError('digest-mismatch', `the archive at ${redacted(url)} is not the one in the index: its sha256 is ${got}, the index says ${digest}`)
}

/** The index's digest in lower-case hex, without the algorithm that some write before it. */
function promised ({ digest, url }: ChartSource): string | undefined {
  if (digest === undefined || digest === '') return undefined
  const hex = digest.slice(digest.indexOf(':') + 1).toLowerCase()
  if (/^[0-9a-f]{64}$/.test(hex)) return hex
  throw new RemoteError('digest-mismatch', `invalid digest ${JSON.stringify(digest)} for ${redacted(url)} in the index: it is no SHA-256`)
}
