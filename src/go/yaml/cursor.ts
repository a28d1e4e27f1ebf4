import { YamlError } from '../errors.js'

/** Kinds of characters, as bits of a table over ASCII. */
const blankBit = 1
const breakBit = 2
const endBit = 4
const alphaBit = 8

const classes = new Uint8Array(0x100)
for (const character of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-') classes[character.charCodeAt(0)] = alphaBit
classes[0x20] = classes[0x09] = blankBit
classes[0x0a] = classes[0x0d] = classes[0x85] = breakBit
classes[0x00] = endBit

/**
 * Whether a code unit is a space or a tab.
 *
 * @param unit a UTF-16 code unit
 * @returns true for the two
 */
export function isBlank (unit: number): boolean {
  return unit === 0x20 || unit === 0x09
}

/**
 * Whether a code unit ends a line: LF, CR, NEL, LS or PS, as in YAML 1.1.
 *
 * @param unit a UTF-16 code unit
 * @returns true for these
 */
export function isBreak (unit: number): boolean {
  return unit < 0x100 ? classes[unit] === breakBit : unit === 0x2028 || unit === 0x2029
}

/**
 * Whether a code unit ends a line or the text.
 *
 * @param unit a UTF-16 code unit
 * @returns true for a break or the end
 */
export function isBreakOrEnd (unit: number): boolean {
  return unit === 0 || isBreak(unit)
}

/**
 * Whether a code unit is white space or ends the text: what must follow an indicator.
 *
 * @param unit a UTF-16 code unit
 * @returns true for a space, a tab, a break or the end
 */
export function isSpaceOrEnd (unit: number): boolean {
  return unit < 0x100 ? ((classes[unit] ?? 0) & (blankBit | breakBit | endBit)) !== 0 : unit === 0x2028 || unit === 0x2029
}

/**
 * Whether a code unit may stand in an anchor's name: ASCII letters, digits, `_` and `-`.
 *
 * @param unit a UTF-16 code unit
 * @returns true for these
 */
export function isNameUnit (unit: number): boolean {
  return unit < 0x100 && classes[unit] === alphaBit
}

/** A place in a text, with its line and column. */
export class YamlCursor {
  /** The text, with a NUL at its end so that looking ahead needs no bounds. */
  readonly text: string
  /** The index of the next code unit. */
  at = 0
  /** Counted from 0. */
  line = 0
  #lineStart = 0
  /** From here on the text holds what go-yaml's reader refuses, and why. */
  readonly #refused: { readonly from: number, readonly problem: string } | undefined

  /**
   * @param text the text without a byte-order mark
   * @param refused where reading fails, if it does
   */
  constructor (text: string, refused: { readonly from: number, readonly problem: string } | undefined) {
    this.text = `${text}\0\0\0\0`
    this.#refused = refused
  }

  get column (): number {
    return this.at - this.#lineStart
  }

  /** The code unit `offset` ahead; 0 at the end. */
  unit (offset = 0): number {
    return this.text.charCodeAt(this.at + offset)
  }

  /** Passes a line break, CR LF as one, and gives what it stands for in a scalar. */
  takeBreak (): string {
    const unit = this.unit()
    this.at += unit === 0x0d && this.unit(1) === 0x0a ? 2 : 1
    this.line++
    this.#lineStart = this.at
    return unit === 0x2028 || unit === 0x2029 ? String.fromCharCode(unit) : '\n'
  }

  /** Passes spaces and tabs. */
  skipBlanks (): void {
    while (isBlank(this.unit())) this.at++
  }

  /** Passes the rest of the line, if a comment starts here. */
  skipComment (): void {
    if (this.unit() !== 0x23) return
    while (!isBreakOrEnd(this.unit())) this.at++
  }

  /** The end of the text stands on a line of its own. */
  endLine (): void {
    if (this.column === 0) return
    this.line++
    this.#lineStart = this.at
  }

  /** Whether `---` or `...` stands here, at the start of a line. */
  atDocumentMark (): boolean {
    if (this.at !== this.#lineStart) return false
    const unit = this.unit()
    return (unit === 0x2d || unit === 0x2e) && this.unit(1) === unit && this.unit(2) === unit && isSpaceOrEnd(this.unit(3))
  }

  /**
   * Checks that reading has come this far.
   *
   * @throws {YamlError} when what go-yaml's reader refuses lies within what it would have read by now
   */
  checkRead (): void {
    if (this.#refused !== undefined && this.at + 3 >= this.#refused.from) throw new YamlError('syntax', `yaml: ${this.#refused.problem}`)
  }

  /**
   * A scanner's error at this place; go-yaml leaves the line out on the first one.
   *
   * @param problem what is wrong
   * @param code `depth` when it is not a mistake but a limit
   * @returns the error
   */
  problem (problem: string, code: 'syntax' | 'depth' = 'syntax'): YamlError {
    this.checkRead()
    return new YamlError(code, this.line === 0 ? `yaml: ${problem}` : `yaml: line ${this.line + 1}: ${problem}`)
  }
}
