/** The elements of Go's layouts: pieces of the reference time Mon Jan 2 15:04:05 MST 2006. */
const elements = new RegExp([
  'January', 'Jan(?![a-z])', 'Monday', 'Mon(?![a-z])', 'MST', '0[1-6]', '002', '15', '1', '2006', '2', '_2(?!006)', '__2', '3', '4', '5', 'PM', 'pm',
  '[-Z]07(?:0000|:00:00|00|:00|)', '[.,]0+(?!\\d)', '[.,]9+(?!\\d)'
].join('|'), 'g')

/** A piece of a layout: literal text, then an element; the last piece has none. */
export interface LayoutPiece {
  readonly literal: string
  /** Such as `2006`, `Jan` or `.000`; empty at the end. */
  readonly element: string
}

/** Months as Go names them. */
export const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const

/** Days of the week, Sunday first. */
export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

/**
 * Cuts a layout into its elements and what stands between them.
 *
 * @param layout such as `2006-01-02T15:04:05Z07:00`
 * @returns the pieces in order
 */
export function layoutPieces (layout: string): LayoutPiece[] {
  const pieces: LayoutPiece[] = []
  let end = 0
  for (const match of layout.matchAll(elements)) {
    pieces.push({ literal: layout.slice(end, match.index), element: match[0] })
    end = match.index + match[0].length
  }
  return [...pieces, { literal: layout.slice(end), element: '' }]
}
