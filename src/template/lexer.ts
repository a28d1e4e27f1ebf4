import { sprintf } from '../go/fmt.js'
import { quote } from '../go/strconv.js'
import { Int } from '../go/value.js'
import { keywordOf, type Token, type TokenKind } from './token.js'

const leftDelim = '{{'
const rightDelim = '}}'
const leftComment = '/*'
const rightComment = '*/'

/** A trim marker is a minus and the white space next to it. */
const trimMarkerLength = 2

/** What stands for a character beyond the end. */
const eof = -1

const replacementCharacter = 0xfffd

const closingBrace = 0x7d

/** 1 for each ASCII character that a name may hold: a table takes one step where comparisons take six. */
const nameUnits = Uint8Array.from({ length: 0x80 }, (_, unit) => /\w/.test(String.fromCharCode(unit)) ? 1 : 0)

const decimalDigits = '0123456789_'
const hexDigits = '0123456789abcdefABCDEF_'
const octalDigits = '01234567_'
const binaryDigits = '01_'

const letterOrDigit = /^[\p{L}\p{Nd}]$/u

/** Words that are keywords only while no function has the name. */
export interface LexerOptions {
  readonly breakIsKeyword: boolean
  readonly continueIsKeyword: boolean
}

/**
 * Splits a template's text into tokens: Go's text/template/parse lexer, state by state. Positions are indices into the text (UTF-16);
 * lines count from 1.
 */
export class Lexer {
  readonly #text: string
  readonly #options: LexerOptions
  #pos = 0
  #start = 0
  #startLine = 1
  /** The first line feed that is not counted yet; negative when there is none. */
  #lineFeed: number
  #insideAction = false
  #parenDepth = 0

  /**
   * @param text the whole template
   * @param options which words are keywords
   */
  constructor (text: string, options: LexerOptions) {
    this.#text = text
    this.#options = options
    this.#lineFeed = text.indexOf('\n')
  }

  /**
   * The next token.
   *
   * @returns kind `eof` at the end; kind `error` (text: Go's message) for what is no token, after which nothing useful follows
   */
  next (): Token {
    return this.#insideAction ? this.#lexInsideAction() : this.#lexText()
  }

