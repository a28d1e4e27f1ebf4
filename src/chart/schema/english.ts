import { formatFloat } from '../../go/strconv.js'
import type { Rational } from './number.js'

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/**
 * A count as golang.org/x/text prints `%d` in English: `12,345`.
 *
 * @param count a whole number
 */
export function englishCount (count: number): string {
  return grouped(String(count))
}

/**
 * A number as golang.org/x/text prints `%v` of a float64 in English: `1,234.5`, and from a million on `1.5×10⁰⁶`.
 *
 * @param number of which the nearest float64 is printed
 */
export function englishNumber ({ float }: Rational): string {
  if (!Number.isFinite(float)) return float < 0 ? '-∞' : '∞'
  const [mantissa = '', exponent] = formatFloat(float, 'g', -1).split('e')
  if (exponent === undefined) return grouped(mantissa)
  return `${mantissa}×10${exponent.replace('+', '').replace('-', '⁻').replace(/\d/g, digit => superscripts.charAt(Number(digit)))}`
}

function grouped (text: string): string {
  const [whole = '', fraction] = text.split('.')
  const commas = whole.replace(/\B(?=(?:\d{3})+$)/g, ',')
  return fraction === undefined ? commas : `${commas}.${fraction}`
}
