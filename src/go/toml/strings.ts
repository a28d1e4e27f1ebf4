import { quote } from '../quote.js'
import { isBlank, isLineEnd, type TomlSource } from './source.js'

/** What may follow a backslash by itself. */
const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['b', '\b'], ['t', '\t'], ['n', '\n'], ['f', '\f'], ['r', '\r'], ['e', '\x1b'], ['"', '"'], ['\\', '\\']
])

/** Letters that hexadecimal digits must follow, and how many. */
const hexEscapes: ReadonlyMap<string, readonly [count: number, word: string]> = new Map([
  ['x', [2, 'two']], ['u', [4, 'four']], ['U', [8, 'eight']]
])

/**
 * Reads a string of one line; its opening quote was read.
 *
 * @param source the document
 * @param mark the quote: `"` for a basic string with escapes, `'` for a literal one
 * @returns the string
 * @throws {TomlError} code `syntax` for a string without an end, and for a bad escape
 */
export function readString (source: TomlSource, mark: '"' | "'"): string {
  const start = source.position
  for (;;) {
    const character = source.next()
    if (character === '') throw source.error(`unexpected EOF; expected ${enclosed(mark)}`)
    if (isLineEnd(character)) throw source.errorBefore('strings cannot contain newlines')
    if (character === mark) break
    if (character === '\\' && mark === '"') readEscape(source, start)
  }
  const raw = source.since(start).slice(0, -1)
  return mark === '"' ? unescaped(raw, source) : raw
}

/**
 * Reads a string of many lines; its three opening quotes were read.
 *
 * @param source the document
 * @param mark the quote, as with `readString`
 * @returns the string, without a line end that follows the opening quotes at once
 * @throws {TomlError} code `syntax`, as with `readString`
 */
export function readLongString (source: TomlSource, mark: '"' | "'"): string {
  const start = source.position
  for (;;) {
    const character = source.next()
    if (character === '') throw source.error(`unexpected EOF; expected ${enclosed(mark.repeat(3))}`)
    if (character === '\\' && mark === '"') readLongEscape(source, start)
    if (character === mark && readsEnd(source, mark, start)) break
  }
  const raw = source.since(start).slice(0, -3).replace(/^\r?\n/, '')
  return mark === '"' ? unescaped(withoutEscapedLineEnds(raw), source) : raw
}

/** Whether the quote that was read starts the three that end the string: up to two more may stand before them. */
function readsEnd (source: TomlSource, mark: '"' | "'", start: number): boolean {
  if (!source.accept(mark)) return false
  if (!source.accept(mark)) {
    source.back()
    return false
  }
  if (source.peek() !== mark) return true
  const read = source.since(start)
  const five = mark.repeat(5)
  if (read.endsWith(five) && !(mark === '"' && read.endsWith(`\\${five}`))) {
    throw source.error(`unexpected ${enclosed(mark.repeat(6))}`)
  }
  source.back()
  source.back()
  return false
}

/** Quotes in quotes of the other kind. */
function enclosed (marks: string): string {
  return marks.startsWith('"') ? `'${marks}'` : `"${marks}"`
}

function readLongEscape (source: TomlSource, start: number): void {
  if (isLineEnd(source.next())) return
  source.back()
  readEscape(source, start)
}

/** Checks what follows a backslash; a blank may, in case it turns out to escape the end of a line. */
function readEscape (source: TomlSource, start: number): void {
  const character = source.next()
  if (simpleEscapes.has(character) || isBlank(character)) return
  const [count, word] = hexEscapes.get(character) ?? [0, '']
  if (count === 0) throw source.escapeError(`invalid escape in string '\\${character === '' ? '\0' : character}'`)
  for (let i = 0; i < count; i++) {
    if (!/^[\da-fA-F]$/.test(source.next())) {
      throw source.error(`expected ${word} hexadecimal digits after '\\${character}', but got ${quote(source.since(start))} instead`)
    }
  }
}

/** A backslash with nothing but blanks up to the end of its line takes all blanks and line ends away that follow it. */
function withoutEscapedLineEnds (text: string): string {
  return text.replace(/\\(?:\\|[ \t\r\n]+)?/g, found => found.includes('\n') ? '' : found)
}

function unescaped (raw: string, source: TomlSource): string {
  if (!raw.includes('\\')) return raw
  return raw.replace(/\\(?:x(..)|u(.{4})|U(.{8})|(.))/gsu, (_found, two?: string, four?: string, eight?: string, letter?: string) => {
    if (letter === undefined) return fromCode(two ?? four ?? eight ?? '', source)
    const character = simpleEscapes.get(letter)
    if (character === undefined) throw source.errorAt(source.line, `invalid escape: '\\${letter}'`)
    return character
  })
}

function fromCode (digits: string, source: TomlSource): string {
  const code = Number.parseInt(digits, 16)
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    throw source.errorAt(source.line, `Escaped character '\\u${digits}' is not valid UTF-8.`)
  }
  return String.fromCodePoint(code)
}
