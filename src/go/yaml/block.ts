import { isBlank, isBreak, isBreakOrEnd, type YamlCursor } from './cursor.js'

const plus = 0x2b
const minus = 0x2d

interface Header {
  readonly chomping: 'strip' | 'clip' | 'keep'
  /** The indentation that it names, or 0. */
  readonly increment: number
}

/**
 * Scans a block scalar.
 *
 * @param cursor at `|` or `>`; then at the first line that is not its own
 * @param parentIndent the column of the enclosing collection, -1 outside any
 * @returns its text
 * @throws {YamlError} when its header is malformed or a tab indents it
 */
export function scanBlock (cursor: YamlCursor, parentIndent: number): string {
  const folded = cursor.unit() === 0x3e
  cursor.at++
  const { chomping, increment } = scanHeader(cursor)
  const named = increment === 0 ? 0 : Math.max(parentIndent, 0) + increment
  let { breaks, indent } = scanEmptyLines(cursor, named, parentIndent)
  let text = ''
  let ending = ''
  let afterBlank = false
  while (cursor.column === indent && cursor.unit() !== 0) {
    const startsBlank = isBlank(cursor.unit())
    const folds = folded && !afterBlank && !startsBlank && ending === '\n'
    text += (folds ? breaks === '' ? ' ' : '' : ending) + breaks
    afterBlank = startsBlank
    text += takeLine(cursor)
    ending = isBreak(cursor.unit()) ? cursor.takeBreak() : ''
    breaks = scanEmptyLines(cursor, indent, parentIndent).breaks
  }
  if (chomping === 'strip') return text
  return chomping === 'keep' ? text + ending + breaks : text + ending
}

function takeLine (cursor: YamlCursor): string {
  const from = cursor.at
  while (!isBreakOrEnd(cursor.unit())) cursor.at++
  return cursor.text.slice(from, cursor.at)
}

/** The chomping and indentation indicators in either order, and the rest of the line. */
function scanHeader (cursor: YamlCursor): Header {
  let chomping = takeChomping(cursor)
  const increment = takeIncrement(cursor)
  if (chomping === 'clip' && increment > 0) chomping = takeChomping(cursor)
  cursor.skipBlanks()
  cursor.skipComment()
  if (!isBreakOrEnd(cursor.unit())) throw cursor.problem('did not find expected comment or line break')
  if (isBreak(cursor.unit())) cursor.takeBreak()
  return { chomping, increment }
}

function takeChomping (cursor: YamlCursor): Header['chomping'] {
  const unit = cursor.unit()
  if (unit !== plus && unit !== minus) return 'clip'
  cursor.at++
  return unit === plus ? 'keep' : 'strip'
}

function takeIncrement (cursor: YamlCursor): number {
  const digit = cursor.unit() - 0x30
  if (!(digit >= 0 && digit <= 9)) return 0
  if (digit === 0) throw cursor.problem('found an indentation indicator equal to 0')
  cursor.at++
  return digit
}

/** Passes indentation and empty lines; without a known indentation, the deepest of them names it. */
function scanEmptyLines (cursor: YamlCursor, indent: number, parentIndent: number): { breaks: string, indent: number } {
  const limit = indent === 0 ? Infinity : indent
  let breaks = ''
  let deepest = 0
  for (;;) {
    while (cursor.unit() === 0x20 && cursor.column < limit) cursor.at++
    deepest = Math.max(deepest, cursor.column)
    if (cursor.unit() === 0x09 && cursor.column < limit) {
      throw cursor.problem('found a tab character where an indentation space is expected')
    }
    if (!isBreak(cursor.unit())) break
    breaks += cursor.takeBreak()
  }
  return { breaks, indent: indent === 0 ? Math.max(deepest, parentIndent + 1, 1) : indent }
}
