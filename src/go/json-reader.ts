import { encode, toValidUtf8 } from './bytes.js'
import { JsonError, JsonNumberError } from './errors.js'
import { maxDepth } from './limits.js'
import { quote } from './quote.js'
import type { Dict, List, Value } from './value.js'

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/** The start of a string that holds nothing to unescape, with its closing quote. */
const plainString = /[^\x00-\x1f"\\\ud800-\udfff]*"/y

/** Where a text ends within one of these, encoding/json complains of the space that it tries next. */
const withinToken = /literal (?!$)|numeric literal$|escape/
const space = 0x20

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'], ['\\', '\\'], ['/', '/'], ['b', '\b'], ['f', '\f'], ['n', '\n'], ['r', '\r'], ['t', '\t']
])

/** Reads one JSON text by recursive descent; its errors are those of encoding/json's scanner. */
export class JsonReader {
  readonly #text: string
  #at = 0
  #depth = 0
  /** A number that is no float64: reported only when the syntax turns out to be right, as Go checks that first. */
  #badNumber: string | undefined

  constructor (text: string) {
    this.#text = text
  }

  /**
   * The value.
   *
   * @throws {JsonError}
   */
  read (): Value {
    const value = this.#value()
    this.#space()
    if (this.#at < this.#text.length) throw this.#unexpected('after top-level value')
    if (this.#badNumber === undefined) return value
    throw new JsonNumberError(this.#badNumber, value)
  }

  #value (): Value {
    this.#space()
    switch (this.#text.charCodeAt(this.#at)) {
      case 0x7b: return this.#nested(() => this.#object())
      case 0x5b: return this.#nested(() => this.#array())
      case 0x22: return this.#string()
      case 0x74: return this.#literal('true', true)
      case 0x66: return this.#literal('false', false)
      case 0x6e: return this.#literal('null', null)
      default: return this.#number()
    }
  }

  #nested (read: () => Value): Value {
    if (++this.#depth > maxDepth) throw new JsonError('depth', this.#message('exceeded max depth'))
    this.#at++
    const value = read()
    this.#depth--
    return value
  }

  #object (): Dict {
    const dict: Dict = new Map()
    this.#space()
    if (this.#takes(0x7d)) return dict
    for (;;) {
      this.#space()
      if (this.#text.charCodeAt(this.#at) !== 0x22) throw this.#unexpected('looking for beginning of object key string')
      const key = this.#string()
      this.#space()
      if (!this.#takes(0x3a)) throw this.#unexpected('after object key')
      dict.set(key, this.#value())
      this.#space()
      if (this.#takes(0x7d)) return dict
      if (!this.#takes(0x2c)) throw this.#unexpected('after object key:value pair')
    }
  }

  #array (): List {
    const list: List = []
    this.#space()
    if (this.#takes(0x5d)) return list
    for (;;) {
      list.push(this.#value())
      this.#space()
      if (this.#takes(0x5d)) return list
      if (!this.#takes(0x2c)) throw this.#unexpected('after array element')
    }
  }

  #string (): string {
    const start = ++this.#at
    plainString.lastIndex = start
    if (plainString.test(this.#text)) {
      this.#at = plainString.lastIndex
      return this.#text.slice(start, this.#at - 1)
    }
    return this.#escapedString()
  }

  #escapedString (): string {
    let out = ''
    let start = this.#at
    for (;; this.#at++) {
      const unit = this.#text.charCodeAt(this.#at)
      if (unit === 0x22) break
      if (unit === 0x5c) {
        out += this.#text.slice(start, this.#at) + this.#escape()
        start = this.#at + 1
      } else if (!(unit >= 0x20)) {
        throw this.#unexpected('in string literal')
      }
    }
    out += this.#text.slice(start, this.#at++)
    return toValidUtf8(out)
  }

  /** Reads an escape, up to its last character. */
  #escape (): string {
    const kind = this.#text.charAt(++this.#at)
    if (kind === 'u') return String.fromCharCode(this.#codeUnit())
    const character = escapes.get(kind)
    if (character === undefined) throw this.#unexpected('in string escape code')
    return character
  }

  /** A surrogate without its other half becomes U+FFFD when the string is complete. */
  #codeUnit (): number {
    let unit = 0
    for (let i = 0; i < 4; i++) {
      const digit = Number.parseInt(this.#text.charAt(++this.#at), 16)
      if (Number.isNaN(digit)) throw this.#unexpected('in \\u hexadecimal character escape')
      unit = unit * 16 + digit
    }
    return unit
  }

  #literal (word: string, value: Value): Value {
    for (let i = 1; i < word.length; i++) {
      this.#at++
      const expected = word.charAt(i)
      if (this.#text.charAt(this.#at) !== expected) throw this.#unexpected(`in literal ${word} (expecting '${expected}')`)
    }
    this.#at++
    return value
  }

  #number (): number | null {
    number.lastIndex = this.#at
    const literal = number.exec(this.#text)?.[0]
    if (literal === undefined) throw this.#badStart()
    this.#at += literal.length
    this.#checkEnd(literal)
    const value = Number(literal)
    if (Number.isFinite(value)) return value
    this.#badNumber ??= literal
    return null
  }

  #badStart (): JsonError {
    if (!this.#takes(0x2d)) return this.#unexpected('looking for beginning of value')
    return this.#unexpected('in numeric literal')
  }

  /** The pattern stops before a fraction or an exponent that lacks its digits. */
  #checkEnd (literal: string): void {
    const next = this.#text.charAt(this.#at)
    if (next === '.' && !/[.eE]/.test(literal)) {
      this.#at++
      throw this.#unexpected('after decimal point in numeric literal')
    }
    if ((next === 'e' || next === 'E') && !/[eE]/.test(literal)) {
      this.#at += /[+-]/.test(this.#text.charAt(this.#at + 1)) ? 2 : 1
      throw this.#unexpected('in exponent of numeric literal')
    }
  }

  #space (): void {
    for (;; this.#at++) {
      const unit = this.#text.charCodeAt(this.#at)
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return
    }
  }

  #takes (unit: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== unit) return false
    this.#at++
    return true
  }

  #unexpected (context: string): JsonError {
    const ended = this.#at >= this.#text.length && !withinToken.test(context)
    return new JsonError('syntax', ended ? 'unexpected end of JSON input' : this.#message(context))
  }

  /** Go names the byte, not the character, that it stumbled over. */
  #message (context: string): string {
    const byte = encode(this.#text.slice(this.#at, this.#at + 2))[0] ?? space
    const shown = byte === 0x27 ? "'\\''" : byte === 0x22 ? "'\"'" : `'${quote(String.fromCharCode(byte)).slice(1, -1)}'`
    return `invalid character ${shown} ${context}`
  }
}
