/**
 * A table as Helm prints it: each cell padded to its column's width, a TAB after it, the last column padded too, a newline after each row.
 *
 * @param rows the header first; every row has the same number of cells
 * @param maxWidth where a longer cell is cut and ends in `...` (0: never)
 */
export function table (rows: readonly (readonly string[])[], maxWidth = 0): string {
  const cut = rows.map(row => row.map(cell => shorten(cell, maxWidth)))
  const widths = (cut[0] ?? []).map((_, column) => Math.max(...cut.map(row => width(row[column] ?? ''))))
  return cut.map(row => row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell))).join('\t') + '\n').join('')
}

function shorten (cell: string, maxWidth: number): string {
  const runes = Array.from(cell)
  return maxWidth === 0 || runes.length <= maxWidth ? cell : runes.slice(0, Math.max(0, maxWidth - 3)).join('') + '...'
}

function width (cell: string): number {
  return Array.from(cell).length
}
