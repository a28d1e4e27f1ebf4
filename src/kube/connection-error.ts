import { messageOf } from '../errors.js'
import { cancelled, KubeError } from './errors.js'

/** The request that found no answer. */
export interface FailedRequest {
  readonly method: string
  readonly url: URL
  readonly signal: AbortSignal | undefined
}

/**
 * The error for a request that got no answer, in the words of Go's net/http: `Get "https://…": dial tcp 127.0.0.1:1: connect: connection refused`.
 *
 * @param error what the connection raised
 * @param request what was asked
 */
export function connectionError (error: unknown, { method, url, signal }: FailedRequest): KubeError {
  if (error instanceof KubeError) return error
  if (signal?.aborted === true) return cancelled(error)
  const verb = method.charAt(0) + method.slice(1).toLowerCase()
  return new KubeError('unreachable', `${verb} "${url.href}": ${reason(error, url)}`, { cause: error })
}

function reason (error: unknown, url: URL): string {
  const last = error instanceof AggregateError ? error.errors.at(-1) as unknown : error
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
  const address = `${field(last, 'address') ?? url.hostname}:${field(last, 'port') ?? port}`
  const code = field(last, 'code') ?? ''
  switch (code) {
    case 'ECONNREFUSED': return `dial tcp ${address}: connect: connection refused`
    case 'EHOSTUNREACH': return `dial tcp ${address}: connect: no route to host`
    case 'ENETUNREACH': return `dial tcp ${address}: connect: network is unreachable`
    case 'ENOTFOUND': return `dial tcp: lookup ${url.hostname}: no such host`
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT': return `dial tcp ${address}: i/o timeout`
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT': return 'timeout awaiting the response'
    case 'ECONNRESET': return 'read: connection reset by peer'
    case 'UND_ERR_SOCKET': return 'EOF'
    default: return certificateReason(code) ?? messageOf(last)
  }
}

/** The refusals of a server's certificate, as Go's crypto/x509 words them. */
function certificateReason (code: string): string | undefined {
  const prefix = 'tls: failed to verify certificate: x509: '
  switch (code) {
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT': return prefix + 'certificate signed by unknown authority'
    case 'CERT_HAS_EXPIRED': return prefix + 'certificate has expired or is not yet valid'
    default: return undefined
  }
}

function field (error: unknown, name: string): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const value: unknown = Object.getOwnPropertyDescriptor(error, name)?.value
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
