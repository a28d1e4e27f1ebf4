import { encode } from '../go/bytes.js'
import { formatTime, GoTime, utc } from '../go/time.js'
import { rfc3339Fault } from '../go/json.js'
import { quoteAscii } from '../go/time-quote.js'
import { GoObject, Int, int, int64, type GoFunc, type Value } from '../go/value.js'
import { define } from './define.js'
import { DurationObject, nanosecondsOf } from './duration-object.js'
import { SprigError } from './errors.js'
import { locationOf, namedLocation } from './location-object.js'

const billion = 1_000_000_000n

/** The longest time.Duration, some 292 years in nanoseconds: Go takes it for every longer one. */
const maxDuration = 2n ** 63n - 1n

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** A Go `time.Time` as templates see it: it prints as `2024-05-01 10:00:00 +0000 UTC`, and has methods. */
export class TimeObject extends GoObject {
  readonly goType = 'time.Time'
  readonly goKind = 'struct'
  readonly time: GoTime

  /** @param time the time */
  constructor (time: GoTime) {
    super()
    this.time = time
  }

  override field (): undefined {
    return undefined
  }

  /** A time without a monotonic reading: what `%d` and `eq` see of it. */
  override fields (): ReadonlyArray<readonly [name: string, value: Value]> {
    const { nanos, unixSeconds, zone } = this.time
    return [['wall', new Int('uint64', BigInt(nanos))], ['ext', int64(unixSeconds - GoTime.zero.unixSeconds)], ['loc', locationOf(zone)]]
  }

  override method (name: string): GoFunc | undefined {
    return methods(this.time).get(name)
  }

  override goString (): string {
    const { zone, nanos } = this.time
    const { year, month, day, hour, minute, second } = this.time.civil()
    const location = zone === utc ? 'time.UTC' : zone.isLocal === true ? 'time.Local' : `time.Location(${quoteAscii(zone.name)})`
    return `time.Date(${year}, time.${months[month - 1] ?? ''}, ${day}, ${hour}, ${minute}, ${second}, ${nanos}, ${location})`
  }

  override string (): string {
    return this.time.string()
  }

  override jsonValue (): Value {
    return this.time.rfc3339Nano()
  }
}

/**
 * The nanoseconds of a time since 1970.
 *
 * @param time any time
 * @returns nanoseconds, not bound to 64 bits
 */
export function nanosecondsSince1970 (time: GoTime): bigint {
  return time.unixSeconds * billion + BigInt(time.nanos)
}

/**
 * How long it is from one time to another: Go's Time.Sub.
 *
 * @param from any time
 * @param to any time
 * @returns nanoseconds; the longest duration that there is for longer ones
 */
export function between (from: GoTime, to: GoTime): bigint {
  const passed = nanosecondsSince1970(to) - nanosecondsSince1970(from)
  if (passed > maxDuration) return maxDuration
  return passed < -maxDuration - 1n ? -maxDuration - 1n : passed
}

/**
 * A time that is a duration away from another: Go's Time.Add.
 *
 * @param time any time
 * @param nanoseconds how far
 * @returns the time, in the same zone
 */
export function addDuration (time: GoTime, nanoseconds: bigint): GoTime {
  const total = nanosecondsSince1970(time) + nanoseconds
  const nanos = (total % billion + billion) % billion
  return new GoTime((total - nanos) / billion, Number(nanos), time.zone)
}

/**
 * The time of an argument of type `time`.
 *
 * @param value what the template gave
 * @returns the time
 * @throws {SprigError} code `type` for anything else
 */
export function timeOf (value: Value): GoTime {
  if (value instanceof TimeObject) return value.time
  throw new SprigError('type', 'wrong type for value; expected time.Time')
}

function methods (time: GoTime): ReadonlyMap<string, GoFunc> {
  return new Map([...readings(time), ...changes(time), ...comparisons(time)])
}

