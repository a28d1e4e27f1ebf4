const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const thousands = new Intl.NumberFormat('en-GB')

/** A number of things: `1 chart`, `12,000 charts`, `2 repositories`. */
export function count (number: number, noun: string): string {
  return `${thousands.format(number)} ${number === 1 ? noun : plural(noun)}`
}

/**
 * A day in words, such as `20 Nov 2026`, in UTC.
 *
 * @param time milliseconds since 1970
 */
export function dayOf (time: number): string {
  return day.format(time)
}

/** A digest short enough for a table: the part that people compare by eye. */
export function shortDigest (digest: string): string {
  return digest.slice(0, 12)
}

function plural (noun: string): string {
  return noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`
}
