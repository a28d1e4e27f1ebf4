import { isBlank, isBreak, type YamlCursor } from './cursor.js'

/**
 * Passes line breaks and the blanks around them within a scalar, and gives what they stand for: one break is a space, more are one less.
 *
 * @param cursor at a line break; then at the first character that is neither blank nor break
 * @param leastColumn a tab before this column is no white space but an indentation gone wrong
 * @returns the text in their place
 * @throws {YamlError} for such a tab
 */
export function takeFold (cursor: YamlCursor, leastColumn: number): string {
  const first = cursor.takeBreak()
  const rest = takeBreaks(cursor, leastColumn)
  if (first !== '\n') return first + rest
  return rest === '' ? ' ' : rest
}

/**
 * Passes blanks and line breaks, and gives the breaks.
 *
 * @param cursor anywhere; then at the first character that is neither blank nor break
 * @param leastColumn as in `takeFold`
 * @returns the breaks
 * @throws {YamlError} for a tab before `leastColumn`
 */
export function takeBreaks (cursor: YamlCursor, leastColumn: number): string {
  let breaks = ''
  for (;;) {
    const unit = cursor.unit()
    if (isBreak(unit)) {
      breaks += cursor.takeBreak()
    } else if (isBlank(unit)) {
      if (unit === 0x09 && cursor.column < leastColumn) throw cursor.problem('found a tab character that violates indentation')
      cursor.at++
    } else {
      return breaks
    }
  }
}
