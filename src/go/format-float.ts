import { binaryParts, exactDecimal, roundDecimal, shortestDecimal, shortestDecimal32, type Decimal } from './decimal.js'

/** strconv's float formats: `b` is a binary exponent, `x` hexadecimal; upper case prints upper case. */
export type FloatFormat = 'b' | 'e' | 'E' | 'f' | 'g' | 'G' | 'x' | 'X'

/**
 * A float as text (strconv.FormatFloat).
 *
 * @param n any number, also NaN and the infinities (`NaN`, `+Inf`, `-Inf`)
 * @param format the form
 * @param precision digits after the point (`e`, `f`, `x`) or digits in all (`g`); -1 for the fewest that read back the same.
 *   The caller bounds it: Go's fmt takes no precision above 1,000,000
 * @returns the text; rounding is half to even on the exact value
 */
export function formatFloat (n: number, format: FloatFormat, precision: number): string {
  if (!Number.isFinite(n)) return Number.isNaN(n) ? 'NaN' : n > 0 ? '+Inf' : '-Inf'
  if (precision < 0 && format === 'g') return formatShortest(n)
  const sign = n < 0 || Object.is(n, -0) ? '-' : ''
  const magnitude = Math.abs(n)
  if (format === 'b') return sign + formatBinary(magnitude)
  if (format === 'x' || format === 'X') return sign + cased(formatHex(magnitude, precision), format)
  return sign + cased(layOut(digitsFor(magnitude, format, precision), format, precision), format)
}

/**
 * A float32 as text, with the fewest digits that read back the same (strconv.FormatFloat with 'g', -1, 32).
 *
 * @param n any number; it is rounded to a float32 first
 * @returns the text
 */
export function formatFloat32 (n: number): string {
  const single = Math.fround(n)
  if (!Number.isFinite(single)) return formatFloat(single, 'g', -1)
  const sign = single < 0 || Object.is(single, -0) ? '-' : ''
  return sign + layOutShortest(shortestDecimal32(Math.abs(single)))
}

/** `%v` of a float. */
function formatShortest (n: number): string {
  const magnitude = Math.abs(n)
  // Within these bounds JavaScript prints the same shortest digits, and no exponent.
  if (magnitude < 1e6 && magnitude >= 1e-4) return String(n)
  if (n === 0) return Object.is(n, -0) ? '-0' : '0'
  return (n < 0 ? '-' : '') + layOutShortest(shortestDecimal(magnitude))
}

/** strconv's 'g' with precision -1: an exponent below -4, and from six digits on. */
function layOutShortest (decimal: Decimal): string {
  const { digits, point } = decimal
  const exponent = point - 1
  if (digits !== '' && (exponent < -4 || exponent >= 6)) return exponential(decimal, digits.length - 1)
  return fixed(decimal, Math.max(digits.length - point, 0))
}

function digitsFor (magnitude: number, format: FloatFormat, precision: number): Decimal {
  if (precision < 0) return shortestDecimal(magnitude)
  const exact = exactDecimal(magnitude)
  if (format === 'f') return roundDecimal(exact, exact.point + precision)
  return roundDecimal(exact, format === 'g' || format === 'G' ? Math.max(precision, 1) : precision + 1)
}

function layOut (decimal: Decimal, format: FloatFormat, precision: number): string {
  const { digits, point } = decimal
  if (format === 'f') return fixed(decimal, precision < 0 ? Math.max(digits.length - point, 0) : precision)
  if (format === 'e' || format === 'E') return exponential(decimal, precision < 0 ? Math.max(digits.length - 1, 0) : precision)
  if (precision < 0) return layOutShortest(decimal)
  const wanted = Math.max(precision, 1)
  const limit = wanted > digits.length && digits.length >= point ? digits.length : wanted
  const exponent = digits === '' ? 0 : point - 1
  if (digits !== '' && (exponent < -4 || exponent >= limit)) return exponential(decimal, digits.length - 1)
  return fixed(decimal, Math.max(digits.length - point, 0))
}

function fixed (decimal: Decimal, places: number): string {
  const { digits, point } = decimal
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  if (places === 0) return whole
  const fraction = point >= 0 ? digits.slice(point) : '0'.repeat(Math.min(-point, places)) + digits
  return `${whole}.${fraction.slice(0, places).padEnd(places, '0')}`
}

function exponential (decimal: Decimal, places: number): string {
  const { digits, point } = decimal
  const first = digits.charAt(0) || '0'
  const fraction = places > 0 ? `.${digits.slice(1, places + 1).padEnd(places, '0')}` : ''
  const exponent = digits === '' ? 0 : point - 1
  return `${first}${fraction}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

function formatBinary (magnitude: number): string {
  const { mantissa, exponent } = binaryParts(magnitude)
  return `${String(mantissa)}p${exponent < 0 ? '' : '+'}${exponent}`
}

/** `0x1.8p+01`: one digit before the point, always 1 but for zero, and the exponent in decimal. */
function formatHex (magnitude: number, precision: number): string {
  let { mantissa, exponent } = binaryParts(magnitude)
  if (mantissa === 0n) return `0x0${precision > 0 ? `.${'0'.repeat(precision)}` : ''}p+00`
  // 53 bits below the leading one would not divide into hex digits: 60 bits of fraction do.
  const shift = 61 - mantissa.toString(2).length
  mantissa <<= BigInt(shift)
  exponent += 60 - shift
  if (precision >= 0 && precision < 15) {
    mantissa = roundBits(mantissa, BigInt(60 - precision * 4))
    if (mantissa >> 61n !== 0n) {
      mantissa >>= 1n
      exponent++
    }
  }
  const fraction = (mantissa & (2n ** 60n - 1n)).toString(16).padStart(15, '0')
  const shown = precision < 0 ? fraction.replace(/0+$/, '') : fraction.slice(0, precision).padEnd(precision, '0')
  const power = `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  return `0x1${shown === '' ? '' : `.${shown}`}p${power}`
}

function roundBits (mantissa: bigint, drop: bigint): bigint {
  const kept = mantissa >> drop
  const rest = mantissa - (kept << drop)
  const half = 1n << (drop - 1n)
  return (rest > half || (rest === half && kept % 2n === 1n) ? kept + 1n : kept) << drop
}

function cased (text: string, format: FloatFormat): string {
  return format === 'E' || format === 'G' || format === 'X' ? text.toUpperCase() : text
}
