import { formatFloat } from './strconv.js'
import { GoObject } from './value.js'

/** A Go complex128: only a constant of a template can make one. */
export class Complex extends GoObject {
  readonly goType = 'complex128'
  readonly goKind = 'complex128'
  readonly real: number
  readonly imaginary: number

  /**
   * @param real the real part
   * @param imaginary the imaginary part
   */
  constructor (real: number, imaginary: number) {
    super()
    this.real = real
    this.imaginary = imaginary
  }

  override field (): undefined {
    return undefined
  }

  /** Such as `(1+2i)`. */
  override string (): string {
    const imaginary = formatFloat(this.imaginary, 'g', -1)
    const sign = imaginary.startsWith('-') || imaginary.startsWith('+') ? '' : '+'
    return `(${formatFloat(this.real, 'g', -1)}${sign}${imaginary}i)`
  }
}
