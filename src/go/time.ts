import { civilDate, daysSinceEpoch, type CivilDate } from './calendar.js'
import { layoutPieces, months, weekdays } from './time-layout.js'
import { parseLayout } from './time-parse.js'
import { utc, type Zone } from './zone.js'

export { formatDuration, parseDuration } from './duration.js'
export { utc, type Zone } from './zone.js'

const rfc3339 = '2006-01-02T15:04:05Z07:00'

/** RFC 3339 with as many digits of the second as it has. */
const rfc3339Nano = '2006-01-02T15:04:05.999999999Z07:00'

const daySeconds = 86_400n

/** 1 January of the year 1, Go's zero time, in Unix seconds. */
const zeroSeconds = -62_135_596_800n

/** A time of Go: an instant to the nanosecond, and the offset it is shown at. Immutable. */
export class GoTime {
  readonly unixSeconds: bigint
  /** 0 to 999,999,999. */
  readonly nanos: number
  readonly zone: Zone

  constructor (unixSeconds: bigint, nanos = 0, zone: Zone = utc) {
    this.unixSeconds = unixSeconds
    this.nanos = nanos
    this.zone = zone
  }

  /** Go's zero time, which stands for none. */
  static readonly zero = new GoTime(zeroSeconds)

  /**
   * A time from JavaScript's clock.
   *
   * @param milliseconds since 1970, as Date counts
   * @param nanos what the clock knows beyond the millisecond: 0 to 999,999
   * @param offset minutes east of UTC that it is shown at
   * @returns the time
   */
  static fromDate (milliseconds: number, nanos = 0, offset = 0): GoTime {
    const seconds = Math.floor(milliseconds / 1000)
    const zone = offset === 0 ? utc : { name: '', offset: offset * 60 }
    return new GoTime(BigInt(seconds), Math.floor(milliseconds - seconds * 1000) * 1_000_000 + nanos, zone)
  }

  /**
   * Reads a time as RFC 3339 (time.Parse with time.RFC3339): a fraction of the second is allowed.
   *
   * @param text such as `2024-05-01T10:00:00.5Z` or `2024-05-01T12:00:00+02:00`
   * @returns the time, at the offset it was written with
   * @throws {TimeError} worded as Go's: `parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"`
   */
  static parseRfc3339 (text: string): GoTime {
    return parseTime(rfc3339, text)
  }

  /** Whether it is Go's zero time. */
  get isZero (): boolean {
    return this.unixSeconds === zeroSeconds && this.nanos === 0
  }

  /** The order of two instants: negative, 0 or positive. */
  compare (other: GoTime): number {
    return this.unixSeconds < other.unixSeconds ? -1 : this.unixSeconds > other.unixSeconds ? 1 : this.nanos - other.nanos
  }

  /** The same instant, shown in UTC. */
  utc (): GoTime {
    return this.in(utc)
  }

  /** The same instant, cut to whole seconds. */
  seconds (): GoTime {
    return new GoTime(this.unixSeconds, 0, this.zone)
  }

  /** Milliseconds since 1970, as Date counts them. */
  milliseconds (): number {
    return Number(this.unixSeconds) * 1000 + Math.floor(this.nanos / 1_000_000)
  }

  /** As time.RFC3339: `2024-05-01T10:00:00Z`. */
  rfc3339 (): string {
    return formatTime(this, rfc3339)
  }

  /** As time.RFC3339Nano: `2024-05-01T10:00:00.5Z`. */
  rfc3339Nano (): string {
    return formatTime(this, rfc3339Nano)
  }

  /** As time.ANSIC: `Wed May  1 10:00:00 2024`. */
  ansiC (): string {
    return formatTime(this, 'Mon Jan _2 15:04:05 2006')
  }

  /** As time.Time's String: `2024-05-01 10:00:00.5 +0000 UTC`. */
  string (): string {
    return formatTime(this, '2006-01-02 15:04:05.999999999 -0700 MST')
  }

  /** The same instant, shown at another offset. */
  in (zone: Zone): GoTime {
    return new GoTime(this.unixSeconds, this.nanos, zone)
  }

  /** Its parts on the calendar and the clock of its zone; months and days from 1, the days of the week from Sunday, 0. */
  civil (): Civil {
    const local = this.unixSeconds + BigInt(Math.trunc(this.zone.offset))
    const days = floorDivide(local, daySeconds)
    const second = Number(local - days * daySeconds)
    return {
      ...civilDate(Number(days)),
      weekday: Number(((days + 4n) % 7n + 7n) % 7n),
      hour: Math.trunc(second / 3600),
      minute: Math.trunc(second / 60) % 60,
      second: second % 60
    }
  }
}

