import { englishNumber } from '../english.js'
import { isNumeric } from '../instance.js'
import { Rational } from '../number.js'
import type { Check } from '../node.js'
import type { KeywordReader } from './keyword-reader.js'

/** A limit that a number keeps or not. */
interface Limit {
  readonly keyword: string
  readonly wanted: Rational
  /** Steps that reckoning with so many digits takes. */
  readonly steps: number
  readonly holds: (number: Rational, wanted: Rational) => boolean
}

/** The keywords for numbers. In every draft `exclusiveMaximum: true` makes `maximum` exclusive. */
export function numberChecks (keywords: KeywordReader): Check[] {
  if (!keywords.has('validation')) return []
  const limits = limitsOf(keywords)
  if (limits.length === 0) return []
  return [frame => {
    const { value } = frame
    if (!isNumeric(value)) return
    const number = Rational.of(value)
    for (const { keyword, wanted, steps, holds } of limits) {
      frame.run.budget.spend(steps)
      if (!holds(number, wanted)) frame.fail(() => `${keyword}: got ${englishNumber(number)}, want ${englishNumber(wanted)}`)
    }
  }]
}

function limitsOf (keywords: KeywordReader): Limit[] {
  const minimum = bounds(keywords, 'minimum', 'exclusiveMinimum')
  const maximum = bounds(keywords, 'maximum', 'exclusiveMaximum')
  const limits: ReadonlyArray<readonly [string, Rational | undefined, Limit['holds']]> = [
    ['minimum', minimum.inclusive, (number, wanted) => number.compare(wanted) >= 0],
    ['maximum', maximum.inclusive, (number, wanted) => number.compare(wanted) <= 0],
    ['exclusiveMinimum', minimum.exclusive, (number, wanted) => number.compare(wanted) > 0],
    ['exclusiveMaximum', maximum.exclusive, (number, wanted) => number.compare(wanted) < 0],
    ['multipleOf', keywords.number('multipleOf'), (number, wanted) => number.isMultipleOf(wanted)]
  ]
  return limits.flatMap(([keyword, wanted, holds]) => wanted === undefined ? [] : [{ keyword, wanted, steps: digitsOf(wanted) >> 6, holds }])
}

function digitsOf ({ numerator, denominator }: Rational): number {
  return numerator.toString(16).length + denominator.toString(16).length
}

function bounds (keywords: KeywordReader, plain: string, exclusive: string): { inclusive: Rational | undefined, exclusive: Rational | undefined } {
  const bound = keywords.number(plain)
  if (keywords.flag(exclusive) === true) return { inclusive: undefined, exclusive: bound }
  return { inclusive: bound, exclusive: keywords.number(exclusive) }
}
