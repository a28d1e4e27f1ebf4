import { byteLength, encode } from '../go/bytes.js'
import { formatValue } from '../go/fmt.js'
import { quote } from '../go/strconv.js'
import { define, variadic, type FunctionTable } from './define.js'
import { SprigError } from './errors.js'
import { repeatText, runesOf, sliceBytes, textOf, textsOf } from './text.js'
import { strings, StringMap } from './typed.js'
import { isSpace, trimSpace } from './unicode.js'

/** Sprig's functions on strings, but for those that change case, wrap words or draw at random. Positions and lengths count bytes. */
export const stringFunctions: FunctionTable = new Map([
  ['hello', define([], () => 'Hello!')],
  ['trim', define(['string'], trimSpace)],
  ['trimAll', define(['string', 'string'], trimAll)],
  ['trimall', define(['string', 'string'], trimAll)],
  ['trimSuffix', define(['string', 'string'], (suffix, text) => suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text)],
  ['trimPrefix', define(['string', 'string'], (prefix, text) => text.startsWith(prefix) ? text.slice(prefix.length) : text)],
  ['trunc', define(['int', 'string'], truncate)],
  ['substr', define(['int', 'int', 'string'], substring)],
  ['repeat', define(['int', 'string'], (count, text) => repeatText(text, count))],
  ['nospace', define(['string'], deleteSpace)],
  ['contains', define(['string', 'string'], (part, text) => text.includes(part))],
  ['hasPrefix', define(['string', 'string'], (prefix, text) => text.startsWith(prefix))],
  ['hasSuffix', define(['string', 'string'], (suffix, text) => text.endsWith(suffix))],
  ['quote', variadic([], 'any', (...values) => values.filter(value => value !== null).map(value => quote(textOf(value))).join(' '))],
  ['squote', variadic([], 'any', (...values) => values.filter(value => value !== null).map(value => `'${formatValue(value)}'`).join(' '))],
  ['cat', variadic([], 'any', (...values) => values.filter(value => value !== null).map(formatValue).join(' '))],
  ['indent', define(['int', 'string'], indent)],
  ['nindent', define(['int', 'string'], (spaces, text) => `\n${indent(spaces, text)}`)],
  ['replace', define(['string', 'string', 'string'], replaceAll)],
  ['plural', define(['string', 'string', 'int'], (one, many, count) => count === 1 ? one : many)],
  ['toString', define(['any'], textOf)],
  ['toStrings', define(['any'], value => strings(textsOf(value)))],
  ['join', define(['string', 'any'], (separator, value) => textsOf(value).join(separator))],
  ['split', define(['string', 'string'], (separator, text) => numbered(splitText(text, separator, -1)))],
  ['splitn', define(['string', 'int', 'string'], (separator, count, text) => numbered(splitText(text, separator, count)))],
  ['splitList', define(['string', 'string'], (separator, text) => strings(splitText(text, separator, -1)))]
])

/** Go's strings.Trim with the characters to take away first. */
function trimAll (cutset: string, text: string): string {
  const cut = new Set(cutset)
  const runes = runesOf(text)
  let start = 0
  let end = runes.length
  while (start < end && cut.has(runes[start] ?? '')) start++
  while (end > start && cut.has(runes[end - 1] ?? '')) end--
  return runes.slice(start, end).join('')
}

/** The first `count` bytes, or the last ones when it is negative. */
function truncate (count: number, text: string): string {
  const length = byteLength(text)
  if (count < 0) return length + count > 0 ? sliceBytes(text, length + count, length) : text
  return length > count ? sliceBytes(text, 0, count) : text
}

/** A negative start means from the beginning, a negative or too large end means to the end; other misfits fail as slicing does in Go. */
function substring (start: number, end: number, text: string): string {
  const length = byteLength(text)
  if (start < 0) {
    if (end < 0) throw outOfRange(`[:${end}]`)
    if (end > length) throw outOfRange(`[:${end}] with length ${length}`)
    return sliceBytes(text, 0, end)
  }
  if (end < 0 || end > length) {
    if (start > length) throw outOfRange(`[${wholeText(start)}:${length}]`)
    return sliceBytes(text, start, length)
  }
  if (start > end) throw outOfRange(`[${wholeText(start)}:${end}]`)
  return sliceBytes(text, start, end)
}

/** The largest int is no exact float64: it came here rounded up. */
function wholeText (value: number): string {
  return value >= 2 ** 63 ? '9223372036854775807' : String(BigInt(value))
}

function outOfRange (range: string): SprigError {
  return new SprigError('bounds', `runtime error: slice bounds out of range ${range}`)
}

/** goutils' DeleteWhiteSpace goes byte by byte: once something is deleted, each byte of a wider character comes out as a character of its own. */
function deleteSpace (text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.replace(/[\t\n\v\f\r ]/g, '')
  const bytes = Array.from(encode(text), byte => String.fromCharCode(byte))
  const kept = bytes.filter(rune => !isSpace(rune))
  return kept.length === bytes.length ? text : kept.join('')
}

function indent (spaces: number, text: string): string {
  const pad = repeatText(' ', spaces)
  const lines = text.split('\n')
  repeatText(pad, lines.length)
  return pad + lines.join(`\n${pad}`)
}

/** Go's strings.ReplaceAll with the text last: an empty `from` matches around every character. */
function replaceAll (from: string, to: string, text: string): string {
  return from === '' ? to + runesOf(text).map(rune => rune + to).join('') : text.split(from).join(to)
}

/** Go's strings.SplitN: a negative count has no limit, 0 gives nothing, and an empty separator cuts between characters. */
function splitText (text: string, separator: string, count: number): string[] {
  if (count === 0) return []
  const parts = separator === '' ? runesOf(text) : text.split(separator)
  if (count < 0 || parts.length <= count) return parts
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join(separator)]
}

function numbered (parts: readonly string[]): StringMap {
  return new StringMap(new Map(parts.map((part, i) => [`_${i}`, part])))
}
