import { utc, type Zone } from '../go/time.js'

/** Abbreviations of the tz database that the runtime's own data does not have in English; the second is that of summer time. */
const abbreviations: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['Asia/Tokyo', ['JST', 'JDT']],
  ['Japan', ['JST', 'JDT']],
  ['Asia/Seoul', ['KST', 'KDT']],
  ['Asia/Shanghai', ['CST', 'CDT']],
  ['Asia/Taipei', ['CST', 'CDT']],
  ['Asia/Hong_Kong', ['HKT', 'HKST']],
  ['Asia/Kolkata', ['IST', 'IST']],
  ['Asia/Calcutta', ['IST', 'IST']],
  ['Asia/Karachi', ['PKT', 'PKST']],
  ['Asia/Jerusalem', ['IST', 'IDT']],
  ['Asia/Manila', ['PST', 'PDT']],
  ['Asia/Jakarta', ['WIB', 'WIB']],
  ['Europe/Moscow', ['MSK', 'MSD']],
  ['Africa/Johannesburg', ['SAST', 'SAST']],
  ['Africa/Lagos', ['WAT', 'WAT']],
  ['Africa/Nairobi', ['EAT', 'EAT']],
  ['Australia/Sydney', ['AEST', 'AEDT']],
  ['Australia/Melbourne', ['AEST', 'AEDT']],
  ['Australia/Brisbane', ['AEST', 'AEST']],
  ['Australia/Adelaide', ['ACST', 'ACDT']],
  ['Australia/Darwin', ['ACST', 'ACST']],
  ['Australia/Perth', ['AWST', 'AWDT']],
  ['Pacific/Auckland', ['NZST', 'NZDT']]
])

/** Abbreviations that the runtime has in English, and that the tz database has too. */
const shared = /^(?:[ECMP][SD]T|AK[SD]T|A[SD]T|H[SD]T|GMT|BST|IST|UTC|WES?T|CES?T|EES?T)$/

/**
 * The zone of that name at an instant: Go's time.LoadLocation, from the runtime's copy of the tz database.
 *
 * @param name such as `Europe/Paris`; empty and `UTC` are UTC
 * @param unixSeconds the instant
 * @returns its offset and abbreviation then; undefined for an unknown name
 */
export function zoneAt (name: string, unixSeconds: bigint): Zone | undefined {
  if (name === '' || name === 'UTC') return utc
  const format = formatOf(name)
  if (format === undefined) return undefined
  const date = new Date(clamped(unixSeconds) * 1000)
  const offset = offsetAt(format, date)
  return { name: abbreviationOf(name, date, offset), offset }
}

function formatOf (timeZone: string, locale = 'en-US'): Intl.DateTimeFormat | undefined {
  // Go's names are paths of files: offsets, which the runtime would take, are none.
  if (!/^[A-Za-z][\w+\-/]*$/.test(timeZone)) return undefined
  try {
    return new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short', era: 'short', calendar: 'gregory', ...fields })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const fields = {
  year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23'
} as const

/** What the clock there shows, less what UTC's shows. */
function offsetAt (format: Intl.DateTimeFormat, date: Date): number {
  const parts = new Map(format.formatToParts(date).map(part => [part.type, part.value]))
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type) ?? 0)
  const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year')
  const local = new Date(0)
  local.setUTCFullYear(year, part('month') - 1, part('day'))
  local.setUTCHours(part('hour'), part('minute'), part('second'))
  return Math.round((local.getTime() - Math.floor(date.getTime() / 1000) * 1000) / 1000)
}

/** The tz database's abbreviation as far as it is known; for many zones that is the offset itself. */
function abbreviationOf (name: string, date: Date, offset: number): string {
  const known = abbreviations.get(name)
  if (known !== undefined) return known[isSummer(name, date, offset) ? 1 : 0]
  for (const locale of ['en-US', 'en-GB']) {
    const shown = formatOf(name, locale)?.formatToParts(date).find(part => part.type === 'timeZoneName')?.value ?? ''
    if (shared.test(shown)) return shown
  }
  const minutes = Math.abs(Math.trunc(offset / 60))
  const hours = String(Math.trunc(minutes / 60)).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${hours}${minutes % 60 === 0 ? '' : String(minutes % 60).padStart(2, '0')}`
}

/** Summer time is further east than the same zone half a year away. */
function isSummer (name: string, date: Date, offset: number): boolean {
  const format = formatOf(name)
  return format !== undefined && offset > offsetAt(format, new Date(date.getTime() + 182 * 86_400_000))
}

/** JavaScript's dates reach 275,760 years from 1970; what lies beyond has the offset of the end. */
function clamped (unixSeconds: bigint): number {
  return Math.max(-8.64e12, Math.min(8.64e12, Number(unixSeconds)))
}
