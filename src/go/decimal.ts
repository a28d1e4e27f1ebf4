/**
 * The digits of a float64: `0.d1d2d3… × 10^point`, as strconv's decimal keeps them. Zero has no digits and point 0.
 */
export interface Decimal {
  readonly digits: string
  readonly point: number
}

const zero: Decimal = { digits: '', point: 0 }

/**
 * The fewest digits that read back as the same float64.
 *
 * @param magnitude a finite number, 0 or more
 * @returns its shortest digits
 */
export function shortestDecimal (magnitude: number): Decimal {
  return magnitude === 0 ? zero : fromExponential(magnitude.toExponential())
}

/**
 * The fewest digits that read back as the same float32.
 *
 * @param magnitude a finite number that a float32 can hold exactly, 0 or more
 * @returns its shortest digits as a float32
 */
export function shortestDecimal32 (magnitude: number): Decimal {
  const exact = exactDecimal(magnitude)
  for (let count = 1; count < 9; count++) {
    const rounded = roundDecimal(exact, count)
    if (Math.fround(Number(`0.${rounded.digits}e${rounded.point}`)) === magnitude) return rounded
  }
  return roundDecimal(exact, 9)
}

/**
 * Every digit of a float64: no rounding at all (a float64 has at most 767 of them).
 *
 * @param magnitude a finite number, 0 or more
 * @returns its exact digits, without trailing zeros
 */
export function exactDecimal (magnitude: number): Decimal {
  if (magnitude === 0) return zero
  const { mantissa, exponent } = binaryParts(magnitude)
  const scaled = exponent >= 0 ? mantissa << BigInt(exponent) : mantissa * 5n ** BigInt(-exponent)
  const text = scaled.toString()
  return { digits: text.replace(/0+$/, ''), point: text.length + Math.min(exponent, 0) }
}

/**
 * A float64's significand and power of two: `magnitude = mantissa × 2^exponent`.
 *
 * @param magnitude a finite number, 0 or more
 * @returns a mantissa of up to 53 bits and its exponent, -1074 to 971
 */
export function binaryParts (magnitude: number): { mantissa: bigint, exponent: number } {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, magnitude)
  const bits = view.getBigUint64(0)
  const biased = Number(bits >> 52n) & 0x7ff
  const fraction = bits & 0xfffffffffffffn
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 }
}

/**
 * A decimal rounded to a number of digits, half to even, as strconv rounds exact digits.
 *
 * @param decimal exact digits
 * @param count how many digits to keep; 0 or less may still round up to one
 * @returns at most `count` digits, without trailing zeros
 */
export function roundDecimal (decimal: Decimal, count: number): Decimal {
  const { digits, point } = decimal
  if (count >= digits.length) return decimal
  if (count < 0) return zero
  const kept = digits.slice(0, count)
  if (!roundsUp(digits, count)) return trim(kept, point)
  const nines = /9*$/.exec(kept)?.[0].length ?? 0
  const stem = kept.slice(0, count - nines)
  if (stem === '') return { digits: '1', point: point + 1 }
  return { digits: stem.slice(0, -1) + String(Number(stem.slice(-1)) + 1), point }
}

function roundsUp (digits: string, count: number): boolean {
  const next = digits.charCodeAt(count)
  const half = 0x35
  if (next !== half || count + 1 < digits.length) return next >= half
  return count > 0 && digits.charCodeAt(count - 1) % 2 === 1
}

function trim (digits: string, point: number): Decimal {
  const trimmed = digits.replace(/0+$/, '')
  return trimmed === '' ? zero : { digits: trimmed, point }
}

function fromExponential (text: string): Decimal {
  const e = text.indexOf('e')
  const digits = text.slice(0, e).replace('.', '').replace(/0+$/, '')
  return { digits, point: Number(text.slice(e + 1)) + 1 }
}
