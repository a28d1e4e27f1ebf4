import { isUtf8 } from 'node:buffer'

/** What an `Authorization` header says. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'password', readonly pair: Uint8Array, readonly name: string, readonly password: string }
  | { readonly kind: 'token', readonly token: string }

const none: Credentials = { kind: 'none' }

/**
 * Reads an `Authorization` header: `Basic` (RFC 7617) and `Bearer` (RFC 6750) in any case, and a bare token, which ChartMuseum takes too.
 *
 * @param header the header, if there is one
 */
export function readCredentials (header: string | undefined): Credentials {
  const text = header?.trim() ?? ''
  if (text === '') return none
  const [, scheme = '', rest = ''] = /^(\S+)(?: +(.*))?$/.exec(text) ?? []
  if (scheme.toLowerCase() === 'basic') return readPair(rest)
  return { kind: 'token', token: scheme.toLowerCase() === 'bearer' ? rest : text }
}

/** Bytes that are no UTF-8, and control characters, are in nobody's name or password (RFC 7617, 2). */
function readPair (base64: string): Credentials {
  const pair = Buffer.from(base64, 'base64')
  const colon = pair.indexOf(':')
  if (colon < 0 || !isUtf8(pair) || /[\0-\x1f\x7f]/.test(pair.toString())) return none
  return { kind: 'password', pair, name: pair.toString('utf8', 0, colon), password: pair.toString('utf8', colon + 1) }
}
