import { RemoteError } from './errors.js'
import { redacted } from './origin.js'
import { messageOf } from '../errors.js'

/** What bounded a request in time. */
export interface Bounds {
  readonly deadline: AbortSignal
  /** Milliseconds. */
  readonly timeout: number
  /** The user's. */
  readonly signal: AbortSignal | undefined
}

/**
 * Says what made a request fail, in Go's words (`Get "URL": dial tcp 127.0.0.1:1: connect: connection refused`) where it has some.
 *
 * @param error what was thrown by the connection or while the body was read
 * @param url what was asked for
 * @param bounds tells a time-out from a user's abort from a fault
 * @returns a RemoteError; other errors of ours, and a user's abort, as they are
 */
export function explain (error: unknown, url: URL, bounds: Bounds): unknown {
  if (error instanceof RemoteError) return error
  if (bounds.signal?.aborted === true) return bounds.signal.reason
  const asked = `Get "${redacted(url)}": `
  if (bounds.deadline.aborted) {
    return new RemoteError('timed-out', `${asked}no complete answer within ${bounds.timeout / 1000}s`, { cause: error })
  }
  const cause = rootCause(error)
  if (endedEarly.has(codeOf(cause))) {
    return new RemoteError('truncated', `${asked}unexpected EOF: ${messageOf(cause)}`, { cause: error })
  }
  const untrusted = trustFailures.get(codeOf(cause))
  if (untrusted !== undefined) {
    return new RemoteError('tls', `${asked}tls: failed to verify certificate: x509: ${untrusted} (${messageOf(cause)})`, { cause: error })
  }
  return new RemoteError('unreachable', asked + dialFailure(cause), { cause: error })
}

/** The codes that undici and zlib give to an answer that stops before its end. */
const endedEarly: ReadonlySet<string> = new Set([
  'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'UND_ERR_ABORTED', 'ECONNRESET', 'Z_BUF_ERROR', 'Z_DATA_ERROR', 'ERR_STREAM_PREMATURE_CLOSE'
])

/** Whether a connection went away before it gave an answer. */
export function isDropped (error: unknown): boolean {
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(codeOf(error))
}

/** OpenSSL's complaints in crypto/x509's words. */
const trustFailures: ReadonlyMap<string, string> = new Map([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate signed by unknown authority'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate signed by unknown authority'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'certificate signed by unknown authority'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate signed by unknown authority'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate signed by unknown authority'],
  ['CERT_HAS_EXPIRED', 'certificate has expired or is not yet valid'],
  ['CERT_NOT_YET_VALID', 'certificate has expired or is not yet valid'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate is not valid for the host']
])

/** The first error of a connection tried on several addresses, or the error itself. */
function rootCause (error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors[0]
  return error
}

function codeOf (error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function dialFailure (error: unknown): string {
  const { address = '', port = '', hostname = '' } = detailsOf(error)
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
      return `dial tcp ${address.includes(':') ? `[${address}]` : address}:${port}: connect: connection refused`
    case 'ENOTFOUND':
      return `dial tcp: lookup ${hostname}: no such host`
    default:
      return messageOf(error)
  }
}

function detailsOf (error: unknown): Partial<Record<'address' | 'port' | 'hostname', string>> {
  if (!(error instanceof Error)) return {}
  return Object.fromEntries(Object.entries(error).map(([name, value]) => [name, String(value)]))
}
