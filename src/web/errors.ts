import { CodedError, messageOf } from '../errors.js'

/**
 * What can be wrong with an answer: `api-off` (the server has no such route), `not-found` (no such chart, version or file), `malformed` (nothing
 * can have such a name), `refused` (sign-in needed, or not allowed), `unreachable` (no answer), `failed` (any other status), `unreadable` (an answer of another shape).
 */
export type ApiErrorCode = 'api-off' | 'not-found' | 'malformed' | 'refused' | 'unreachable' | 'failed' | 'unreadable'

/** The server's API could not give what was asked. */
export class ApiError extends CodedError<ApiErrorCode> {}

/**
 * What a rejected request is to a reader.
 *
 * @param thrown what was caught
 * @param code what it is when it is no ApiError yet
 * @returns nothing for a request that the page itself gave up
 */
export function apiErrorOf (thrown: unknown, code: ApiErrorCode = 'failed'): ApiError | undefined {
  if (thrown instanceof ApiError) return thrown
  if (thrown instanceof Error && thrown.name === 'AbortError') return undefined
  return new ApiError(code, messageOf(thrown), { cause: thrown })
}
