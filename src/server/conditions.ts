import type { IncomingHttpHeaders } from 'node:http'

/** Bytes `start` to `end` of an entity, both included. */
export interface Range {
  readonly start: number
  readonly end: number
}

/**
 * Whether an `If-None-Match` header names the entity (RFC 9110, 13.1.2: a list of tags or `*`, compared weakly).
 *
 * @param header the client's header
 * @param etag the entity's tag, in quotes
 */
export function matches (header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.split(',').map(tag => tag.trim().replace(/^W\//, '')).some(tag => tag === etag || tag === '*')
}

/**
 * The part of an entity that a client asks for, unless that was one of another state of it (RFC 9110, 13.1.5).
 *
 * @param headers the client's
 * @param entity its tag, in quotes, and its size in bytes
 * @returns see `parseRange`
 */
export function rangeOf (headers: IncomingHttpHeaders, { etag, size }: { readonly etag: string, readonly size: number }): Range | 'unsatisfiable' | undefined {
  const condition = headers['if-range']
  return condition === undefined || condition === etag ? parseRange(headers.range, size) : undefined
}

/**
 * Reads which part of an entity a client asks for (RFC 9110, 14.1.2 and 14.2).
 *
 * @param header the `Range` header
 * @param size of the entity, in bytes
 * @returns undefined for the whole: when nothing, something unreadable, or several parts at once are asked for, which a server may answer so
 */
export function parseRange (header: string | undefined, size: number): Range | 'unsatisfiable' | undefined {
  if (header === undefined) return undefined
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header) ?? []
  if (first === '') return last === '' ? undefined : tail(Number(last), size)
  const start = Number(first)
  const end = last === '' ? Infinity : Number(last)
  if (end < start) return undefined
  return start < size ? { start, end: Math.min(end, size - 1) } : 'unsatisfiable'
}

/** The last bytes. */
function tail (count: number, size: number): Range | 'unsatisfiable' {
  return count === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(size - count, 0), end: size - 1 }
}

/**
 * Whether a client takes gzip (RFC 9110, 12.5.3).
 *
 * @param header the `Accept-Encoding` header; without one, nothing is compressed, as for who names no coding
 */
export function acceptsGzip (header: string | string[] | undefined): boolean {
  if (header === undefined) return false
  const weights = new Map(String(header).toLowerCase().split(',').map(each => {
    const [coding = '', ...parameters] = each.split(';').map(part => part.trim())
    const quality = parameters.find(parameter => parameter.startsWith('q='))?.slice(2) ?? '1'
    return [coding, Number(quality)] as const
  }))
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0
}
