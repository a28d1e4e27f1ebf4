import { CodedError } from '../errors.js'

/**
 * What is wrong with a repository's index, or with what was asked of it:
 *
 * - `empty-index`, `invalid-index`, `no-api-version`: the index cannot be read
 * - `chart-not-found`, `version-not-found`: it has no such chart, or none of its versions fits
 * - `invalid-constraint`: what was asked for is neither version nor constraint
 * - `invalid-url`: an address cannot be parsed
 * - `unreadable`: the file system refused
 */
export type RepoErrorCode =
  'empty-index' | 'invalid-index' | 'no-api-version' | 'chart-not-found' | 'version-not-found' | 'invalid-constraint' | 'invalid-url' | 'unreadable'

/** Every error that reading, searching or making an index raises on purpose; worded as Helm words it. */
export class RepoError extends CodedError<RepoErrorCode> {}