function readings (time: GoTime): Array<[string, GoFunc]> {
  const civil = time.civil()
  return [
    ['String', define([], () => time.string())],
    ['GoString', define([], () => new TimeObject(time).goString())],
    ['MarshalText', define([], () => encode(marshalled(time, 'MarshalText')))],
    ['MarshalJSON', define([], () => encode(`"${marshalled(time, 'MarshalJSON')}"`))],
    ['Location', define([], () => namedLocation(time.zone))],
    ['Format', define(['string'], layout => formatTime(time, layout))],
    ['Unix', define([], () => int64(time.unixSeconds))],
    ['UnixMilli', define([], () => int64(nanosecondsSince1970(time) / 1_000_000n))],
    ['UnixMicro', define([], () => int64(nanosecondsSince1970(time) / 1_000n))],
    ['UnixNano', define([], () => int64(BigInt.asIntN(64, nanosecondsSince1970(time))))],
    ['Year', define([], () => int(civil.year))],
    ['Month', define([], () => new NamedNumber('time.Month', civil.month, months[civil.month - 1] ?? ''))],
    ['Weekday', define([], () => new NamedNumber('time.Weekday', civil.weekday, weekdays[civil.weekday] ?? ''))],
    ['Day', define([], () => int(civil.day))],
    ['YearDay', define([], () => int(civil.yearDay))],
    ['Hour', define([], () => int(civil.hour))],
    ['Minute', define([], () => int(civil.minute))],
    ['Second', define([], () => int(civil.second))],
    ['Nanosecond', define([], () => int(time.nanos))],
    ['IsZero', define([], () => time.isZero)]
  ]
}

function marshalled (time: GoTime, method: string): string {
  const text = time.rfc3339Nano()
  const fault = rfc3339Fault(text)
  if (fault !== undefined) throw new SprigError('bounds', `Time.${method}: ${fault}`)
  return text
}

function changes (time: GoTime): Array<[string, GoFunc]> {
  return [
    ['UTC', define([], () => new TimeObject(time.in(utc)))],
    ['Add', define(['duration'], duration => new TimeObject(addDuration(time, nanosecondsOf(duration))))],
    ['AddDate', define(['int', 'int', 'int'], (years, months, days) => new TimeObject(addDate(time, years, months, days)))],
    ['Truncate', define(['duration'], duration => new TimeObject(truncateTime(time, nanosecondsOf(duration))))],
    ['Round', define(['duration'], duration => new TimeObject(roundTime(time, nanosecondsOf(duration))))],
    ['Sub', define(['time'], other => new DurationObject(between(timeOf(other), time)))]
  ]
}

function comparisons (time: GoTime): Array<[string, GoFunc]> {
  const compare = (other: Value): number => {
    const difference = nanosecondsSince1970(time) - nanosecondsSince1970(timeOf(other))
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  }
  return [
    ['Before', define(['time'], other => compare(other) < 0)],
    ['After', define(['time'], other => compare(other) > 0)],
    ['Equal', define(['time'], other => compare(other) === 0)],
    ['Compare', define(['time'], other => int(compare(other)))]
  ]
}

/** Down to a multiple of the duration since the zero time: Go's Time.Truncate. */
function truncateTime (time: GoTime, duration: bigint): GoTime {
  return duration <= 0n ? time : addDuration(time, -sinceMultiple(time, duration))
}

/** To the nearest multiple of the duration since the zero time, up from the half: Go's Time.Round. */
function roundTime (time: GoTime, duration: bigint): GoTime {
  if (duration <= 0n) return time
  const rest = sinceMultiple(time, duration)
  return addDuration(time, rest + rest < duration ? -rest : duration - rest)
}

function sinceMultiple (time: GoTime, duration: bigint): bigint {
  const rest = (nanosecondsSince1970(time) - nanosecondsSince1970(GoTime.zero)) % duration
  return rest < 0n ? rest + duration : rest
}

/** Years, months and days further on the calendar: a day that the month does not have runs over into the next. */
function addDate (time: GoTime, years: number, months: number, days: number): GoTime {
  const civil = time.civil()
  const date = new Date(0)
  date.setUTCFullYear(civil.year + years, civil.month - 1 + months, civil.day + days)
  const clock = civil.hour * 3600 + civil.minute * 60 + civil.second
  return new GoTime(BigInt(date.getTime() / 1000 + clock - time.zone.offset), time.nanos, time.zone)
}

/** A number of Go that prints as a name: a month or a day of the week. */
class NamedNumber extends GoObject {
  readonly goType: string
  readonly goKind = 'int'
  readonly value: number
  readonly #name: string

  constructor (goType: string, value: number, name: string) {
    super()
    this.goType = goType
    this.value = value
    this.#name = name
  }

  override field (): undefined {
    return undefined
  }

  override method (name: string): GoFunc | undefined {
    return name === 'String' ? define([], () => this.#name) : undefined
  }

  override string (): string {
    return this.#name
  }

  override jsonValue (): Value {
    return int(this.value)
  }
}
