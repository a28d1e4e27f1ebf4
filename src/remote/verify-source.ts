import type { ChartPathOptions } from './chart-path-options.js'
import type { RemoteContext } from './context.js'
import { download } from './download.js'
import { RemoteError } from './errors.js'
import { acceptArchive } from './fetch-chart.js'
import type { ChartSource } from './find-chart.js'
import { defaultTimeout, maxProvenanceBytes } from './getter.js'
import { redacted } from './origin.js'
import { keyringFile } from './keyring-file.js'
import { verifyProvenance, type Verification } from '../chart/provenance/verify.js'
import { checkArchiveName, trustedKeys } from '../chart/provenance/verify-file.js'

/** An archive that was fetched, by the name that its URL gives it. */
export interface Fetched {
  readonly source: ChartSource
  readonly archive: Uint8Array
  readonly fileName: string
}

/** What a verification found, and the provenance file that it was made with. */
export interface Verified {
  readonly verification: Verification
  readonly provenance: Buffer
}

/**
 * Fetches the provenance file of an archive: it lies beside it, with `.prov` behind the archive's name.
 *
 * @param context for its getters
 * @param source where the archive is
 * @throws {RemoteError} what a download throws
 */
export async function fetchProvenance (context: RemoteContext, { url, access }: ChartSource): Promise<Buffer> {
  return await download(context, { url: provenanceUrl(url), access, accept: acceptArchive, timeout: defaultTimeout, maxBytes: maxProvenanceBytes })
}

function provenanceUrl (url: URL): URL {
  const provenance = new URL(url)
  provenance.pathname += '.prov'
  return provenance
}

/**
 * Fetches the provenance file of an archive, and verifies the archive with it: nothing of a chart is used, or kept, before.
 *
 * @param context for its getters and files
 * @param fetched the archive
 * @param options for its keyring
 * @throws {RemoteError} unverified: there is no provenance file
 * @throws {ProvenanceError} as verifyProvenance
 */
export async function verifyFetched (context: RemoteContext, { source, archive, fileName }: Fetched, options: Pick<ChartPathOptions, 'keyring'>): Promise<Verified> {
  const provenance = await fetchProvenance(context, source).catch((error: unknown) => {
    throw new RemoteError('unverified', `failed to fetch provenance "${redacted(provenanceUrl(source.url))}"`, { cause: error })
  })
  checkArchiveName(fileName)
  const keyring = await trustedKeys(await keyringFile(context, options.keyring))
  return { verification: await verifyProvenance({ archive, provenance, fileName }, { keyring, now: context.clock() }), provenance }
}
