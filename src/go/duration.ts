import { TimeError } from './errors.js'
import { quoteAscii } from './time-quote.js'

const nanosecondsOf: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n], ['us', 1_000n], ['\u00b5s', 1_000n], ['\u03bcs', 1_000n], ['ms', 1_000_000n], ['s', 1_000_000_000n],
  ['m', 60_000_000_000n], ['h', 3_600_000_000_000n]
])

const limit = 2n ** 63n
const part = /(\d*)(?:\.(\d*))?([^.\d]*)/y

/**
 * Reads a duration (time.ParseDuration): an optional sign, then numbers each with a unit (`ns us µs ms s m h`).
 *
 * @param text such as `1h30m` or `-1.5s`; `0` needs no unit
 * @returns nanoseconds, in 64 bits
 * @throws {TimeError} `time: invalid duration "x"`, `time: missing unit in duration "x"`, `time: unknown unit "d" in duration "1d"`
 */
export function parseDuration (text: string): bigint {
  const negative = text.startsWith('-')
  const unsigned = text.replace(/^[+-]/, '')
  if (unsigned === '0') return 0n
  let total = 0n
  part.lastIndex = 0
  do {
    const found = part.exec(unsigned)
    total += parsePart(found ?? [], text)
    if (total > limit) throw problem('invalid duration', text)
  } while (part.lastIndex < unsigned.length)
  if (!negative && total === limit) throw problem('invalid duration', text)
  return negative ? -total : total
}

function parsePart ([, whole = '', fraction = '', unit = '']: ArrayLike<string> & Iterable<string>, text: string): bigint {
  if (whole === '' && fraction === '') throw problem('invalid duration', text)
  const digits = whole.replace(/^0+/, '')
  const value = digits.length > 19 ? limit + 1n : BigInt(digits)
  if (value > limit) throw problem('invalid duration', text)
  if (unit === '') throw problem('missing unit in duration', text)
  const nanoseconds = nanosecondsOf.get(unit)
  if (nanoseconds === undefined) throw problem(`unknown unit ${quoteAscii(unit)} in duration`, text)
  return value * nanoseconds + fractionOf(fraction, nanoseconds)
}

/** Go reads as much of a fraction as 63 bits hold, and multiplies in floating point. */
function fractionOf (fraction: string, unit: bigint): bigint {
  let value = 0n
  let scale = 1
  for (const digit of fraction.slice(0, 20)) {
    const next = value * 10n + BigInt(digit)
    if (value > (limit - 1n) / 10n || next > limit) break
    value = next
    scale *= 10
  }
  return value === 0n ? 0n : BigInt(Math.trunc(Number(value) * (Number(unit) / scale)))
}

function problem (message: string, text: string): TimeError {
  return new TimeError('duration', `time: ${message} ${quoteAscii(text)}`)
}

/**
 * A duration as Go prints it (time.Duration's String).
 *
 * @param nanoseconds any duration
 * @returns such as `5m0s`, `1.5s`, `300ms`, `0s`
 */
export function formatDuration (nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s'
  const sign = nanoseconds < 0n ? '-' : ''
  const magnitude = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (magnitude < 1_000n) return `${sign}${magnitude}ns`
  if (magnitude < 1_000_000n) return `${sign}${decimal(magnitude, 3)}\u00b5s`
  if (magnitude < 1_000_000_000n) return `${sign}${decimal(magnitude, 6)}ms`
  const minutes = magnitude / 60_000_000_000n
  const seconds = `${decimal(magnitude % 60_000_000_000n, 9)}s`
  if (minutes === 0n) return sign + seconds
  return minutes < 60n ? `${sign}${minutes}m${seconds}` : `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`
}

/** `value / 10^places` without trailing zeros. */
function decimal (value: bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  const whole = digits.slice(0, -places)
  return fraction === '' ? whole : `${whole}.${fraction}`
}
