import { formatDuration } from '../go/time.js'
import { GoObject, int64, type GoFunc, type Value } from '../go/value.js'
import { define } from './define.js'

const maxDuration = 2n ** 63n - 1n

/** Nanoseconds in Go's units. */
export const second = 1_000_000_000n
export const minute = 60n * second
export const hour = 60n * minute

/** A Go `time.Duration` as templates see it: it prints as `1h30m0s`, and has methods. */
export class DurationObject extends GoObject {
  readonly goType = 'time.Duration'
  readonly goKind = 'int64'
  readonly nanoseconds: bigint

  /** @param nanoseconds any number of 64 bits */
  constructor (nanoseconds: bigint) {
    super()
    this.nanoseconds = BigInt.asIntN(64, nanoseconds)
  }

  override field (): undefined {
    return undefined
  }

  override method (name: string): GoFunc | undefined {
    return methods(this.nanoseconds).get(name)
  }

  override string (): string {
    return formatDuration(this.nanoseconds)
  }

  override jsonValue (): Value {
    return int64(this.nanoseconds)
  }
}

/**
 * A duration in a unit, as Go's Seconds, Minutes and Hours divide: whole units first, so that they are exact.
 *
 * @param nanoseconds the duration
 * @param unit the unit in nanoseconds
 * @returns the number of units
 */
export function inUnits (nanoseconds: bigint, unit: bigint): number {
  return Number(nanoseconds / unit) + Number(nanoseconds % unit) / Number(unit)
}

/**
 * Go's Duration.Round: to the nearest multiple, halves away from zero.
 *
 * @param nanoseconds the duration
 * @param multiple what to round to; 0 or less leaves the duration as it is
 * @returns the rounded duration; the largest there is when it does not fit
 */
export function roundDuration (nanoseconds: bigint, multiple: bigint): bigint {
  if (multiple <= 0n) return nanoseconds
  const magnitude = nanoseconds < 0n ? -nanoseconds : nanoseconds
  const rest = magnitude % multiple
  const rounded = rest + rest < multiple ? magnitude - rest : magnitude - rest + multiple
  if (nanoseconds < 0n) return rounded > maxDuration + 1n ? -maxDuration - 1n : -rounded
  return rounded > maxDuration ? maxDuration : rounded
}

/**
 * Go's Duration.Truncate: towards zero.
 *
 * @param nanoseconds the duration
 * @param multiple what to cut to; 0 or less leaves the duration as it is
 * @returns the largest multiple that is not beyond the duration
 */
export function truncateDuration (nanoseconds: bigint, multiple: bigint): bigint {
  return multiple <= 0n ? nanoseconds : nanoseconds - nanoseconds % multiple
}

function methods (duration: bigint): ReadonlyMap<string, GoFunc> {
  return new Map([
    ['String', define([], () => formatDuration(duration))],
    ['Seconds', define([], () => inUnits(duration, second))],
    ['Minutes', define([], () => inUnits(duration, minute))],
    ['Hours', define([], () => inUnits(duration, hour))],
    ['Milliseconds', define([], () => int64(duration / 1_000_000n))],
    ['Microseconds', define([], () => int64(duration / 1_000n))],
    ['Nanoseconds', define([], () => int64(duration))],
    ['Round', define(['duration'], multiple => new DurationObject(roundDuration(duration, nanosecondsOf(multiple))))],
    ['Truncate', define(['duration'], multiple => new DurationObject(truncateDuration(duration, nanosecondsOf(multiple))))],
    ['Abs', define([], () => new DurationObject(duration < 0n ? -duration : duration))]
  ])
}

/**
 * The nanoseconds of an argument of type `duration`.
 *
 * @param value a duration, or an untyped number of a template
 * @returns its nanoseconds; 0 for anything else
 */
export function nanosecondsOf (value: Value): bigint {
  if (value instanceof DurationObject) return value.nanoseconds
  return value !== null && typeof value === 'object' && 'value' in value && typeof value.value === 'bigint' ? value.value : 0n
}
