import { StrconvError, TimeError } from '../go/errors.js'
import { formatValue } from '../go/fmt.js'
import { parseFloat, quote } from '../go/strconv.js'
import { parseDuration } from '../go/time.js'
import { typeOf } from '../go/type-name.js'
import { Int, int64, type GoFunc, type Value } from '../go/value.js'
import { define, type FunctionTable } from '../sprig/define.js'
import { DurationObject, hour, inUnits, minute, roundDuration, second, truncateDuration } from '../sprig/duration-object.js'
import { SprigError } from '../sprig/errors.js'
import { trimSpace } from '../sprig/unicode.js'

const maxSeconds = (2n ** 63n - 1n) / second
const maxFloatSeconds = 2 ** 63 / 1e9

/** Helm's functions on durations, from 4.2 on. But for `mustToDuration` they never fail: what is no duration counts as 0. */
export const durationFunctions: FunctionTable = new Map([
  ['mustToDuration', define(['any'], value => new DurationObject(durationOf(value)))],
  ['durationSeconds', reading(duration => inUnits(duration, second))],
  ['durationMinutes', reading(duration => inUnits(duration, minute))],
  ['durationHours', reading(duration => inUnits(duration, hour))],
  ['durationDays', reading(duration => inUnits(duration, hour) / 24)],
  ['durationWeeks', reading(duration => inUnits(duration, hour) / 24 / 7)],
  ['durationMilliseconds', reading(duration => int64(duration / 1_000_000n))],
  ['durationMicroseconds', reading(duration => int64(duration / 1_000n))],
  ['durationNanoseconds', reading(duration => int64(duration))],
  ['durationRoundTo', define(['any', 'any'], (value, multiple) => new DurationObject(roundDuration(orZero(value), orZero(multiple))))],
  ['durationTruncateTo', define(['any', 'any'], (value, multiple) => new DurationObject(truncateDuration(orZero(value), orZero(multiple))))]
])

function reading (read: (duration: bigint) => Value): GoFunc {
  return define(['any'], value => read(orZero(value)))
}

function orZero (value: Value): bigint {
  try {
    return durationOf(value)
  } catch (error) {
    if (error instanceof SprigError) return 0n
    throw error
  }
}

/** The nanoseconds of a duration, of a text that is one, or of a number of seconds. */
function durationOf (value: Value): bigint {
  if (value instanceof DurationObject) return value.nanoseconds
  if (value === null) throw problem('invalid duration')
  if (typeof value === 'string') return durationOfText(value)
  if (typeof value === 'number') return durationOfFloat(value)
  if (!(value instanceof Int)) throw problem(`unsupported duration type ${typeOf(value)}`)
  if (value.value > maxSeconds || value.value < -maxSeconds) throw problem(`duration seconds overflow: ${value.value}`)
  return value.value * second
}

function durationOfText (text: string): bigint {
  const trimmed = trimSpace(text)
  if (trimmed === '') throw problem('empty duration')
  const duration = orUndefined(() => parseDuration(trimmed))
  if (duration !== undefined) return duration
  const seconds = orUndefined(() => parseFloat(trimmed))
  if (seconds === undefined) throw problem(`could not parse duration ${quote(text)}`)
  return durationOfFloat(seconds)
}

function durationOfFloat (seconds: number): bigint {
  if (!Number.isFinite(seconds)) throw problem(`invalid duration seconds: ${formatValue(seconds)}`)
  if (Math.abs(seconds) > maxFloatSeconds) throw problem(`duration seconds overflow: ${formatValue(seconds)}`)
  const nanoseconds = BigInt(Math.trunc(seconds * 1e9))
  // The one number at the edge that a float64 rounds up to: amd64 makes the smallest int64 of it.
  return BigInt.asIntN(64, nanoseconds)
}

function orUndefined<T> (read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof TimeError || error instanceof StrconvError) return undefined
    throw error
  }
}

function problem (message: string): SprigError {
  return new SprigError('syntax', message)
}
