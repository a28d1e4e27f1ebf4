import { encode } from './bytes.js'

/**
 * Quotes a text as Go's time package does in its messages: everything but printable ASCII byte by byte.
 *
 * @param text any text
 * @returns the text between double quotes
 */
export function quoteAscii (text: string): string {
  const body = text.replace(/["\\]/g, '\\$&').replace(/[^\x20-\x7f]/gu, character =>
    Array.from(encode(character), byte => `\\x${byte.toString(16).padStart(2, '0')}`).join(''))
  return `"${body}"`
}
