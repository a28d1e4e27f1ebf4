import { parseInt } from '../go/strconv.js'
import { StrconvError } from '../go/errors.js'
import { int, int64 } from '../go/value.js'
import { define, variadic, type FunctionTable } from './define.js'
import { SprigError } from './errors.js'
import { toFloat64, toInt64 } from './numbers.js'
import { ints } from './typed.js'

/** The longest list that a count given by a template makes. Go has no limit but its memory. */
const maxItems = 1_000_000

/** Sprig's conversions to numbers, and the lists that are made of numbers. */
export const castFunctions: FunctionTable = new Map([
  ['atoi', define(['string'], text => int(atoi(text)))],
  ['int', define(['any'], value => int(toInt64(value)))],
  ['int64', define(['any'], value => int64(toInt64(value)))],
  ['float64', define(['any'], value => toFloat64(value))],
  ['until', define(['int'], count => ints(untilStep(0, count, count < 0 ? -1 : 1)))],
  ['untilStep', define(['int', 'int', 'int'], (start, stop, step) => ints(untilStep(start, stop, step)))],
  ['seq', variadic([], 'int', (...params) => seq(params).join(' '))]
])

function atoi (text: string): bigint {
  try {
    return parseInt(text, 10, 'Atoi')
  } catch (error) {
    // Sprig drops the error and keeps what strconv.Atoi gave: the limit of the range when the number was too large.
    if (error instanceof StrconvError) return error.code === 'range' ? (text.startsWith('-') ? -(2n ** 63n) : 2n ** 63n - 1n) : 0n
    throw error
  }
}

/** From `start` towards `stop`, which is left out; nothing when the step leads away from it. */
function untilStep (start: number, stop: number, step: number): number[] {
  const count = stop < start ? (step < 0 ? Math.ceil((stop - start) / step) : 0) : (step > 0 ? Math.ceil((stop - start) / step) : 0)
  if (count > maxItems) throw new SprigError('limit', `a list of ${count} items is longer than a template may make (${maxItems})`)
  return Array.from({ length: count }, (_, i) => start + i * step)
}

/** The command of the same name: `last`, `first last` or `first step last`, each included. */
function seq (params: readonly number[]): number[] {
  const [a = 0, b = 0, c = 0] = params
  switch (params.length) {
    case 1:
      return inclusive(1, a, a < 1 ? -1 : 1)
    case 2:
      return inclusive(a, b, b < a ? -1 : 1)
    case 3:
      return c < a && b > 0 ? [] : inclusive(a, c, b)
    default:
      return []
  }
}

function inclusive (start: number, end: number, step: number): number[] {
  return untilStep(start, end + (end < start ? -1 : 1), step)
}
