import { CodedError } from '../errors.js'

/** What can go wrong with records of releases. */
export type ReleaseErrorCode = 'not-found' | 'already-exists' | 'no-deployed' | 'invalid-key' | 'invalid-record' | 'invalid-label' | 'unknown-driver' | 'invalid-connection' | 'storage'

/** A failure of the store of releases, worded as Helm's drivers word it. */
export class ReleaseError extends CodedError<ReleaseErrorCode> {}

/** Whether the thrown value is a ReleaseError of that code, itself or as a cause further down. */
export function isReleaseError (thrown: unknown, code: ReleaseErrorCode): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (error instanceof ReleaseError && error.code === code) return true
  }
  return false
}

/** No record of that name, or of that name and revision. */
export function releaseNotFound (): ReleaseError {
  return new ReleaseError('not-found', 'release: not found')
}

/** A record of that name and revision is there already. */
export function releaseExists (cause?: unknown): ReleaseError {
  return new ReleaseError('already-exists', 'release: already exists', { cause })
}
