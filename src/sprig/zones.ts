import { utc, type Zone } from '../go/time.js'
import { zoneGroups } from './zone-names.js'

let zones: ReadonlyMap<string, ReadonlyMap<number, string>> | undefined

/** The abbreviations of each zone that there is, by its offset. The table is made when a template first asks for a zone: few do. */
function readZones (): ReadonlyMap<string, ReadonlyMap<number, string>> {
  return new Map(zoneGroups.flatMap(([text, names]) => {
    const abbreviations = new Map(text.split(' ').filter(pair => pair !== '').map(pair => {
      const [abbreviation = '', offset = ''] = pair.split('=')
      return [Number(offset), abbreviation] as const
    }))
    return names.split(' ').map(name => [name, abbreviations] as const)
  }))
}

/**
 * The zone of that name at an instant: Go's time.LoadLocation, from the runtime's copy of the tz database.
 *
 * @param name such as `Europe/Paris`; empty and `UTC` are UTC
 * @param unixSeconds the instant
 * @returns its offset and abbreviation then; undefined for an unknown name
 */
export function zoneAt (name: string, unixSeconds: bigint): Zone | undefined {
  if (name === '' || name === 'UTC') return utc
  zones ??= readZones()
  const abbreviations = zones.get(name)
  const format = abbreviations === undefined ? undefined : formatOf(name)
  if (abbreviations === undefined || format === undefined) return undefined
  const offset = offsetAt(format, new Date(clamped(unixSeconds) * 1000))
  return { name: abbreviations.get(offset) ?? abbreviated(offset), offset }
}

/** Undefined for a zone that the runtime's data is too old to know. */
function formatOf (timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, era: 'short', calendar: 'gregory', ...fields })
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

/** An offset with seconds is from before there were zones, when every place had its own mean time. */
function abbreviated (offset: number): string {
  if (offset % 60 !== 0) return 'LMT'
  const minutes = Math.abs(offset / 60)
  const hours = String(Math.trunc(minutes / 60)).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${hours}${minutes % 60 === 0 ? '' : String(minutes % 60).padStart(2, '0')}`
}

/** JavaScript's dates reach 275,760 years from 1970; what lies beyond has the offset of the end. */
function clamped (unixSeconds: bigint): number {
  return Math.max(-8.64e12, Math.min(8.64e12, Number(unixSeconds)))
}
