import { isKey } from '../../storage/key.js'
import { ObjectNotFound } from '../../storage/errors.js'
import type { ProvenancesTable, VersionsTable } from '../db/schema.js'
import type { CatalogContext } from './context.js'
import { CatalogError } from './errors.js'
import { isProvenance, keyOf, provenanceName } from './names.js'
import { readChartPart, toRows } from './part.js'
import { checkProvenance } from './provenance.js'
import type { Spooled } from './spool.js'
import { spool } from './spool.js'
import type { StoreFile } from './store-files.js'

/** A file of the store that was read: what its record is to be, or why it is none. */
export interface Reading {
  readonly file: StoreFile
  /** SHA-256 in hex. */
  readonly digest: string
  readonly version?: VersionsTable
  readonly provenance?: ProvenancesTable
  readonly refusal?: string
}

/**
 * Reads a file of the store, once: hashes it, and validates it as an upload would be. Its record gets the name that the file has, and the time
 * when it was last written.
 *
 * @returns undefined when the file is gone
 * @throws {StorageError} when it cannot be read; {CatalogError} `storage-full`, `storage-failed`
 */
export async function readStoreFile ({ backend, spoolDirectory }: Pick<CatalogContext, 'backend' | 'spoolDirectory'>, file: StoreFile): Promise<Reading | undefined> {
  const spooled = await open()
  if (spooled === undefined) return undefined
  try {
    return { file, digest: spooled.digest, ...await recordOf(file, spooled) }
  } finally {
    await spooled.discard()
  }

  async function open (): Promise<Spooled | undefined> {
    try {
      return await spool(await backend.read(keyOf(file.tenant, file.fileName)), { limit: Infinity, directory: spoolDirectory })
    } catch (error) {
      if (error instanceof ObjectNotFound) return undefined
      throw error
    }
  }
}

async function recordOf ({ tenant, fileName, info }: StoreFile, spooled: Spooled): Promise<Pick<Reading, 'version' | 'provenance' | 'refusal'>> {
  try {
    if (isProvenance(fileName)) {
      await checkProvenance(spooled)
      return toRows(tenant, { fileName, spooled, etag: info.etag }, info.modified)
    }
    if (!isKey(provenanceName(fileName))) return { refusal: 'the name is too long for one with a provenance file' }
    return toRows(tenant, { ...await readChartPart(spooled), fileName, etag: info.etag }, info.modified)
  } catch (error) {
    if (!(error instanceof CatalogError) || !error.code.startsWith('invalid-')) throw error
    return { refusal: error.message }
  }
}
