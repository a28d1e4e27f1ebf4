import { TimeError } from '../errors.js'
import { quote } from '../quote.js'
import { parseTime, type GoTime } from '../time.js'
import type { Zone } from '../zone.js'
import type { TomlSource } from './source.js'

/** The zones of the times that are written without an offset. Which it is tells what was left out: a date, a clock, or the offset alone. */
export interface LocalZones {
  /** What Go calls Local: what an offset that is the same as its own is shown as. */
  readonly local: Zone
  readonly datetime: Zone
  readonly date: Zone
  readonly time: Zone
}

const names = { datetime: 'datetime-local', date: 'date-local', time: 'time-local' } as const

/** @param local the zone that Go calls Local @returns the zones that times without an offset are given */
export function localZones (local: Zone): LocalZones {
  const zone = (name: string): Zone => ({ name, offset: local.offset })
  return { local, datetime: zone(names.datetime), date: zone(names.date), time: zone(names.time) }
}

/**
 * How a time that was written without an offset is written again.
 *
 * @param time any time
 * @returns Go's layout of it; undefined for a time with an offset
 */
export function localLayout (time: GoTime): string | undefined {
  switch (time.zone.name) {
    case names.datetime: return '2006-01-02T15:04:05.999999999'
    case names.date: return '2006-01-02'
    case names.time: return '15:04:05.999999999'
    default: return undefined
  }
}

const layouts: ReadonlyArray<readonly [layout: string, zone: keyof LocalZones]> = [
  ['2006-01-02T15:04:05.999999999Z07:00', 'local'],
  ['2006-01-02T15:04:05.999999999', 'datetime'],
  ['2006-01-02', 'date'],
  ['15:04:05.999999999', 'time'],
  ['2006-01-02T15:04Z07:00', 'local'],
  ['2006-01-02T15:04', 'datetime'],
  ['15:04', 'time']
]

/**
 * The value of a date, a time, or both.
 *
 * @param written as it stands in the document
 * @param zones the zones for what has no offset
 * @param source the document, for errors
 * @returns the time; without a date it is in the year 0
 * @throws {TomlError} code `syntax` when it fits none of TOML's forms
 */
export function datetimeOf (written: string, zones: LocalZones, source: TomlSource): GoTime {
  const text = written.replaceAll('z', 'Z').replace(/[t ]/g, 'T')
  for (const [layout, zone] of layouts) {
    const time = timeBy(layout, text, zones[zone])
    if (time === undefined) continue
    if (isAligned(text, layout)) return time
    break
  }
  throw source.errorAt(source.line, `invalid datetime: ${quote(text)}`)
}

function timeBy (layout: string, text: string, zone: Zone): GoTime | undefined {
  try {
    return parseTime(layout, text, zone)
  } catch (error) {
    if (error instanceof TimeError) return undefined
    throw error
  }
}

/** Go reads a number without its leading zero, TOML does not: what separates the numbers then stands elsewhere than in the layout. */
function isAligned (text: string, layout: string): boolean {
  const end = layout.search(/[.Z]/)
  const separated = end < 0 ? layout : layout.slice(0, end)
  return Array.from(separated).every((character, i) => /\d/.test(character) || text.charAt(i) === character)
}
