/** go-yaml v2 folds at the first single space beyond this column. */
const bestWidth = 80

/** Where a scalar is written: the column of its first character, and what its further lines are indented by. */
export interface Position {
  readonly column: number
  readonly indent: number
  /** Whether it may be folded: a simple key may not, and go-yaml v3 folds nothing. */
  readonly foldable: boolean
}

const breaks = /[\n\u2028\u2029]/

/**
 * A plain scalar, folded.
 *
 * @param text a text without line breaks
 * @param position where it stands
 * @returns what to write
 */
export function writePlain (text: string, position: Position): string {
  if (!position.foldable || position.column + text.length <= bestWidth + 1) return text
  let out = ''
  let start = 0
  // The column of a character at index i is i + offset.
  let offset = position.column
  for (let i = text.indexOf(' '); i >= 0; i = text.indexOf(' ', i + 1)) {
    if (i + offset <= bestWidth || text.charCodeAt(i + 1) === 0x20 || text.charCodeAt(i - 1) === 0x20) continue
    out += `${text.slice(start, i)}\n${' '.repeat(position.indent)}`
    start = i + 1
    offset = position.indent - start
  }
  return out + text.slice(start)
}

/**
 * A single-quoted scalar, folded.
 *
 * @param text a text whose only line breaks are U+2028 and U+2029
 * @param position where it stands
 * @returns what to write, with its quotes
 */
export function writeSingle (text: string, position: Position): string {
  let out = "'"
  let column = position.column + 1
  let afterSpace = false
  let afterBreak = false
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i)
    if (character === ' ' && position.foldable && !afterSpace && column > bestWidth && i > 0 && i < text.length - 1 && text.charAt(i + 1) !== ' ') {
      out += `\n${' '.repeat(position.indent)}`
      column = position.indent
      afterSpace = true
      continue
    }
    if (character === '\u2028' || character === '\u2029') {
      out += character
      column = 0
      afterBreak = true
      continue
    }
    if (afterBreak && character !== ' ') {
      out += ' '.repeat(Math.max(position.indent - column, 0))
      column = Math.max(position.indent, column)
      afterBreak = false
    }
    out += character === "'" ? "''" : character
    column += character === "'" ? 2 : 1
    afterSpace = character === ' '
  }
  return `${out}'`
}

/**
 * A double-quoted scalar, escaped and folded.
 *
 * @param text any text
 * @param position where it stands
 * @returns what to write, with its quotes
 */
export function writeDouble (text: string, position: Position): string {
  let out = '"'
  let column = position.column + 1
  let afterSpace = false
  // libyaml looks for the byte-order mark at the start of the text whichever character it is at: all are escaped then.
  const escapeAll = text.startsWith('\ufeff')
  const characters = Array.from(text)
  for (const [i, character] of characters.entries()) {
    if (character !== ' ' || escapeAll) {
      const written = escapeAll || mustEscape(character) ? escape(character.codePointAt(0) ?? 0) : character
      out += written
      column += written.length
      afterSpace = false
    } else if (position.foldable && !afterSpace && column > bestWidth && i > 0 && i < characters.length - 1) {
      out += `\n${' '.repeat(position.indent)}${characters[i + 1] === ' ' ? '\\' : ''}`
      column = position.indent + (characters[i + 1] === ' ' ? 1 : 0)
      afterSpace = true
    } else {
      out += ' '
      column++
      afterSpace = true
    }
  }
  return `${out}"`
}

/**
 * A literal block scalar.
 *
 * @param text a text with line breaks
 * @param indent what its lines are indented by
 * @returns what to write; it ends with a line break when the text does
 */
export function writeLiteral (text: string, indent: number): string {
  const padding = ' '.repeat(indent)
  let out = `|${/^[ \n\u2028\u2029]/.test(text) ? '2' : ''}${chomping(text)}\n`
  let start = 0
  while (start < text.length) {
    const end = endOfLine(text, start)
    if (end > start) out += padding + text.slice(start, end)
    out += text.charAt(end)
    start = end + 1
  }
  return out
}

function endOfLine (text: string, start: number): number {
  for (let i = start; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === 0x0a || unit === 0x2028 || unit === 0x2029) return i
  }
  return text.length
}

/** `-` when no line break ends the text, `+` when more than one does. */
function chomping (text: string): string {
  if (!breaks.test(text.slice(-1))) return '-'
  return text.length === 1 || breaks.test(text.slice(-2, -1)) ? '+' : ''
}

function mustEscape (character: string): boolean {
  return /["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/.test(character) || character.length > 1
}

const escapes: ReadonlyMap<number, string> = new Map([
  [0x00, '\\0'], [0x07, '\\a'], [0x08, '\\b'], [0x09, '\\t'], [0x0a, '\\n'], [0x0b, '\\v'], [0x0c, '\\f'], [0x0d, '\\r'], [0x1b, '\\e'],
  [0x22, '\\"'], [0x5c, '\\\\'], [0x85, '\\N'], [0xa0, '\\_'], [0x2028, '\\L'], [0x2029, '\\P']
])

function escape (rune: number): string {
  const known = escapes.get(rune)
  if (known !== undefined) return known
  if (rune <= 0xff) return `\\x${hex(rune, 2)}`
  return rune <= 0xffff ? `\\u${hex(rune, 4)}` : `\\U${hex(rune, 8)}`
}

function hex (rune: number, width: number): string {
  return rune.toString(16).toUpperCase().padStart(width, '0')
}
