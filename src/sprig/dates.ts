import { StrconvError, TimeError } from '../go/errors.js'
import { parseInt } from '../go/strconv.js'
import { formatDuration, formatTime, GoTime, parseDuration, parseTime, utc, type Zone } from '../go/time.js'
import { Int, type Value } from '../go/value.js'
import { define, type FunctionTable } from './define.js'
import { hour, minute, roundDuration, second } from './duration-object.js'
import type { Sources } from './sources.js'
import { addDuration, between, TimeObject, timeOf } from './time-object.js'
import { zoneAt } from './zones.js'

const htmlLayout = '2006-01-02'

/**
 * Sprig's functions on dates, with Go's layouts.
 *
 * @param sources the clock, and the zone that is the local one
 * @returns the functions
 */
export function dateFunctions (sources: Pick<Sources, 'clock' | 'zone'>): FunctionTable {
  const dates = new Dates(sources)
  const date = define(['string', 'any', 'string'], (layout, value, zone) => dates.format(layout, value, zone))
  const modify = define(['string', 'time'], (duration, value) => orElse(value, () => modified(duration, value)))
  const mustModify = define(['string', 'time'], modified)
  return new Map([
    ['now', define([], () => new TimeObject(dates.now()))],
    ['date', define(['string', 'any'], (layout, value) => dates.format(layout, value, 'Local'))],
    ['dateInZone', date],
    ['date_in_zone', date],
    ['htmlDate', define(['any'], value => dates.format(htmlLayout, value, 'Local'))],
    ['htmlDateInZone', define(['any', 'string'], (value, zone) => dates.format(htmlLayout, value, zone))],
    ['dateModify', modify],
    ['date_modify', modify],
    ['mustDateModify', mustModify],
    ['must_date_modify', mustModify],
    ['ago', define(['any'], value => formatDuration(roundDuration(dates.since(dates.timeIn(value, int64Kinds.slice(0, 2))), second)))],
    ['toDate', define(['string', 'string'], (layout, text) => new TimeObject(orElse(GoTime.zero, () => dates.parse(layout, text))))],
    ['mustToDate', define(['string', 'string'], (layout, text) => new TimeObject(dates.parse(layout, text)))],
    ['unixEpoch', define(['time'], value => timeOf(value).unixSeconds.toString())],
    ['duration', define(['any'], value => formatDuration(BigInt.asIntN(64, secondsIn(value) * second)))],
    ['durationRound', define(['any'], value => shortDuration(dates.durationIn(value)))]
  ])
}

/** The kinds that are taken for Unix seconds; a float, such as every number of a values file, is not. */
const int64Kinds = ['int64', 'int', 'int32']

/** UTC as the local zone. */
const localUtc: Zone = { ...utc, isLocal: true }

/** The clock and the local zone. */
class Dates {
  readonly #clock: () => Date
  readonly #local: string

  constructor ({ clock, zone }: Pick<Sources, 'clock' | 'zone'>) {
    this.#clock = clock
    this.#local = zone ?? 'UTC'
  }

  now (): GoTime {
    const time = GoTime.fromDate(this.#clock().getTime())
    return time.in(this.#localAt(time.unixSeconds))
  }

  since (time: GoTime): bigint {
    return between(time, this.now())
  }

  /** A time as it is, Unix seconds, and now for everything else. */
  timeIn (value: Value, kinds: readonly string[]): GoTime {
    if (value instanceof TimeObject) return value.time
    return value instanceof Int && kinds.includes(value.kind) ? new GoTime(value.value) : this.now()
  }

  format (layout: string, value: Value, zone: string): string {
    return formatTime(this.#shown(this.timeIn(value, int64Kinds), zone), layout)
  }

  durationIn (value: Value): bigint {
    if (value instanceof TimeObject) return this.since(value.time)
    if (value instanceof Int && value.kind === 'int64') return value.value
    return typeof value === 'string' ? orElse(0n, () => parseDuration(value)) : 0n
  }

  /** A text without an offset is local time; the offset of the zone is that of the instant itself. */
  parse (layout: string, text: string): GoTime {
    if (this.#local === 'UTC') return parseTime(layout, text, localUtc)
    const inUtc = parseTime(layout, text)
    const guess = parseTime(layout, text, this.#localAt(inUtc.unixSeconds))
    return parseTime(layout, text, this.#localAt(guess.unixSeconds))
  }

  #localAt (unixSeconds: bigint): Zone {
    return this.#local === 'UTC' ? localUtc : { ...this.#zone(this.#local, unixSeconds), isLocal: true }
  }

  #shown (time: GoTime, zone: string): GoTime {
    return time.in(this.#zone(zone === 'Local' ? this.#local : zone, time.unixSeconds))
  }

  /** An unknown zone is UTC, as Sprig has it. */
  #zone (name: string, unixSeconds: bigint): Zone {
    return zoneAt(name, unixSeconds) ?? utc
  }
}

function modified (duration: string, value: Value): TimeObject {
  return new TimeObject(addDuration(timeOf(value), parseDuration(duration)))
}

/** Seconds of an int64 or of a decimal text; 0 for every other kind, an int among them. */
function secondsIn (value: Value): bigint {
  if (value instanceof Int && value.kind === 'int64') return value.value
  if (typeof value !== 'string') return 0n
  try {
    return parseInt(value, 10)
  } catch (error) {
    // Sprig keeps what strconv gave: the limit when the number was too large, else 0.
    if (error instanceof StrconvError) return error.code === 'syntax' ? 0n : value.startsWith('-') ? -(2n ** 63n) : 2n ** 63n - 1n
    throw error
  }
}

/** The largest unit that the duration is more than one of. */
function shortDuration (nanoseconds: bigint): string {
  const magnitude = nanoseconds < 0n ? -nanoseconds : nanoseconds
  const day = 24n * hour
  const units = [[365n * day, 'y'], [30n * day, 'mo'], [day, 'd'], [hour, 'h'], [minute, 'm'], [second, 's']] as const
  const found = units.find(([unit]) => magnitude > unit)
  return found === undefined ? '0s' : `${magnitude / found[0]}${found[1]}`
}

function orElse<T> (otherwise: T, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof TimeError) return otherwise
    throw error
  }
}
