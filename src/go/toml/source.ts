import { TomlError } from '../errors.js'
import { quote } from '../quote.js'

/** The text of a TOML document, read character by character, with Go's idea of which line an error stands on. */
export class TomlSource {
  readonly #text: string
  readonly #lastKey: () => string
  #position = 0
  #line = 1
  #atEnd = false

  /**
   * @param text the document, without a byte order mark
   * @param lastKey the key that is being read, for errors; empty for none
   */
  constructor (text: string, lastKey: () => string) {
    this.#text = text
    this.#lastKey = lastKey
  }

  /** Where the next character stands, to be handed to `since`. */
  get position (): number {
    return this.#position
  }

  /** The line of the next character, from 1. */
  get line (): number {
    return this.#line
  }

  /** What was read from a position on. */
  since (start: number): string {
    return this.#text.slice(start, this.#position)
  }

  /**
   * Reads a character.
   *
   * @returns it; the empty text at the end
   * @throws {TomlError} code `syntax` for a byte that is no UTF-8, a control character, and a carriage return without a line feed
   */
  next (): string {
    const code = this.#text.codePointAt(this.#position)
    if (code === undefined) {
      this.#atEnd = true
      return ''
    }
    if (code === 0x0a) this.#line++
    if (code >= 0xdc80 && code <= 0xdcff) throw this.errorAt(this.#line, `invalid UTF-8 byte: 0x${hex(code - 0xdc00)}`)
    if (isControl(code) || (code === 0x0d && this.#text.charAt(this.#position + 1) !== '\n')) {
      throw this.errorAt(this.#line, `TOML files cannot contain control characters: '0x${hex(code)}'`)
    }
    const character = String.fromCodePoint(code)
    this.#position += character.length
    return character
  }

  /** Takes the last character back; after the end, only that. */
  back (): void {
    if (this.#atEnd) {
      this.#atEnd = false
      return
    }
    this.#position--
    const unit = this.#text.charCodeAt(this.#position)
    if (unit >= 0xdc00 && unit <= 0xdfff) this.#position--
    if (unit === 0x0a) this.#line--
  }

  /** The next character, unread. */
  peek (): string {
    const character = this.next()
    this.back()
    return character
  }

  /** Reads the next character if it is this one. */
  accept (character: string): boolean {
    if (this.next() === character) return true
    this.back()
    return false
  }

  /** Reads spaces and tabs. */
  skipBlanks (): void {
    while (isBlank(this.next()));
    this.back()
  }

  /** Reads the rest of a comment, up to the end of its line. */
  skipComment (): void {
    for (let character = this.next(); character !== '' && !isLineEnd(character);) character = this.next()
    this.back()
  }

  /** An error here; at the end of a document that ends with a line feed, it is said to be on the line before. */
  error (message: string): TomlError {
    const afterLineFeed = this.#atEnd && this.#text.charAt(this.#position - 1) === '\n'
    return this.errorAt(afterLineFeed ? this.#line - 1 : this.#line, message)
  }

  /** An error at the end of the line before. */
  errorBefore (message: string): TomlError {
    return this.errorAt(this.#line - 1, message)
  }

  /** An error in an escape sequence; at the end it is said to be on the line before. */
  escapeError (message: string): TomlError {
    return this.errorAt(this.#atEnd ? this.#line - 1 : this.#line, message)
  }

  /** An error on a line. */
  errorAt (line: number, message: string): TomlError {
    const key = this.#lastKey()
    return new TomlError('syntax', `toml: line ${line}${key === '' ? '' : ` (last key ${quote(key)})`}: ${message}`)
  }
}

/** Whether a character is a space or a tab. */
export function isBlank (character: string): boolean {
  return character === ' ' || character === '\t'
}

/** Whether a character ends a line. */
export function isLineEnd (character: string): boolean {
  return character === '\n' || character === '\r'
}

function isControl (code: number): boolean {
  return code === 0x7f || (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d)
}

function hex (value: number): string {
  return value.toString(16).padStart(2, '0')
}
