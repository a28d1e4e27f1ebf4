import { TimeError } from './errors.js'
import { quote } from './quote.js'

/** Nanoseconds in a second, and Go's zero time (January 1 of year 1, UTC) in seconds of the Unix era. */
const second = 1_000_000_000n
const zeroSeconds = -62135596800n

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/

/** A moment to the nanosecond, seen at a fixed offset from UTC: Go's time.Time as far as records and tables need it. */
export class GoTime {
  /** Seconds since 1970 UTC, rounded down. */
  readonly unixSeconds: bigint
  /** 0 to 999,999,999. */
  readonly nanoseconds: number
  /** Minutes east of UTC. */
  readonly offset: number

  private constructor (unixSeconds: bigint, nanoseconds: number, offset: number) {
    this.unixSeconds = unixSeconds
    this.nanoseconds = nanoseconds
    this.offset = offset
  }

  /** Go's zero time. */
  static readonly zero = new GoTime(zeroSeconds, 0, 0)

  /**
   * A moment of the clock.
   *
   * @param milliseconds since 1970 UTC, as Date has them
   * @param nanoseconds what the clock knows beyond the millisecond: 0 to 999,999
   * @param offset minutes east of UTC that it is shown at
   */
  static fromDate (milliseconds: number, nanoseconds = 0, offset = 0): GoTime {
    const whole = BigInt(Math.floor(milliseconds / 1000))
    return new GoTime(whole, Math.floor(milliseconds - Number(whole) * 1000) * 1_000_000 + nanoseconds, offset)
  }

  /**
   * Reads RFC 3339, with any number of digits of a second (Go's time.RFC3339 and RFC3339Nano read the same).
   *
   * @throws {TimeError} `time`, in the words of time.Parse
   */
  static parseRfc3339 (text: string): GoTime {
    const match = rfc3339.exec(text)
    if (match === null) throw cannotParse(text)
    const [, year, month, day, hour, minute, secondOf, fraction = '', sign, hours = '0', minutes = '0'] = match
    const fields = [year, month, day, hour, minute, secondOf].map(Number)
    const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = fields
    refuseOutOfRange(text, { mo, d, h, mi, s, days: daysIn(y, mo) })
    if (Number(hours) > 24 || Number(minutes) > 60) throw cannotParse(text)
    const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
    return new GoTime(utcSeconds(y, mo, d) + BigInt(h * 3600 + mi * 60 + s - offset * 60), Number(fraction.slice(0, 9).padEnd(9, '0')), offset)
  }

  /** Whether it is Go's zero time, which stands for no time at all. */
  get isZero (): boolean {
    return this.unixSeconds === zeroSeconds && this.nanoseconds === 0
  }

  /** The order of two moments: negative, 0 or positive. */
  compare (other: GoTime): number {
    return this.unixSeconds < other.unixSeconds ? -1 : this.unixSeconds > other.unixSeconds ? 1 : this.nanoseconds - other.nanoseconds
  }

  /** The same moment in UTC. */
  utc (): GoTime {
    return new GoTime(this.unixSeconds, this.nanoseconds, 0)
  }

  /** The same moment, cut to whole seconds. */
  seconds (): GoTime {
    return new GoTime(this.unixSeconds, 0, this.offset)
  }

  /** Milliseconds since 1970 UTC, as Date has them. */
  milliseconds (): number {
    return Number(this.unixSeconds) * 1000 + Math.floor(this.nanoseconds / 1_000_000)
  }

  /** time.RFC3339: `2006-01-02T15:04:05Z`. */
  rfc3339 (): string {
    return `${this.#date()}T${this.#clock()}${this.#zone(':', 'Z')}`
  }

  /** time.RFC3339Nano, which is how encoding/json writes a time: as rfc3339, with the digits of the second that are not zero. */
  rfc3339Nano (): string {
    return `${this.#date()}T${this.#clock()}${this.#fraction()}${this.#zone(':', 'Z')}`
  }

  /** time.ANSIC: `Mon Jan _2 15:04:05 2006`. */
  ansiC (): string {
    const wall = this.#wall()
    return `${weekdays[wall.getUTCDay()] ?? ''} ${months[wall.getUTCMonth()] ?? ''} ${String(wall.getUTCDate()).padStart(2)} ${this.#clock()} ${this.#year()}`
  }

  /** What Time.String prints: `2006-01-02 15:04:05.999999999 -0700 MST`. A zone that has only an offset has it for a name, too. */
  string (): string {
    const zone = this.#zone('', '+0000')
    return `${this.#date()} ${this.#clock()}${this.#fraction()} ${zone} ${this.offset === 0 ? 'UTC' : zone}`
  }

