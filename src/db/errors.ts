import { CodedError } from '../errors.js'

/**
 * What can go wrong with the database:
 *
 * - `unsupported-url`: the URL names no database that we know
 * - `open-failed`: it cannot be opened, or is no database
 * - `migration-edited`: a migration that was applied is not what it was
 * - `migration-failed`: a migration does not run
 * - `newer-database`: it was written by a newer version of the program
 * - `full`: no space is left
 * - `busy`: another process holds it for too long
 * - `failed`: a query failed for any other reason
 */
export type DatabaseErrorCode = 'unsupported-url' | 'open-failed' | 'migration-edited' | 'migration-failed' | 'newer-database' | 'full' | 'busy' | 'failed'

/** Every error that opening the database or running a query gives. */
export class DatabaseError extends CodedError<DatabaseErrorCode> {}
