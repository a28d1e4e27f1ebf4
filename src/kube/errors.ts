import { CodedError, messageOf } from '../errors.js'

/**
 * What can go wrong between us and a cluster. The middle group are the API's own answers, told apart by HTTP status and `reason`.
 */
export type KubeErrorCode =
  | 'kubeconfig' | 'credentials' | 'unreachable' | 'protocol' | 'cancelled'
  | 'unauthorized' | 'forbidden' | 'not-found' | 'already-exists' | 'conflict' | 'invalid' | 'too-many-requests' | 'unsupported' | 'server' | 'refused'
  | 'no-match' | 'manifest' | 'not-ready' | 'still-exists' | 'condition'

/** A failure at the cluster, or on the way to it. */
export class KubeError extends CodedError<KubeErrorCode> {
  /** The HTTP status, when the API answered. */
  readonly status: number | undefined

  /**
   * @param code what went wrong, for programs
   * @param message the API's own message, or words in client-go's manner
   * @param options `cause`, and `status` when the API answered
   */
  constructor (code: KubeErrorCode, message: string, options: ErrorOptions & { readonly status?: number } = {}) {
    super(code, message, options)
    this.status = options.status
  }
}

/** Whether the thrown value is a KubeError of that code, itself or as a cause further down. */
export function isKubeError (thrown: unknown, code: KubeErrorCode): thrown is Error {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (error instanceof KubeError && error.code === code) return true
  }
  return false
}

/** The error of what was ended before it was done, in Go's words. */
export function cancelled (cause?: unknown): KubeError {
  return new KubeError('cancelled', 'context canceled', { cause })
}

/**
 * What was being done when something failed, before its message; its code and status stay.
 *
 * @param what such as `failed to create patch`
 * @param cause what was thrown
 */
export function because (what: string, cause: unknown): KubeError {
  const { code, status } = cause instanceof KubeError ? cause : { code: 'server' as const, status: undefined }
  return new KubeError(code, `${what}: ${messageOf(cause)}`, { cause, ...status === undefined ? {} : { status } })
}

/**
 * The error for an answer of the API that is no success.
 *
 * @param status the HTTP status
 * @param body its text: a `Status` object as a rule; anything else when a proxy answered
 * @param what the request, such as `get secrets x`, for answers without a message of their own
 */
export function statusError (status: number, body: string, what: string): KubeError {
  const answer = parseStatus(body)
  const message = answer.message ?? `the server responded with the status code ${status} but did not return more information (${what})`
  return new KubeError(codeOf(status, answer.reason), message, { status })
}

function codeOf (status: number, reason: string | undefined): KubeErrorCode {
  switch (status) {
    case 401: return 'unauthorized'
    case 403: return 'forbidden'
    case 404: return 'not-found'
    case 409: return reason === 'AlreadyExists' ? 'already-exists' : 'conflict'
    case 415: return 'unsupported'
    case 422: return 'invalid'
    case 429: return 'too-many-requests'
    default: return status >= 500 ? 'server' : 'refused'
  }
}

/** The `message` and `reason` of a metav1.Status; nothing when the text is none. */
function parseStatus (body: string): { readonly message?: string, readonly reason?: string } {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return {}
  }
  if (typeof parsed !== 'object' || parsed === null) return {}
  return { ...textField(parsed, 'message'), ...textField(parsed, 'reason') }
}

function textField<Name extends string> (from: object, name: Name): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {}
  const value: unknown = Object.getOwnPropertyDescriptor(from, name)?.value
  if (typeof value === 'string' && value !== '') found[name] = value
  return found
}
