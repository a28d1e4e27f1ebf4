import type { ApiRequest } from './transport.js'

/** What one attempt at a request came to: an answer, or none. */
export type Attempt =
  | { readonly status: number, readonly text: string, readonly contentType: string, readonly retryAfter: string }
  | { readonly error: unknown }

/** How often client-go tries a request that the server asked to repeat. */
const maxAttempts = 10
const maxReconnects = 3
/** The longest that a server may ask us to wait, in seconds. */
const maxRetryAfter = 60

const broken = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

/**
 * Whether to try again, and when.
 *
 * @param request what was asked
 * @param outcome what came of it
 * @param attempt how many attempts were made, this one included
 * @returns milliseconds to wait first; undefined when the outcome stands
 */
export function retryDelay (request: ApiRequest, outcome: Attempt, attempt: number): number | undefined {
  if ('error' in outcome) {
    const idempotent = request.idempotent ?? request.method === 'GET'
    return idempotent && attempt <= maxReconnects && isBroken(outcome.error) ? 100 * attempt : undefined
  }
  if (attempt >= maxAttempts) return undefined
  if (outcome.status === 429 || outcome.status >= 500) {
    const seconds = Number.parseInt(outcome.retryAfter, 10)
    if (seconds >= 0) return Math.min(seconds, maxRetryAfter) * 1000
    if (attempt === 1 && isLeaderChange(outcome.text)) return 0
  }
  return undefined
}

function isBroken (error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && broken.has(error.code)
}

/** The two answers of etcd that Helm's RetryingRoundTripper tries once more. */
function isLeaderChange (text: string): boolean {
  return /"message":\s*"[^"]*(?:etcdserver: leader changed|raft proposal dropped)"/.test(text)
}
