/**
 * A text of somebody else's as one line that a terminal only shows: line ends and tabs are blanks; control characters, those that turn the
 * direction of writing, and what else is not shown are told by a sign of their own.
 *
 * @param text any text
 */
export function plainLine (text: string): string {
  return text.replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ').trim().replace(/\p{C}/gu, '\ufffd')
}
