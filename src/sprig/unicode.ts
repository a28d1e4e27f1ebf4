import { isDigit as isDigitCode, isLetter as isLetterCode } from '../go/unicode.js'

/**
 * Go's unicode package, as far as Sprig's functions need it. Go maps case rune by rune (never to more than one rune, never by context),
 * and a byte that is no UTF-8 becomes U+FFFD when a text is mapped.
 */

const space = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/u
const leadingSpace = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u
const trailingSpace = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/u

/**
 * @param rune one character
 * @returns whether Go's unicode.IsSpace holds
 */
export function isSpace (rune: string): boolean {
  return space.test(rune)
}

/**
 * Go's strings.TrimSpace. It takes time in proportion to the text, whatever the text is.
 *
 * @param text any text
 * @returns it without white space at both ends
 */
export function trimSpace (text: string): string {
  const start = leadingSpace.exec(text)?.[0].length ?? 0
  let end = text.length
  while (end > start && trailingSpace.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

/**
 * @param rune one character
 * @returns whether it is an upper-case letter (category Lu)
 */
export function isUpper (rune: string): boolean {
  return /^\p{Lu}$/u.test(rune)
}

/**
 * @param rune one character
 * @returns whether it is a lower-case letter (category Ll)
 */
export function isLower (rune: string): boolean {
  return /^\p{Ll}$/u.test(rune)
}

/**
 * @param rune one character
 * @returns whether it is a title-case letter (category Lt)
 */
export function isTitle (rune: string): boolean {
  return /^\p{Lt}$/u.test(rune)
}

/**
 * @param rune one character
 * @returns whether it is a letter (category L)
 */
export function isLetter (rune: string): boolean {
  return isLetterCode(rune.codePointAt(0) ?? 0)
}

/**
 * @param rune one character
 * @returns whether it is a decimal digit (category Nd)
 */
export function isDigit (rune: string): boolean {
  return isDigitCode(rune.codePointAt(0) ?? 0)
}

/**
 * @param rune one character
 * @returns whether it is a number (category N)
 */
export function isNumber (rune: string): boolean {
  return /^\p{N}$/u.test(rune)
}

/**
 * @param rune one character
 * @returns whether it is punctuation (category P)
 */
export function isPunct (rune: string): boolean {
  return /^\p{P}$/u.test(rune)
}

/**
 * @param rune one character
 * @returns its upper-case character, or itself when it has none of its own
 */
export function toUpper (rune: string): string {
  const upper = rune.toUpperCase()
  return isSingle(upper) ? upper : titleOfGreek(rune)
}

/**
 * @param rune one character
 * @returns its lower-case character, or itself when it has none
 */
export function toLower (rune: string): string {
  // The one letter whose lower case JavaScript writes with a combining dot.
  if (rune === '\u0130') return 'i'
  return rune.toLowerCase()
}

/**
 * @param rune one character
 * @returns its title-case character: the upper-case one but for the digraphs and Georgian
 */
export function toTitle (rune: string): string {
  const code = rune.codePointAt(0) ?? 0
  if (code >= 0x01c4 && code <= 0x01cc) return String.fromCodePoint(code <= 0x01c6 ? 0x01c5 : code <= 0x01c9 ? 0x01c8 : 0x01cb)
  if (code >= 0x01f1 && code <= 0x01f3) return '\u01f2'
  if ((code >= 0x10d0 && code <= 0x10fa) || (code >= 0x10fd && code <= 0x10ff)) return rune
  return toUpper(rune)
}

/**
 * Maps a text character by character, as Go's strings.Map does.
 *
 * @param text any text
 * @param map what becomes of one character
 * @returns the new text; a byte that is no UTF-8 is U+FFFD in it
 */
export function mapRunes (text: string, map: (rune: string) => string): string {
  let mapped = ''
  for (const rune of text) mapped += map(/^[\ud800-\udfff]$/u.test(rune) ? '\ufffd' : rune)
  return mapped
}

function isSingle (text: string): boolean {
  return text.length === 1 || (text.length === 2 && (text.codePointAt(0) ?? 0) > 0xffff)
}

/** Greek letters with iota subscript: their upper case is two characters in JavaScript, and one title-case character in Go. */
function titleOfGreek (rune: string): string {
  const code = rune.codePointAt(0) ?? 0
  if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return String.fromCodePoint(code + 9)
  const inBlock = (code >= 0x1f80 && code <= 0x1faf) && (code & 8) === 0
  return inBlock ? String.fromCodePoint(code + 8) : rune
}
