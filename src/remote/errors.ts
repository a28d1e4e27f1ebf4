import { CodedError } from '../errors.js'

/** What can go wrong while repositories and charts are looked up and fetched. */
export type RemoteErrorCode =
  | 'invalid-reference'
  | 'invalid-url'
  | 'unsupported-scheme'
  | 'not-supported'
  | 'unreachable'
  | 'http-status'
  | 'timed-out'
  | 'too-large'
  | 'truncated'
  | 'redirects'
  | 'tls'
  | 'invalid-repository'
  | 'invalid-repositories-file'
  | 'locked'
  | 'no-repositories'
  | 'repository-not-found'
  | 'repository-exists'
  | 'update-failed'
  | 'not-cached'
  | 'chart-not-found'
  | 'digest-mismatch'
  | 'unverified'
  | 'path-not-found'
  | 'path-exists'
  | 'write-failed'
  | 'invalid-chart'
  | 'invalid-search'

/** A failure to find or fetch something, worded as Helm words it where Helm has words for it. */
export class RemoteError extends CodedError<RemoteErrorCode> {}
