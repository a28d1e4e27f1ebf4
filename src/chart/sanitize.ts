/** A text that is clean already, as most are. */
const clean = /^[ -~]*$/

/** Turns every white space into a space and drops what Go's unicode.IsPrint does not print, as Helm does with a chart's metadata. */
export function sanitizeString (text: string): string {
  return clean.test(text) ? text : text.replace(/\p{White_Space}/gu, ' ').replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '')
}
