import { StorageError } from '../../storage/errors.js'
import { DatabaseError } from '../db/errors.js'
import { CodedError } from '../errors.js'

/**
 * What the catalogue can refuse or fail with:
 *
 * - `chart-not-found`, `version-not-found`, `file-not-found`: there is no such record
 * - `already-exists`: a version, a provenance file or a file name is taken, and may not be overwritten
 * - `invalid-chart`, `invalid-provenance`: the upload is none; the message is Helm's
 * - `invalid-name`: a tenant or a file name that may not be
 * - `limit-reached`: the tenant has as many archives and provenance files as it may
 * - `too-large`: the upload passed the limit
 * - `storage-full`: no space is left for bytes or records
 * - `storage-failed`: bytes or records could not be read or written
 */
export type CatalogErrorCode = 'chart-not-found' | 'version-not-found' | 'file-not-found' | 'already-exists' | 'invalid-chart' |
  'invalid-provenance' | 'invalid-name' | 'limit-reached' | 'too-large' | 'storage-full' | 'storage-failed'

/**
 * Every error that the catalogue raises on purpose. The messages of `storage-full` and `storage-failed` are for the operator (they may name
 * paths); those of all other codes are for the client.
 */
export class CatalogError extends CodedError<CatalogErrorCode> {}

/**
 * Names what the backend or the database failed with.
 *
 * @param thrown what was caught
 * @returns `storage-full` or `storage-failed` for an error of theirs; anything else as it is
 */
export function nameFault (thrown: unknown): unknown {
  if (!(thrown instanceof StorageError) && !(thrown instanceof DatabaseError)) return thrown
  return new CatalogError(thrown.code === 'full' ? 'storage-full' : 'storage-failed', thrown.message, { cause: thrown })
}

/**
 * Runs what uses the backend or the database, and names what they fail with.
 *
 * @throws {CatalogError} see `nameFault`; whatever else `work` throws
 */
export async function named<Result> (work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw nameFault(error)
  }
}
