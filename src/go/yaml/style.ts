import { resolvesToOther } from './scalar.js'

/** How a scalar is written. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal'

/** A text that is a plain scalar whatever stands around it, and no YAML 1.1 word or number: the common case, told by one look. */
const bare = /^[A-EG-MP-SU-XZa-eg-mp-su-xz_/][\w\-./]*$/

/** What libyaml calls a break; CR and NEL are also special and so never written raw. */
const breakPattern = /[\n\r\x85\u2028\u2029]/

/** What must be escaped: not printable in libyaml's sense, which leaves out everything beyond U+FFFF. v2 takes the tab for such a character. */
const specialButTab = /[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]/
const special = /[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]/

/** `---` and `...` would end a document; the other characters start something else than a plain scalar. */
const badStart = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t]|$))/

/** A colon before white space would make a key, a hash after it a comment. */
const badInside = /:(?:[ \t]|$)|[ \t\n\r\x85\u2028\u2029\x00]#/

const spaceBeforeBreak = / [\n\u2028\u2029]/
const spaceAfterBreak = /[\u2028\u2029] /

/** YAML 1.1's numbers to the base 60, which go-yaml does not read but still quotes. */
const base60 = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/

/**
 * Chooses the style of a string as go-yaml and its emitter do.
 *
 * @param text valid text
 * @param simpleKey whether it is written as a simple key; the text then has no line break
 * @param tabs whether block scalars may hold tabs: go-yaml v3
 * @returns the style
 */
export function chooseStyle (text: string, simpleKey: boolean, tabs: boolean): ScalarStyle {
  if (bare.test(text)) return 'plain'
  if (text === '') return 'double'
  const wanted = text.includes('\n') ? 'literal' : resolvesToOther(text) || base60.test(text) ? 'double' : 'plain'
  if (wanted === 'double' || (tabs && wanted === 'literal' ? specialButTab : special).test(text)) return 'double'
  if (spaceBeforeBreak.test(text)) return 'double'
  if (wanted === 'literal') return simpleKey || text.endsWith(' ') ? 'double' : 'literal'
  if (isPlainAllowed(text)) return 'plain'
  return spaceAfterBreak.test(text) ? 'double' : 'single'
}

/**
 * Whether a text holds a line break, so that it cannot be a simple key.
 *
 * @param text any text
 * @returns true when it does
 */
export function isMultiline (text: string): boolean {
  return breakPattern.test(text)
}

function isPlainAllowed (text: string): boolean {
  return !badStart.test(text) && !badInside.test(text) && !text.startsWith(' ') && !text.endsWith(' ') && !isMultiline(text)
}
