import { formatArgument } from './fmt-value.js'
import type { Format } from './fmt-number.js'
import { GoObject, Int, type Value } from './value.js'

/** Go's bound on a width or a precision. */
const tooLarge = 1_000_000

interface Flags { plus: boolean, minus: boolean, sharp: boolean, space: boolean, zero: boolean }

/** Walks one format of Sprintf, taking its arguments as the verbs ask for them. */
export class FormatReader {
  readonly #format: string
  readonly #args: readonly Value[]
  #at = 0
  #next = 0
  #reordered = false
  /** Whether an index like `[3]` stands right before the reader. */
  #afterIndex = false
  #goodIndex = true

  constructor (format: string, args: readonly Value[]) {
    this.#format = format
    this.#args = args
  }

  more (): boolean {
    return this.#at < this.#format.length
  }

  /** The text up to the next percent sign. */
  literal (): string {
    const start = this.#at
    const percent = this.#format.indexOf('%', start)
    this.#at = percent < 0 ? this.#format.length : percent
    return this.#format.slice(start, this.#at)
  }

  /** The arguments that no verb took; none when the format chose arguments by index. */
  unused (): readonly Value[] {
    return this.#reordered ? [] : this.#args.slice(this.#next)
  }

  /** Reads the verb at the percent sign, and gives what it prints. */
  verb (): string {
    this.#at++
    this.#goodIndex = true
    const flags = this.#flags()
    this.#index()
    let complaint = ''
    const width = this.#width(flags)
    if (width.bad) complaint += '%!(BADWIDTH)'
    const precision = this.#precision()
    if (precision.bad) complaint += '%!(BADPREC)'
    if (!this.#afterIndex) this.#index()
    if (!this.more()) return `${complaint}%!(NOVERB)`
    return complaint + this.#print(this.#takeVerb(), flags, width.value, precision.value)
  }

  #print (verb: string, flags: Flags, width: number | undefined, precision: number | undefined): string {
    if (verb === '%') return '%'
    if (!this.#goodIndex) return `%!${verb}(BADINDEX)`
    const arg = this.#args[this.#next]
    if (arg === undefined) return `%!${verb}(MISSING)`
    this.#next++
    return formatArgument(arg, verb, toFormat(flags, verb, width, precision))
  }

  #flags (): Flags {
    const flags: Flags = { plus: false, minus: false, sharp: false, space: false, zero: false }
    for (; this.more(); this.#at++) {
      switch (this.#format.charAt(this.#at)) {
        case '#': flags.sharp = true; break
        case '0': flags.zero = true; break
        case '+': flags.plus = true; break
        case '-': flags.minus = true; break
        case ' ': flags.space = true; break
        default: return flags
      }
    }
    return flags
  }

  #width (flags: Flags): { value: number | undefined, bad: boolean } {
    if (!this.#takes('*')) {
      const value = this.#number(this.#format.length)
      if (this.#afterIndex && value !== undefined) this.#goodIndex = false
      return { value, bad: false }
    }
    this.#afterIndex = false
    const value = this.#integerArgument()
    if (value === undefined || value >= 0) return { value, bad: value === undefined }
    flags.minus = true
    flags.zero = false
    return { value: -value, bad: false }
  }

  #precision (): { value: number | undefined, bad: boolean } {
    // A point that ends the format is no precision but a verb that is missing.
    if (this.#at + 1 >= this.#format.length || !this.#takes('.')) return { value: undefined, bad: false }
    if (this.#afterIndex) this.#goodIndex = false
    this.#index()
    if (!this.#takes('*')) return { value: this.#number(this.#format.length) ?? 0, bad: false }
    this.#afterIndex = false
    const value = this.#integerArgument()
    return value === undefined || value < 0 ? { value: undefined, bad: true } : { value, bad: false }
  }

  /** The integer that a `*` takes; undefined when the argument is none, is missing or is too large. */
  #integerArgument (): number | undefined {
    const arg = this.#args[this.#next]
    if (arg === undefined) return undefined
    this.#next++
    // A named type of an integer kind, such as a duration, is an integer, too.
    const integer = arg instanceof GoObject && /^u?int/.test(arg.goKind) ? arg.jsonValue() : arg
    if (!(integer instanceof Int)) return undefined
    const value = Number(integer.value)
    return Math.abs(value) > tooLarge ? undefined : value
  }

  /** An explicit argument index, `[n]`. */
  #index (): void {
    this.#afterIndex = false
    if (this.#format.charAt(this.#at) !== '[') return
    this.#reordered = true
    const close = this.#format.indexOf(']', this.#at)
    if (close < 0 || this.#format.length - this.#at < 3) {
      this.#at++
      this.#goodIndex = false
      return
    }
    this.#at++
    const number = this.#number(close)
    const wellFormed = number !== undefined && this.#at === close
    this.#at = close + 1
    this.#afterIndex = wellFormed
    if (wellFormed && number >= 1 && number <= this.#args.length) this.#next = number - 1
    else this.#goodIndex = false
  }

  /** Decimal digits; a number too large swallows the rest, as in Go. */
  #number (end: number): number | undefined {
    let value: number | undefined
    for (; this.#at < end; this.#at++) {
      const digit = this.#format.charCodeAt(this.#at) - 0x30
      if (digit < 0 || digit > 9) break
      if (value !== undefined && value > tooLarge) {
        this.#at = end
        return undefined
      }
      value = (value ?? 0) * 10 + digit
    }
    return value
  }

  #takes (character: string): boolean {
    if (this.#format.charAt(this.#at) !== character) return false
    this.#at++
    return true
  }

  #takeVerb (): string {
    const rune = this.#format.codePointAt(this.#at) ?? 0
    this.#at += rune > 0xffff ? 2 : 1
    return rune >= 0xdc80 && rune <= 0xdcff ? '\ufffd' : String.fromCodePoint(rune)
  }
}

function toFormat (flags: Flags, verb: string, width: number | undefined, precision: number | undefined): Format {
  const isV = verb === 'v' || verb === 'w'
  return {
    ...flags,
    sharp: flags.sharp && !isV,
    plus: flags.plus && !isV,
    sharpV: flags.sharp && isV,
    plusV: flags.plus && isV,
    width,
    precision,
    plain: width === undefined && precision === undefined && !flags.sharp && !flags.plus && !flags.minus && !flags.space && !flags.zero
  }
}
