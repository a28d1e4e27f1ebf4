import { GoObject, Int } from '../../go/value.js'
import { SchemaError } from './errors.js'

/** The longest number, and the greatest exponent, that is reckoned with: far beyond a float64, and cheap. */
const maxDigits = 5000

/** A number of a JSON text, as it was written: Go's json.Number. */
export class JsonNumber extends GoObject {
  readonly goType = 'json.Number'
  readonly goKind = 'string'
  readonly text: string
  #rational: Rational | undefined
  #decimal: string | undefined

  constructor (text: string) {
    super()
    this.text = text
  }

  field (): undefined {}

  override string (): string {
    return this.text
  }

  /** Its value in the one way of writing it. */
  get decimal (): string {
    this.#decimal ??= plainDecimal(this.text)
    return this.#decimal
  }

  /** Its value. @throws {SchemaError} too-complex */
  get rational (): Rational {
    this.#rational ??= Rational.parse(this.text)
    return this.#rational
  }
}

/**
 * The one way to write a decimal number that all its ways have in common: digits without zeros around them, and a power of ten.
 *
 * @param text a decimal number, with an exponent or without
 */
export function plainDecimal (text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = decimal.exec(text) ?? []
  const digits = whole + fraction
  let start = 0
  while (digits.charAt(start) === '0') start++
  let end = digits.length
  while (end > start && digits.charAt(end - 1) === '0') end--
  return start === end ? '0' : `${sign}${digits.slice(start, end)}e${Number(exponent) - fraction.length + digits.length - end}`
}

const decimal = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** An exact number: limits and multiples are compared as they are written, not as binary fractions. */
export class Rational {
  readonly numerator: bigint
  /** Greater than 0. */
  readonly denominator: bigint
  /** The nearest float64, for printing. */
  readonly float: number

  constructor (numerator: bigint, denominator: bigint, float: number) {
    this.numerator = numerator
    this.denominator = denominator
    this.float = float
  }

  /**
   * @param text a decimal number, with an exponent or without
   * @throws {SchemaError} too-complex, when it has thousands of digits
   */
  static parse (text: string): Rational {
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = decimal.exec(text) ?? []
    const shift = Number(exponent) - fraction.length
    if (text.length > maxDigits || Math.abs(shift) > maxDigits) {
      throw new SchemaError('too-complex', `unable to validate schema: the number ${text.slice(0, 40)} has more than ${maxDigits} digits`)
    }
    const digits = BigInt(sign + whole + fraction)
    const power = 10n ** BigInt(Math.abs(shift))
    return shift < 0 ? new Rational(digits, power, Number(text)) : new Rational(digits * power, 1n, Number(text))
  }

  /** The number of a value: a float64 counts as its shortest decimal does. @throws {SchemaError} too-complex */
  static of (value: number | Int | JsonNumber): Rational {
    if (value instanceof JsonNumber) return value.rational
    if (value instanceof Int) return new Rational(value.value, 1n, Number(value.value))
    return Number.isSafeInteger(value) ? new Rational(BigInt(value), 1n, value) : Rational.parse(String(value))
  }

  /** Less than 0, 0, or greater than 0. */
  compare (other: Rational): number {
    const left = this.numerator * other.denominator
    const right = other.numerator * this.denominator
    return left < right ? -1 : left > right ? 1 : 0
  }

  /** Whether it has no fraction: 5.0 has none. */
  isInteger (): boolean {
    return this.numerator % this.denominator === 0n
  }

  /** @throws {SchemaError} invalid-schema, for multiples of 0 */
  isMultipleOf (other: Rational): boolean {
    if (other.numerator === 0n) throw new SchemaError('invalid-schema', 'unable to validate schema: division by zero')
    return (this.numerator * other.denominator) % (this.denominator * other.numerator) === 0n
  }
}
