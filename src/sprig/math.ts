import { formatValue } from '../go/fmt.js'
import { int64, type GoFunc, type Value } from '../go/value.js'
import { Decimal } from './decimal.js'
import { define, variadic, type FunctionTable } from './define.js'
import { SprigError } from './errors.js'
import { toFloat64, toInt64 } from './numbers.js'

/** Sprig's arithmetic. The plain functions are int64 after cutting each operand; those that end in f calculate in decimals. */
export const mathFunctions: FunctionTable = new Map([
  ['add1', define(['any'], value => wrapped(toInt64(value) + 1n))],
  ['add', variadic([], 'any', (...values) => wrapped(values.map(toInt64).reduce((a, b) => a + b, 0n)))],
  ['sub', define(['any', 'any'], (a, b) => wrapped(toInt64(a) - toInt64(b)))],
  ['div', define(['any', 'any'], (a, b) => wrapped(toInt64(a) / divisor(b)))],
  ['mod', define(['any', 'any'], (a, b) => wrapped(toInt64(a) % divisor(b)))],
  ['mul', variadic(['any'], 'any', (a, ...rest) => wrapped(rest.map(toInt64).reduce((x, y) => BigInt.asIntN(64, x * y), toInt64(a))))],
  ['max', variadic(['any'], 'any', (a, ...rest) => int64(rest.map(toInt64).reduce((x, y) => y > x ? y : x, toInt64(a))))],
  ['biggest', variadic(['any'], 'any', (a, ...rest) => int64(rest.map(toInt64).reduce((x, y) => y > x ? y : x, toInt64(a))))],
  ['min', variadic(['any'], 'any', (a, ...rest) => int64(rest.map(toInt64).reduce((x, y) => y < x ? y : x, toInt64(a))))],
  ['maxf', variadic(['any'], 'any', (a, ...rest) => Math.max(toFloat64(a), ...rest.map(toFloat64)))],
  ['minf', variadic(['any'], 'any', (a, ...rest) => Math.min(toFloat64(a), ...rest.map(toFloat64)))],
  ['add1f', define(['any'], value => calculate(value, [1], (a, b) => a.add(b)))],
  ['addf', variadic([], 'any', (...values) => calculate(0, values, (a, b) => a.add(b)))],
  ['subf', decimalFunction((a, b) => a.subtract(b))],
  ['mulf', decimalFunction((a, b) => a.multiply(b))],
  ['divf', decimalFunction((a, b) => a.divide(b))],
  ['ceil', define(['any'], value => Math.ceil(toFloat64(value)))],
  ['floor', define(['any'], value => Math.floor(toFloat64(value)))],
  ['round', variadic(['any', 'int'], 'float64', (value, places, roundOn = 0.5) => round(toFloat64(value), places, roundOn))],
  ['toDecimal', define(['any'], value => int64(octal(formatValue(value))))]
])

function wrapped (value: bigint): ReturnType<typeof int64> {
  return int64(BigInt.asIntN(64, value))
}

function divisor (value: Value): bigint {
  const by = toInt64(value)
  if (by === 0n) throw new SprigError('arithmetic', 'runtime error: integer divide by zero')
  return by
}

function calculate (first: Value, rest: readonly Value[], operate: (a: Decimal, b: Decimal) => Decimal): number {
  return rest.reduce<Decimal>((sum, value) => operate(sum, Decimal.from(toFloat64(value))), Decimal.from(toFloat64(first))).toNumber()
}

function decimalFunction (operate: (a: Decimal, b: Decimal) => Decimal): GoFunc {
  return variadic(['any'], 'any', (first, ...rest) => calculate(first, rest, operate))
}

/** Up when the fraction is `roundOn` or more, else down: so halves of negative numbers go down, and -2.6 becomes -3. */
function round (value: number, places: number, roundOn: number): number {
  const scale = powerOfTen(places)
  const scaled = scale * value
  const fraction = scaled - Math.trunc(scaled)
  return (fraction >= roundOn ? Math.ceil(scaled) : Math.floor(scaled)) / scale
}

/** Beyond this many places a float64 has no power of ten. */
const mostPlaces = 400

/**
 * Go's math.Pow with base 10: the mantissa, 0.625, is squared again and again, rounded each time, and the powers of two are counted beside it.
 * It is exact up to 10^22.
 */
function powerOfTen (places: number): number {
  let mantissa = 1
  let exponent = 0
  let square = 0.625
  let squareExponent = 4
  for (let rest = Math.min(Math.abs(places), mostPlaces); rest > 0; rest = Math.trunc(rest / 2)) {
    if (rest % 2 === 1) {
      mantissa *= square
      exponent += squareExponent
    }
    square *= square
    squareExponent *= 2
    if (square < 0.5) {
      square *= 2
      squareExponent--
    }
  }
  return places < 0 ? timesPowerOfTwo(1 / mantissa, -exponent) : timesPowerOfTwo(mantissa, exponent)
}

/** In two steps, since the power of two alone may be more than a float64 holds. */
function timesPowerOfTwo (value: number, exponent: number): number {
  const half = Math.trunc(exponent / 2)
  return value * 2 ** half * 2 ** (exponent - half)
}

/** Unix octal digits; 0 when they are none or too large. */
function octal (text: string): bigint {
  const match = /^([+-]?)([0-7]+)$/.exec(text)
  if (match === null) return 0n
  const magnitude = BigInt(`0o${match[2] ?? '0'}`)
  const value = match[1] === '-' ? -magnitude : magnitude
  return BigInt.asIntN(64, value) === value ? value : 0n
}