  /** The clock on the wall at the offset, as a Date whose UTC fields are read. */
  #wall (): Date {
    return new Date((Number(this.unixSeconds) + this.offset * 60) * 1000)
  }

  #year (): string {
    return String(this.#wall().getUTCFullYear()).padStart(4, '0')
  }

  #date (): string {
    const wall = this.#wall()
    return `${this.#year()}-${two(wall.getUTCMonth() + 1)}-${two(wall.getUTCDate())}`
  }

  #clock (): string {
    const wall = this.#wall()
    return `${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}:${two(wall.getUTCSeconds())}`
  }

  #fraction (): string {
    return this.nanoseconds === 0 ? '' : `.${String(this.nanoseconds).padStart(9, '0').replace(/0+$/, '')}`
  }

  #zone (separator: string, utc: string): string {
    if (this.offset === 0) return utc
    const minutes = Math.abs(this.offset)
    return `${this.offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`
  }
}

interface Fields {
  readonly mo: number
  readonly d: number
  readonly h: number
  readonly mi: number
  readonly s: number
  readonly days: number
}

function refuseOutOfRange (text: string, { mo, d, h, mi, s, days }: Fields): void {
  const faults: Array<[boolean, string]> = [
    [mo < 1 || mo > 12, 'month'], [d < 1 || d > days, 'day'], [h > 23, 'hour'], [mi > 59, 'minute'], [s > 59, 'second']
  ]
  const fault = faults.find(([wrong]) => wrong)
  if (fault !== undefined) throw new TimeError('time', `parsing time ${quote(text)}: ${fault[1]} out of range`)
}

function cannotParse (text: string): TimeError {
  return new TimeError('time', `parsing time ${quote(text)} as "2006-01-02T15:04:05Z07:00": cannot parse ${quote(text)} as "2006"`)
}

function daysIn (year: number, month: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month, 0)
  return date.getUTCDate()
}

function utcSeconds (year: number, month: number, day: number): bigint {
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return BigInt(date.getTime() / 1000)
}

function two (number: number): string {
  return String(number).padStart(2, '0')
}

const units: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n], ['us', 1_000n], ['µs', 1_000n], ['μs', 1_000n], ['ms', 1_000_000n], ['s', second], ['m', 60n * second], ['h', 3600n * second]
])
const maxDuration = (1n << 63n) - 1n

/**
 * Reads a duration such as `300ms`, `-1.5h` or `2h45m` (time.ParseDuration).
 *
 * @returns nanoseconds
 * @throws {TimeError} `duration`, in Go's words
 */
export function parseDuration (text: string): bigint {
  const negative = text.startsWith('-')
  let rest = /^[+-]/.test(text) ? text.slice(1) : text
  if (rest === '0') return 0n
  if (rest === '') throw badDuration('invalid duration', text)
  let sum = 0n
  while (rest !== '') {
    const match = /^(\d*)(?:\.(\d*))?/.exec(rest)
    const [digits = '', whole = '', fraction = ''] = match ?? []
    if (whole === '' && fraction === '') throw badDuration('invalid duration', text)
    const name = /^[^.\d]*/.exec(rest.slice(digits.length))?.[0] ?? ''
    if (name === '') throw badDuration('missing unit in duration', text)
    const unit = units.get(name)
    if (unit === undefined) throw badDuration(`unknown unit ${quote(name)} in duration`, text)
    // Go adds a fraction in float64: digits beyond its precision are dropped, as here beyond the eighteenth.
    const decimals = fraction.slice(0, 18)
    sum += BigInt(whole === '' ? '0' : whole) * unit + BigInt(decimals === '' ? '0' : decimals) * unit / 10n ** BigInt(decimals.length)
    if (sum > maxDuration + (negative ? 1n : 0n)) throw badDuration('invalid duration', text)
    rest = rest.slice(digits.length + name.length)
  }
  return negative ? -sum : sum
}

function badDuration (complaint: string, text: string): TimeError {
  return new TimeError('duration', `time: ${complaint} ${quote(text)}`)
}

/**
 * Writes a duration as Duration.String does: `5m0s`, `1.5s`, `300ms`, `0s`.
 *
 * @param nanoseconds the duration
 */
export function formatDuration (nanoseconds: bigint): string {
  const sign = nanoseconds < 0n ? '-' : ''
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (size === 0n) return '0s'
  if (size < 1_000n) return `${sign}${size}ns`
  if (size < 1_000_000n) return `${sign}${decimal(size, 1_000n)}µs`
  if (size < second) return `${sign}${decimal(size, 1_000_000n)}ms`
  const minutes = size / (60n * second)
  const seconds = `${decimal(size % (60n * second), second)}s`
  if (minutes === 0n) return sign + seconds
  return minutes < 60n ? `${sign}${minutes}m${seconds}` : `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`
}

/** A quotient with as many decimals as it has. */
function decimal (size: bigint, unit: bigint): string {
  const rest = size % unit
  if (rest === 0n) return String(size / unit)
  return `${size / unit}.${String(rest).padStart(String(unit).length - 1, '0').replace(/0+$/, '')}`
}
