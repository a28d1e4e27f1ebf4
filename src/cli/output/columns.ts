/** Letters that take two columns on a terminal: East Asian wide and fullwidth ones, and emoji. */
const wide = /^[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u

/** Letters that take none: those that stand above or below others, and what is not shown. */
const none = /^[\p{Mn}\p{Me}\p{Cc}\p{Cf}]/u

/**
 * How many columns a text takes on a terminal, as Helm's tables count them (go-runewidth).
 *
 * @param text any text
 */
export function textWidth (text: string): number {
  let width = 0
  for (const letter of text) width += letterWidth(letter)
  return width
}

/**
 * A table as Helm prints it (gosuri/uitable): each cell padded to its column's width, columns apart by a TAB, a newline after each
 * row. A cell of several lines makes a row of several; one wider than its column, all its lines
 * counted as one, is cut and ends in `...`.
 *
 * @param rows all of the same length; the header, if any, first
 * @param maxWidth of a column; 0 for any
 */
export function columns (rows: readonly (readonly string[])[], maxWidth = 0): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map(row => columnWidth(row[i] ?? '', maxWidth))))
  return rows.map(row => rowText(row, widths)).join('')
}

function columnWidth (cell: string, maxWidth: number): number {
  const width = Math.max(...cell.split('\n').map(textWidth))
  return maxWidth === 0 ? width : Math.min(width, maxWidth)
}

function rowText (row: readonly string[], widths: readonly number[]): string {
  const cells = row.map((cell, i) => fit(cell, widths[i] ?? 0).split('\n'))
  const height = Math.max(1, ...cells.map(lines => lines.length))
  const lines = Array.from({ length: height }, (_, y) => cells.map((cell, i) => fit(cell[y] ?? ' ', widths[i] ?? 0)).join('\t') + '\n')
  return lines.join('')
}

/** A text made exactly as wide as its column: padded, or cut after at least one letter. */
function fit (text: string, width: number): string {
  const taken = textWidth(text)
  if (width === 0 || taken === width) return text
  if (taken < width) return text + ' '.repeat(width - taken)
  let kept = ''
  let used = 0
  for (const letter of text) {
    kept += letter
    if (used + letterWidth(letter) >= width - 3) break
    used += letterWidth(letter)
  }
  return `${kept}...`
}

function letterWidth (letter: string): number {
  if (none.test(letter)) return 0
  return wide.test(letter) ? 2 : 1
}
