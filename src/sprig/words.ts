import { byteLength, decode, encode } from '../go/bytes.js'
import { define, type FunctionTable } from './define.js'
import { sliceBytes } from './text.js'
import { isSpace } from './unicode.js'

/** Sprig's functions that shorten and wrap lines, after Masterminds/goutils: all of them count bytes. */
export const wordFunctions: FunctionTable = new Map([
  ['abbrev', define(['int', 'string'], (width, text) => width < 4 ? text : abbreviate(text, 0, width))],
  ['abbrevboth', define(['int', 'int', 'string'], abbreviateBoth)],
  ['initials', define(['string'], initials)],
  ['wrap', define(['int', 'string'], (width, text) => wrap(text, { width, separator: '\n', cutsLongWords: false }))],
  ['wrapWith', define(['int', 'string', 'string'], (width, separator, text) =>
    wrap(text, { width, separator: separator === '' ? '\n' : separator, cutsLongWords: true }))]
])

const ellipsis = '...'

function abbreviateBoth (offset: number, width: number, text: string): string {
  return width < 4 || (offset > 0 && width < 7) ? text : abbreviate(text, offset, width)
}

/** At most `width` bytes of the text from about `offset` on, with three dots where something was left out. */
function abbreviate (text: string, offset: number, width: number): string {
  const length = byteLength(text)
  if (length <= width) return text
  const start = Math.min(offset, length, Math.max(length - (width - 3), 0))
  if (start <= 4) return sliceBytes(text, 0, width - 3) + ellipsis
  // goutils gives an error here, which Sprig drops together with the text.
  if (width < 7) return ''
  if (start + width - 3 < length) return ellipsis + abbreviate(sliceBytes(text, start, length), 0, width - 3)
  return ellipsis + sliceBytes(text, length - (width - 3), length)
}

/** goutils looks at bytes: of a wider character it takes the first byte, as a character. */
function initials (text: string): string {
  let found = ''
  let lastWasGap = true
  for (const byte of encode(text)) {
    const rune = String.fromCharCode(byte)
    const gap = isSpace(rune)
    if (!gap && lastWasGap) found += rune
    lastWasGap = gap
  }
  return found
}

interface WrapOptions {
  readonly width: number
  readonly separator: string
  readonly cutsLongWords: boolean
}

const space = 0x20

/** Breaks a text at its spaces so that lines have at most `width` bytes; line breaks that it has already do not count. */
function wrap (text: string, options: WrapOptions): string {
  const bytes = encode(text)
  const width = Math.max(options.width, 1)
  const lines: string[] = []
  let offset = 0
  while (bytes.length - offset > width) {
    if (bytes[offset] === space) {
      offset++
      continue
    }
    const line = nextLine(bytes, offset, { ...options, width })
    if (line === undefined) break
    lines.push(decode(bytes.subarray(offset, line.end)))
    offset = line.next
  }
  return [...lines, decode(bytes.subarray(offset))].join(options.separator)
}

/** Where the line that starts at `offset` ends, and where the next one starts; undefined when the rest is one long word. */
function nextLine (bytes: Uint8Array, offset: number, options: WrapOptions): { end: number, next: number } | undefined {
  const limit = offset + options.width
  for (let i = limit; i > offset; i--) {
    if (bytes[i] === space) return { end: i, next: i + 1 }
  }
  if (options.cutsLongWords) return { end: limit, next: limit }
  const following = bytes.indexOf(space, limit)
  return following === -1 ? undefined : { end: following, next: following + 1 }
}