/** A time's parts. */
export interface Civil extends CivilDate {
  readonly weekday: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/**
 * Reads a time by a layout (time.Parse).
 *
 * @param layout Go's reference time, Mon Jan 2 15:04:05 MST 2006, as the text is written
 * @param text the text
 * @param zone what a text without an offset means, and what the same offset is called: UTC unless told otherwise
 * @returns the time; parts that the layout lacks are 0, or 1 for month and day
 * @throws {TimeError} worded as Go's: `parsing time "x" as "2006": cannot parse "x" as "2006"`, `parsing time "x": day out of range`
 */
export function parseTime (layout: string, text: string, zone: Zone = utc): GoTime {
  const parsed = parseLayout(layout, text)
  const days = daysSinceEpoch(parsed.year, parsed.month, parsed.day)
  const seconds = days * 86_400 + parsed.hour * 3600 + parsed.minute * 60 + parsed.second
  if (parsed.zone === undefined && parsed.zoneName !== '' && parsed.zoneName !== zone.name) {
    return new GoTime(BigInt(seconds), parsed.nanos, unknownZone(parsed.zoneName))
  }
  const found = parsed.zone ?? zone
  if (found === utc) return new GoTime(BigInt(seconds), parsed.nanos, utc)
  const shown = found.offset === zone.offset && (found.name === '' || found.name === zone.name) ? zone : found
  return new GoTime(BigInt(seconds - found.offset), parsed.nanos, shown)
}

/** Go takes an abbreviation that it does not know for UTC by another name; `GMT+3` alone says how far it is shown from that. */
function unknownZone (name: string): Zone {
  return { name, offset: name.startsWith('GMT') ? Number(name.slice(3)) * 3600 : 0 }
}

/**
 * A time by a layout (time.Time's Format).
 *
 * @param time the time
 * @param layout Go's reference time, Mon Jan 2 15:04:05 MST 2006, written as the time shall be written
 * @returns the text
 */
export function formatTime (time: GoTime, layout: string): string {
  const civil = time.civil()
  let out = ''
  for (const { literal, element } of layoutPieces(layout)) out += literal + formatElement(time, civil, element)
  return out
}

function formatElement (time: GoTime, civil: Civil, element: string): string {
  switch (element) {
    case '': return ''
    case '2006': return padNumber(civil.year, 4)
    case '06': return padNumber(Math.abs(civil.year) % 100, 2)
    case 'January': return months[civil.month - 1] ?? ''
    case 'Jan': return (months[civil.month - 1] ?? '').slice(0, 3)
    case '1': return String(civil.month)
    case '01': return padNumber(civil.month, 2)
    case 'Monday': return weekdays[civil.weekday] ?? ''
    case 'Mon': return (weekdays[civil.weekday] ?? '').slice(0, 3)
    case '2': return String(civil.day)
    case '_2': return String(civil.day).padStart(2)
    case '02': return padNumber(civil.day, 2)
    case '__2': return String(civil.yearDay).padStart(3)
    case '002': return padNumber(civil.yearDay, 3)
    case 'MST': return time.zone.name === '' ? formatOffset(time.zone.offset, '-0700') : time.zone.name
    default: return element.includes('07') ? formatOffset(time.zone.offset, element) : formatClock(time, civil, element)
  }
}

function formatClock (time: GoTime, civil: Civil, element: string): string {
  switch (element) {
    case '15': return padNumber(civil.hour, 2)
    case '3': return String(civil.hour % 12 || 12)
    case '03': return padNumber(civil.hour % 12 || 12, 2)
    case '4': return String(civil.minute)
    case '04': return padNumber(civil.minute, 2)
    case '5': return String(civil.second)
    case '05': return padNumber(civil.second, 2)
    case 'PM': return civil.hour < 12 ? 'AM' : 'PM'
    case 'pm': return civil.hour < 12 ? 'am' : 'pm'
    default: return formatFraction(time.nanos, element)
  }
}

/** `.000` keeps its zeros, `.999` drops those at the end and itself when nothing is left; Go has nine digits to give. */
function formatFraction (nanos: number, element: string): string {
  const digits = padNumber(nanos, 9).slice(0, element.length - 1)
  if (element.charAt(1) === '0') return element.charAt(0) + digits
  const trimmed = digits.replace(/0+$/, '')
  return trimmed === '' ? '' : element.charAt(0) + trimmed
}

function formatOffset (offset: number, element: string): string {
  if (element.startsWith('Z') && offset === 0) return 'Z'
  const minutes = Math.trunc(Math.abs(offset) / 60)
  // Go takes the sign from the whole minutes.
  const sign = offset <= -60 ? '-' : '+'
  const parts = [padNumber(Math.trunc(minutes / 60), 2)]
  if (element.length > 3) parts.push(padNumber(minutes % 60, 2))
  if (element.length > 6) parts.push(padNumber(Math.abs(offset) % 60, 2))
  return sign + parts.join(element.includes(':') ? ':' : '')
}

function padNumber (value: number, width: number): string {
  return value < 0 ? `-${String(-value).padStart(width, '0')}` : String(value).padStart(width, '0')
}

function floorDivide (a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b < 0n ? quotient - 1n : quotient
}