  /** Text up to the next action; comments and white space trimmed away give no token. */
  #lexText (): Token {
    for (;;) {
      const delim = this.#text.indexOf(leftDelim, this.#pos)
      if (delim < 0) return this.#lexRest()
      const text = this.#takeText(delim)
      if (text !== undefined) return text
      const item = this.#lexLeftDelim()
      if (item !== undefined) return item
    }
  }

  #lexRest (): Token {
    this.#pos = this.#text.length
    return this.#take(this.#pos > this.#start ? 'text' : 'eof')
  }

  /** The text before an action, without the white space that a trim marker takes; undefined when nothing is left. */
  #takeText (delim: number): Token | undefined {
    const trims = this.#hasLeftTrimMarker(delim + leftDelim.length)
    this.#pos = trims ? this.#endWithoutSpace(delim) : delim
    const token = this.#pos > this.#start ? this.#take('text') : undefined
    this.#pos = delim
    this.#ignore()
    return token
  }

  #endWithoutSpace (end: number): number {
    let pos = end
    while (pos > this.#start && isSpace(this.#text.charCodeAt(pos - 1))) pos--
    return pos
  }

  /** The left delimiter; undefined when it opened a comment, which is then skipped. */
  #lexLeftDelim (): Token | undefined {
    this.#pos += leftDelim.length
    const marker = this.#hasLeftTrimMarker(this.#pos) ? trimMarkerLength : 0
    if (this.#text.startsWith(leftComment, this.#pos + marker)) {
      this.#pos += marker
      this.#ignore()
      return this.#skipComment()
    }
    const token = this.#take('leftDelim')
    this.#insideAction = true
    this.#parenDepth = 0
    this.#pos += marker
    this.#ignore()
    return token
  }

  /** Skips a comment; gives a token only for an error. */
  #skipComment (): Token | undefined {
    const close = this.#text.indexOf(rightComment, this.#pos + leftComment.length)
    if (close < 0) return this.#error('unclosed comment')
    this.#pos = close + rightComment.length
    const delim = this.#rightDelimAt(this.#pos)
    if (delim === 'none') return this.#error('comment ends before closing delimiter')
    this.#pos += rightDelim.length
    if (delim === 'trimming') this.#skipTrimmed(trimMarkerLength)
    this.#ignore()
    return undefined
  }

  #lexRightDelim (): Token {
    const trims = this.#rightDelimAt(this.#pos) === 'trimming'
    if (trims) {
      this.#pos += trimMarkerLength
      this.#ignore()
    }
    this.#pos += rightDelim.length
    const token = this.#take('rightDelim')
    if (trims) {
      this.#skipTrimmed(0)
      this.#ignore()
    }
    this.#insideAction = false
    return token
  }

  #skipTrimmed (marker: number): void {
    this.#pos += marker
    while (isSpace(this.#text.charCodeAt(this.#pos))) this.#pos++
  }

  #lexInsideAction (): Token {
    const unit = this.#text.charCodeAt(this.#pos)
    // Most characters begin no delimiter, and most are letters of names.
    if (nameUnits[unit] === 1 && !isDigit(unit)) return this.#lexIdentifier()
    if ((unit === closingBrace || isSpace(unit)) && this.#rightDelimAt(this.#pos) !== 'none') {
      return this.#parenDepth === 0 ? this.#lexRightDelim() : this.#error('unclosed left paren')
    }
    const rune = this.#peek()
    if (rune === eof) return this.#error('unclosed action')
    if (isSpace(rune)) return this.#lexSpace()
    if (isAlphaNumeric(rune) && !isDigit(rune)) return this.#lexIdentifier()
    if (isDigit(rune)) return this.#lexNumber()
    return this.#lexSign(rune)
  }

  /** What starts with neither a letter nor a digit. */
  #lexSign (rune: number): Token {
    switch (rune) {
      case 0x2e: return this.#lexPoint()
      case 0x2b: case 0x2d: return this.#lexNumber()
      case 0x22: return this.#lexQuoted(rune, 'string', 'unterminated quoted string')
      case 0x27: return this.#lexQuoted(rune, 'charConstant', 'unterminated character constant')
      case 0x60: return this.#lexRawQuote()
    }
    this.#advance(rune)
    switch (rune) {
      case 0x24: return this.#lexVariable()
      case 0x3d: return this.#take('assign')
      case 0x7c: return this.#take('pipe')
      case 0x3a: return this.#lexDeclare()
      case 0x28: return this.#lexLeftParen()
      case 0x29: return this.#lexRightParen()
    }
    if (rune > 0x20 && rune < 0x7f) return this.#take('char')
    return this.#error(`unrecognized character in action: ${describeRune(rune)}`)
  }

  /** A field, the dot, or a number such as `.5`; at the very end of the text Go takes a point for a number. */
  #lexPoint (): Token {
    const next = this.#text.charCodeAt(this.#pos + 1)
    if (Number.isNaN(next) || isDigit(next)) return this.#lexNumber()
    this.#pos++
    if (this.#atTerminator()) return this.#take('dot')
    return this.#lexName('field')
  }

  #lexVariable (): Token {
    return this.#atTerminator() ? this.#take('variable') : this.#lexName('variable')
  }

  #lexName (kind: 'field' | 'variable'): Token {
    const rune = this.#skipName()
    return this.#atTerminator() ? this.#take(kind) : this.#error(`bad character ${describeRune(rune)}`)
  }

  #lexIdentifier (): Token {
    const rune = this.#skipName()
    if (!this.#atTerminator()) return this.#error(`bad character ${describeRune(rune)}`)
    return this.#take(this.#wordKind(this.#text.slice(this.#start, this.#pos)))
  }

  #wordKind (word: string): TokenKind {
    const keyword = keywordOf(word)
    if (keyword === 'break' && !this.#options.breakIsKeyword) return 'identifier'
    if (keyword === 'continue' && !this.#options.continueIsKeyword) return 'identifier'
    if (keyword !== undefined) return keyword
    return word === 'true' || word === 'false' ? 'bool' : 'identifier'
  }

  /** Passes letters, digits and underscores; gives the character after them. */
  #skipName (): number {
    const text = this.#text
    let pos = this.#pos
    while (nameUnits[text.charCodeAt(pos)] === 1) pos++
    this.#pos = pos
    let rune = this.#peek()
    if (rune < 0x80) return rune
    while (isAlphaNumeric(rune)) {
      this.#advance(rune)
      rune = this.#peek()
    }
    return rune
  }

  #lexDeclare (): Token {
    if (this.#text.charAt(this.#pos) !== '=') return this.#error('expected :=')
    this.#pos++
    return this.#take('declare')
  }

  #lexLeftParen (): Token {
    this.#parenDepth++
    return this.#take('leftParen')
  }

  #lexRightParen (): Token {
    this.#parenDepth--
    return this.#parenDepth < 0 ? this.#error('unexpected right paren') : this.#take('rightParen')
  }

  /** White space between arguments; the last of it may belong to a trim marker. */
  #lexSpace (): Token {
    const first = this.#pos
    const text = this.#text
    let pos = first + 1
    while (isSpace(text.charCodeAt(pos))) pos++
    this.#pos = pos
    if (text.charCodeAt(pos) === 0x2d && this.#rightDelimAt(pos - 1) === 'trimming') {
      this.#pos--
      if (this.#pos === first) return this.#lexRightDelim()
    }
    return this.#take('space')
  }

  /** A string or a character constant: an escape hides the quote, a line feed ends it too soon. */
  #lexQuoted (quoteMark: number, kind: 'string' | 'charConstant', complaint: string): Token {
    const text = this.#text
    for (let i = this.#pos + 1; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit === quoteMark) {
        this.#pos = i + 1
        return this.#take(kind)
      }
      if (unit === 0x5c) i++
      if (text.charCodeAt(i) === 0x0a) break
    }
    return this.#error(complaint)
  }

  #lexRawQuote (): Token {
    const close = this.#text.indexOf('`', this.#pos + 1)
    if (close < 0) return this.#error('unterminated raw quoted string')
    this.#pos = close + 1
    return this.#take('rawString')
  }

  /** A number, or two that make a complex one. Whether the digits fit the base is left to the parser, as in Go. */
  #lexNumber (): Token {
    if (!this.#scanNumber()) return this.#badNumber()
    const sign = this.#text.charAt(this.#pos)
    if (sign !== '+' && sign !== '-') return this.#take('number')
    if (!this.#scanNumber() || this.#text.charAt(this.#pos - 1) !== 'i') return this.#badNumber()
    return this.#take('complex')
  }

  #badNumber (): Token {
    return this.#error(`bad number syntax: ${quote(this.#text.slice(this.#start, this.#pos))}`)
  }

  #scanNumber (): boolean {
    this.#accept('+-')
    const digits = this.#accept('0') ? this.#baseDigits() : decimalDigits
    this.#acceptRun(digits)
    if (this.#accept('.')) this.#acceptRun(digits)
    if (digits === decimalDigits && this.#accept('eE')) this.#scanExponent()
    if (digits === hexDigits && this.#accept('pP')) this.#scanExponent()
    this.#accept('i')
    const rune = this.#peek()
    if (!isAlphaNumeric(rune)) return true
    this.#advance(rune)
    return false
  }

  #baseDigits (): string {
    if (this.#accept('xX')) return hexDigits
    if (this.#accept('oO')) return octalDigits
    return this.#accept('bB') ? binaryDigits : decimalDigits
  }

  #scanExponent (): void {
    this.#accept('+-')
    this.#acceptRun(decimalDigits)
  }

  #accept (valid: string): boolean {
    if (this.#pos >= this.#text.length || !valid.includes(this.#text.charAt(this.#pos))) return false
    this.#pos++
    return true
  }

  #acceptRun (valid: string): void {
    while (this.#accept(valid));
  }

  /** Whether what follows may follow a name. */
  #atTerminator (): boolean {
    if (this.#pos >= this.#text.length) return true
    const unit = this.#text.charCodeAt(this.#pos)
    if (isSpace(unit)) return true
    switch (unit) {
      case 0x2e: case 0x2c: case 0x7c: case 0x3a: case 0x29: case 0x28: return true
      case closingBrace: return this.#text.charCodeAt(this.#pos + 1) === closingBrace
    }
    return false
  }

  #rightDelimAt (pos: number): 'none' | 'plain' | 'trimming' {
    const text = this.#text
    const unit = text.charCodeAt(pos)
    if (unit === closingBrace) return text.charCodeAt(pos + 1) === closingBrace ? 'plain' : 'none'
    if (isSpace(unit) && text.charCodeAt(pos + 1) === 0x2d && text.startsWith(rightDelim, pos + trimMarkerLength)) return 'trimming'
    return 'none'
  }

  #hasLeftTrimMarker (pos: number): boolean {
    return this.#text.charCodeAt(pos) === 0x2d && isSpace(this.#text.charCodeAt(pos + 1))
  }

  /** The character at the position, with its whole code point; a byte that is no UTF-8 counts as U+FFFD, as Go decodes it. */
  #peek (): number {
    if (this.#pos >= this.#text.length) return eof
    const rune = this.#text.codePointAt(this.#pos) ?? eof
    return rune >= 0xd800 && rune <= 0xdfff ? replacementCharacter : rune
  }

  #advance (rune: number): void {
    this.#pos += rune > 0xffff ? 2 : 1
  }

  #take (kind: TokenKind): Token {
    const start = this.#start
    const token = { kind, pos: start, text: kind === 'eof' ? 'EOF' : this.#text.slice(start, this.#pos), line: this.#startLine }
    this.#ignore()
    return token
  }

  /** Passes over what was read, counting its lines. */
  #ignore (): void {
    const pos = this.#pos
    this.#start = pos
    if (this.#lineFeed >= pos || this.#lineFeed < 0) return
    for (; this.#lineFeed >= 0 && this.#lineFeed < pos; this.#lineFeed = this.#text.indexOf('\n', this.#lineFeed + 1)) this.#startLine++
  }

  #error (message: string): Token {
    return { kind: 'error', pos: this.#start, text: message, line: this.#startLine }
  }
}

function isSpace (unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === 0x0a || unit === 0x0d
}

function isDigit (rune: number): boolean {
  return rune >= 0x30 && rune <= 0x39
}

function isAlphaNumeric (rune: number): boolean {
  if (rune < 0x80) return (rune >= 0x61 && rune <= 0x7a) || (rune >= 0x41 && rune <= 0x5a) || isDigit(rune) || rune === 0x5f
  return letterOrDigit.test(String.fromCodePoint(rune))
}

/** Go's `%#U`: `U+0023 '#'`. */
function describeRune (rune: number): string {
  return sprintf('%#U', new Int('int32', BigInt(rune)))
}
