import { CodedError } from '../errors.js'

/**
 * What can go wrong with the database:
 *
 * - `unsupported-url`: the URL names no database that we know
 * - `open-failed`: it cannot be opened, or is no database
 * - `migration-edited`: a migration that was applied is not what it was
 * - `migration-failed`: a migration does not run
 * - `newer-database`: it was written by a newer version of the program
 * - `in-use`: another process has it open
 * - `backup-exists`: there is a backup already where one is to be made
 * - `invalid-backup`: there is no backup, or a damaged one
 * - `full`: no space is left
 * - `busy`: another process holds it for too long
 * - `failed`: a query failed for any other reason
 */
export type DatabaseErrorCode = 'unsupported-url' | 'open-failed' | 'migration-edited' | 'migration-failed' | 'newer-database' | 'in-use' | 'backup-exists' |
  'invalid-backup' | 'full' | 'busy' | 'failed'

/** Every error that opening the database or running a query gives. */
export class DatabaseError extends CodedError<DatabaseErrorCode> {}
