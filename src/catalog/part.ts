import { loadArchive } from '../chart/archive.js'
import { ChartError } from '../chart/errors.js'
import type { Metadata } from '../chart/metadata.js'
import type { ProvenancesTable, Transaction, VersionsTable } from '../db/schema.js'
import { holdTenant, putProvenance, putVersion, raiseRevision } from './changes.js'
import { serializeEntry } from './entry.js'
import { CatalogError } from './errors.js'
import { archiveName, checkArchiveName } from './names.js'
import { readProvenance } from './provenance.js'
import { loadSmallArchive } from './small-archive.js'
import type { Spooled } from './spool.js'
import { relativeUrl } from './urls.js'

/** A part of an upload that was found valid: an archive, which has metadata, or a provenance file. */
export interface Part {
  /** The name that it is stored under. */
  readonly fileName: string
  readonly spooled: Pick<Spooled, 'size' | 'digest'>
  readonly metadata?: Metadata
  /** The backend's mark of the bytes, when they are there. */
  readonly etag?: string
}

/** A part whose bytes are at hand. */
export interface UploadedPart extends Part {
  readonly spooled: Spooled
}

/** The rows of a publish. */
export interface PartRows {
  readonly version?: VersionsTable
  readonly provenance?: ProvenancesTable
}

/**
 * Validates an archive by loading it whole, as Helm would.
 *
 * @throws {CatalogError} `invalid-chart` in Helm's words
 */
export async function readChartPart (spooled: Spooled): Promise<UploadedPart> {
  const { metadata } = (spooled.bytes && loadSmallArchive(spooled.bytes)) ?? await loadArchive(spooled.open()).catch((error: unknown) => {
    throw error instanceof ChartError ? new CatalogError('invalid-chart', error.message, { cause: error }) : error
  })
  const fileName = archiveName(metadata.name, metadata.version)
  checkArchiveName(fileName, 'invalid-chart')
  return { fileName, spooled, metadata }
}

/**
 * Recognises a provenance file.
 *
 * @throws {CatalogError} `invalid-provenance`
 */
export async function readProvenancePart (spooled: Spooled): Promise<UploadedPart> {
  return { fileName: await readProvenance(spooled), spooled }
}

/** How parts are recorded. */
export interface Recording {
  readonly parts: readonly Part[]
  /** When they are published. */
  readonly now: Date
  /** Looks, when nobody else can change the tenant's records any more, whether the parts may still be recorded. */
  readonly confirm?: () => Promise<void>
}

/**
 * Records parts as published.
 *
 * @throws {CatalogError} see `putVersion`; what `confirm` throws
 */
export async function recordParts (transaction: Transaction, tenant: string, { parts, now, confirm }: Recording): Promise<PartRows> {
  const hasChart = parts.some(({ metadata }) => metadata !== undefined)
  // A provenance file stands in no index, so that nobody need fetch the index again for its sake.
  const revision = hasChart ? await raiseRevision(transaction, tenant, now) : await holdTenant(transaction, tenant, now)
  await confirm?.()
  let rows: PartRows = {}
  for (const part of parts) rows = { ...rows, ...await recordPart(transaction, toRows(tenant, part, now), revision) }
  return rows
}

async function recordPart (transaction: Transaction, rows: PartRows, revision: number): Promise<PartRows> {
  if (rows.version !== undefined) await putVersion(transaction, rows.version, revision)
  if (rows.provenance !== undefined) await putProvenance(transaction, rows.provenance)
  return rows
}

/**
 * The row of a part: serialised, and not yet recorded.
 *
 * @param created when it is published
 */
export function toRows (tenant: string, { fileName, spooled, metadata, etag = '' }: Part, created: Date): PartRows {
  const row = { tenant, file_name: fileName, size: spooled.size, digest: spooled.digest, created_at: created.toISOString(), etag }
  if (metadata === undefined) return { provenance: row }
  const entry = serializeEntry(metadata, { url: relativeUrl(fileName), created, digest: spooled.digest })
  return { version: { ...row, chart: metadata.name, version: metadata.version, entry_yaml: entry.yaml, entry_json: entry.json } }
}
