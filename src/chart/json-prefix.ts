import { unmarshalJson } from '../go/json.js'
import type { Value } from '../go/value.js'
import { ChartError } from './errors.js'

const literal = /^(?:true|false|null)/
const number = /^-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/

/**
 * Reads the JSON value that a text starts with, as encoding/json's Decoder does: what follows it is left alone.
 *
 * @param text a text that starts with no white space
 * @returns the value, and how many UTF-16 units of the text it takes
 * @throws {ChartError} invalid-values when the text starts with no JSON value
 * @throws {JsonError} when what looks like one is none
 */
export function readJsonPrefix (text: string): { value: Value, length: number } {
  const length = prefixLength(text)
  return { value: unmarshalJson(text.slice(0, length)), length }
}

function prefixLength (text: string): number {
  if (text.startsWith('"')) return stringLength(text, 0)
  if (/^[[{]/.test(text)) return nestedLength(text)
  const word = literal.exec(text)
  if (word !== null) return word[0].length
  const digits = number.exec(text)
  if (digits === null) throw new ChartError('invalid-values', 'no JSON value')
  const [whole, fraction, exponent] = digits
  const next = text[whole.length] ?? ''
  const unfinished = exponent === undefined && ((next === '.' && fraction === undefined) || /[eE]/.test(next))
  if (unfinished) throw new ChartError('invalid-values', 'a JSON number is not finished')
  return whole.length
}

function nestedLength (text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '"') at = stringLength(text, at) - 1
    else if (character === '{' || character === '[') depth++
    else if ((character === '}' || character === ']') && --depth === 0) return at + 1
  }
  return text.length
}

/** Where a string that starts at `start` ends. */
function stringLength (text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '\\') at++
    else if (character === '"') return at + 1
  }
  return text.length
}
