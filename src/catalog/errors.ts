import { CodedError } from '../errors.js'

/**
 * What the catalogue can refuse or fail with:
 *
 * - `chart-not-found`, `version-not-found`, `file-not-found`: there is no such record
 * - `already-exists`: a version, a provenance file or a file name is taken, and may not be overwritten
 * - `invalid-chart`, `invalid-provenance`: the upload is none; the message is Helm's
 * - `invalid-name`: a tenant or a file name that may not be
 * - `too-large`: the upload passed the limit
 * - `storage-full`: no space is left for bytes or records
 * - `storage-failed`: bytes or records could not be read or written
 */
export type CatalogErrorCode = 'chart-not-found' | 'version-not-found' | 'file-not-found' | 'already-exists' | 'invalid-chart' |
  'invalid-provenance' | 'invalid-name' | 'too-large' | 'storage-full' | 'storage-failed'

/**
 * Every error that the catalogue raises on purpose. The messages of `storage-full` and `storage-failed` are for the operator (they may name
 * paths); those of all other codes are for the client.
 */
export class CatalogError extends CodedError<CatalogErrorCode> {}
