import { parseFloat, parseInt } from '../go/strconv.js'
import { StrconvError } from '../go/errors.js'
import { Int, type Value } from '../go/value.js'

const minInt64 = -(2n ** 63n)

/**
 * spf13/cast's ToInt64, which Sprig puts before all its whole-number arithmetic.
 *
 * @param value any value; text in Go's literal forms (`0x1F`, `010`, `1_000`), with zero decimals (`1.0`) or without
 * @returns the number, cut towards zero; 0 for what cannot be read
 */
export function toInt64 (value: Value): bigint {
  if (value instanceof Int) return BigInt.asIntN(64, value.value)
  if (typeof value === 'number') return floatToInt64(value)
  if (typeof value === 'string') return readOr(0n, () => parseInt(trimZeroDecimal(value), 0))
  return value === true ? 1n : 0n
}

/**
 * spf13/cast's ToFloat64.
 *
 * @param value any value; text in Go's literal forms
 * @returns the number; 0 for what cannot be read
 */
export function toFloat64 (value: Value): number {
  if (typeof value === 'number') return value
  if (value instanceof Int) return Number(value.value)
  if (typeof value === 'string') return readOr(0, () => parseFloat(value))
  return value === true ? 1 : 0
}

/** What amd64 makes of a float64 that no int64 can hold is the smallest int64. */
function floatToInt64 (value: number): bigint {
  if (!(value >= -(2 ** 63) && value < 2 ** 63)) return minInt64
  return BigInt(Math.trunc(value))
}

/** Takes away a decimal point that only zeros follow. */
function trimZeroDecimal (text: string): string {
  return /\.0+$/.test(text) ? text.slice(0, text.lastIndexOf('.')) : text
}

function readOr<T> (otherwise: T, read: () => T): T {
  try {
    return read()
  } catch (error) {
    // Not a number: Sprig gives zero, on purpose, for everything that cast cannot read.
    if (error instanceof StrconvError) return otherwise
    throw error
  }
}
