/** Bytes `start` to `end` of an entity, both included. */
export interface Range {
  readonly start: number
  readonly end: number
}

/**
 * Reads which part of an entity a client asks for (RFC 9110, 14.1.2 and 14.2).
 *
 * @param header the `Range` header
 * @param size of the entity, in bytes
 * @returns undefined for the whole: when nothing, something unreadable, or several parts at once are asked for, which a server may answer so
 */
export function parseRange (header: string | undefined, size: number): Range | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header ?? '') ?? []
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
