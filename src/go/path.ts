import { BadPatternError } from './errors.js'

/**
 * Whether a whole name matches a shell pattern, as Go's filepath.Match on Unix: `*` and `?` stop at `/`, `[a-z]` and `[^a-z]` are classes,
 * `\` takes the next character as it is.
 *
 * @param pattern the pattern
 * @param name what it is tried on
 * @throws {BadPatternError} for a class that is not closed, an empty one, or a `\` at the end; Go too finds it only as far as it looks
 */
export function match (pattern: string, name: string): boolean {
  let rest = Array.from(name)
  let at = 0
  const symbols = Array.from(pattern)
  while (at < symbols.length) {
    const chunk = nextChunk(symbols, at)
    at = chunk.end
    const last = at >= symbols.length
    if (chunk.star && chunk.symbols.length === 0) return !rest.includes('/')
    const found = matchSomewhere(chunk, rest, last)
    if (found === undefined) return false
    rest = found
  }
  return rest.length === 0
}

/** A part of a pattern without stars inside, perhaps with a star before it. */
interface Chunk {
  readonly star: boolean
  readonly symbols: readonly string[]
  /** Where the next one begins. */
  readonly end: number
}

function nextChunk (symbols: readonly string[], from: number): Chunk {
  let begin = from
  while (symbols[begin] === '*') begin++
  let inClass = false
  let end = begin
  for (; end < symbols.length; end++) {
    const symbol = symbols[end]
    if (symbol === '\\' && end + 1 < symbols.length) end++
    else if (symbol === '[') inClass = true
    else if (symbol === ']') inClass = false
    else if (symbol === '*' && !inClass) break
  }
  return { star: begin > from, symbols: symbols.slice(begin, end), end }
}

/** What is left of the name behind the chunk: right at its start, or after a star as far on as it takes. */
function matchSomewhere ({ star, symbols }: Chunk, name: readonly string[], last: boolean): string[] | undefined {
  const here = matchChunk(symbols, name)
  if (here !== undefined && (here.length === 0 || !last)) return here
  if (!star) return undefined
  for (let i = 0; i < name.length && name[i] !== '/'; i++) {
    const found = matchChunk(symbols, name.slice(i + 1))
    if (found !== undefined && (found.length === 0 || !last)) return found
  }
  return undefined
}

/** What is left of the name behind the chunk; after a mismatch the rest of the chunk is still looked at for faults. */
function matchChunk (symbols: readonly string[], name: readonly string[]): string[] | undefined {
  let matched = true
  let used = 0
  for (let i = 0; i < symbols.length;) {
    const symbol = symbols[i]
    const rune = name[used]
    matched &&= rune !== undefined
    used++
    if (symbol === '[') {
      const { end, fits } = readClass(symbols, i + 1, rune)
      matched &&= fits
      i = end
      continue
    }
    if (symbol === '\\') i++
    const literal = symbols[i]
    if (literal === undefined) throw new BadPatternError()
    matched &&= symbol === '?' ? rune !== '/' : literal === rune
    i++
  }
  return matched ? name.slice(used) : undefined
}

/** Reads a class to its end, and tells whether the rune is in it. */
function readClass (symbols: readonly string[], from: number, rune: string | undefined): { end: number, fits: boolean } {
  const negated = symbols[from] === '^'
  const code = rune?.codePointAt(0) ?? -1
  let at = negated ? from + 1 : from
  let inside = false
  for (let ranges = 0; !(symbols[at] === ']' && ranges > 0); ranges++) {
    const low = readBound(symbols, at)
    const high = symbols[low.end] === '-' ? readBound(symbols, low.end + 1) : low
    inside ||= low.code <= code && code <= high.code
    at = high.end
  }
  return { end: at + 1, fits: inside !== negated }
}

function readBound (symbols: readonly string[], from: number): { code: number, end: number } {
  const escaped = symbols[from] === '\\'
  const symbol = symbols[escaped ? from + 1 : from]
  const end = escaped ? from + 2 : from + 1
  if (symbol === undefined || end >= symbols.length || (!escaped && (symbol === '-' || symbol === ']'))) throw new BadPatternError()
  return { code: symbol.codePointAt(0) ?? 0, end }
}
