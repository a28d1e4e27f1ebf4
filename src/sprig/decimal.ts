import { SprigError } from './errors.js'

/** Digits after the point that a division is rounded to (shopspring/decimal's DivisionPrecision). */
const divisionPlaces = 16

/** A decimal number of any size: `coefficient × 10^exponent`. Sprig's `addf` and its siblings calculate with it, so that 1.1 + 2.2 is 3.3. */
export class Decimal {
  readonly coefficient: bigint
  readonly exponent: number

  private constructor (coefficient: bigint, exponent: number) {
    this.coefficient = coefficient
    this.exponent = exponent
  }

  /**
   * @param value a float64
   * @returns its shortest decimal form, exactly
   * @throws {SprigError} when it is infinite or not a number
   */
  static from (value: number): Decimal {
    if (!Number.isFinite(value)) {
      const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
      throw new SprigError('arithmetic', `Cannot create a Decimal from ${name}`)
    }
    const [digits = '0', exponent = '0'] = value.toExponential().split('e')
    const fraction = digits.split('.')[1]?.length ?? 0
    return new Decimal(BigInt(digits.replace('.', '')), Number(exponent) - fraction)
  }

  /** @param other what to add @returns the exact sum */
  add (other: Decimal): Decimal {
    const exponent = Math.min(this.exponent, other.exponent)
    return new Decimal(this.#at(exponent) + other.#at(exponent), exponent)
  }

  /** @param other what to take away @returns the exact difference */
  subtract (other: Decimal): Decimal {
    return this.add(new Decimal(-other.coefficient, other.exponent))
  }

  /** @param other what to multiply with @returns the exact product */
  multiply (other: Decimal): Decimal {
    return new Decimal(this.coefficient * other.coefficient, this.exponent + other.exponent)
  }

  /**
   * @param other what to divide by
   * @returns the quotient, rounded to 16 places, halves away from zero
   * @throws {SprigError} when it is zero
   */
  divide (other: Decimal): Decimal {
    if (other.coefficient === 0n) throw new SprigError('arithmetic', 'decimal division by 0')
    const shift = this.exponent - other.exponent + divisionPlaces
    const dividend = this.coefficient * power(Math.max(shift, 0))
    const divisor = other.coefficient * power(Math.max(-shift, 0))
    const quotient = dividend / divisor
    const rest = dividend % divisor
    const roundsAway = absolute(rest) * 2n >= absolute(divisor)
    const sign = (dividend < 0n) === (divisor < 0n) ? 1n : -1n
    return new Decimal(roundsAway ? quotient + sign : quotient, -divisionPlaces)
  }

  /** @returns the nearest float64 */
  toNumber (): number {
    return Number(`${this.coefficient}e${this.exponent}`)
  }

  #at (exponent: number): bigint {
    return this.coefficient * power(this.exponent - exponent)
  }
}

function power (exponent: number): bigint {
  return 10n ** BigInt(exponent)
}

function absolute (value: bigint): bigint {
  return value < 0n ? -value : value
}
