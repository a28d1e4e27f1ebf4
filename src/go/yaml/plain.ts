import { isBlank, isBreak, isSpaceOrEnd, type YamlCursor } from './cursor.js'
import { takeFold } from './fold.js'

/** Where a plain scalar stands. */
export interface PlainContext {
  /** Whether it stands between brackets or braces. */
  readonly flow: boolean
  /** The least column of its further lines in a block. */
  readonly indent: number
}

/** A plain scalar's text, and whether the cursor has gone on to another line. */
export interface PlainScalar {
  readonly text: string
  readonly newLine: boolean
}

/**
 * Scans a plain scalar.
 *
 * @param cursor at its first character; then where the next token may start
 * @param context where it stands
 * @returns its text, folded
 * @throws {YamlError} when a tab stands where only spaces may indent
 */
export function scanPlain (cursor: YamlCursor, context: PlainContext): PlainScalar {
  let text = ''
  let fold = ''
  let newLine = false
  let lineFrom = cursor.at
  let lineTo = cursor.at
  while (cursor.unit() !== 0x23 && !cursor.atDocumentMark()) {
    const from = cursor.at
    skipWord(cursor, context.flow)
    if (cursor.at > from) {
      if (newLine) {
        text += cursor.text.slice(lineFrom, lineTo) + fold
        lineFrom = from
        newLine = false
      }
      lineTo = cursor.at
    }
    if (!isBlank(cursor.unit()) && !isBreak(cursor.unit())) break
    cursor.skipBlanks()
    if (isBreak(cursor.unit())) {
      fold = takeFold(cursor, context.indent)
      newLine = true
    }
    if (!context.flow && cursor.column < context.indent) break
  }
  return { text: text + cursor.text.slice(lineFrom, lineTo), newLine }
}

/** Passes characters up to white space, a colon before white space, or in flow an indicator. */
function skipWord (cursor: YamlCursor, flow: boolean): void {
  const text = cursor.text
  let at = cursor.at
  for (;; at++) {
    const unit = text.charCodeAt(at)
    if (unit > 0x5d && unit < 0x7b) continue
    if (isSpaceOrEnd(unit)) break
    if (unit === 0x3a && isSpaceOrEnd(text.charCodeAt(at + 1))) break
    if (flow && isFlowIndicator(unit)) break
  }
  cursor.at = at
}

/** `,`, `?`, `[`, `]`, `{` and `}`. */
function isFlowIndicator (unit: number): boolean {
  return unit === 0x2c || unit === 0x3f || unit === 0x5b || unit === 0x5d || unit === 0x7b || unit === 0x7d
}
