import { BadPatternError } from './errors.js'

/** A test of one character of the name. */
type Test = (rune: number) => boolean

/** A part of a pattern up to the next star, and whether a star stands before it. */
interface Chunk {
  readonly star: boolean
  readonly text: string
}

const slash = 0x2f

/** Most patterns: nothing but the name itself, a name's start before what cannot be malformed, or a star before a name's end. */
const plain = /^[^*?[\\]*$/
const literalStart = /^[^*?[\\\u0080-\uffff]+(?=[*?][^[\\]*$)/
const suffix = /^\*[^*?[\\\u0080-\uffff]*$/

/**
 * Whether a name matches a shell pattern (Go's filepath.Match on Unix): `*` for characters but `/`, `?` for one, `[a-z]` and `[^a-z]`, and a
 * backslash before a character that stands for itself. Time grows at most with the product of the two lengths.
 *
 * @param pattern the pattern; it must match the whole name
 * @param name a path
 * @returns whether it matches
 * @throws {BadPatternError} `syntax error in pattern`, when matching comes as far as the mistake
 */
export function match (pattern: string, name: string): boolean {
  if (plain.test(pattern)) return pattern === name
  if (suffix.test(pattern)) return name.endsWith(pattern.slice(1)) && !name.slice(0, name.length - pattern.length + 1).includes('/')
  const start = literalStart.exec(pattern)?.[0]
  if (start !== undefined && !name.startsWith(start)) return false
  const runes = Array.from(name, character => character.codePointAt(0) ?? 0)
  const chunks = splitAtStars(pattern)
  let at = 0
  for (const [index, { star, text }] of chunks.entries()) {
    if (star && text === '') return !runes.includes(slash, at)
    const end = findChunk(new ChunkReader(text).tests(), runes, { at, star, last: index === chunks.length - 1 })
    if (end === undefined) return false
    at = end
  }
  return at === runes.length
}

/** Where the chunk ends in the name: at the first place it fits, which a star lets lie further on. */
function findChunk (tests: readonly Test[], runes: readonly number[], { at, star, last }: { at: number, star: boolean, last: boolean }): number | undefined {
  for (let start = at; ; start++) {
    const end = start + tests.length
    const fits = end <= runes.length && tests.every((test, i) => test(runes[start + i] ?? 0))
    if (fits && (!last || end === runes.length)) return end
    if (!star || start >= runes.length || runes[start] === slash) return undefined
  }
}

/** Go looks for the next star without reading the classes: any closing bracket ends one. */
function splitAtStars (pattern: string): Chunk[] {
  const chunks: Chunk[] = []
  let rest = pattern
  while (rest !== '') {
    const text = rest.replace(/^\*+/, '')
    const end = endOfChunk(text)
    chunks.push({ star: text.length < rest.length, text: text.slice(0, end) })
    rest = text.slice(end)
  }
  return chunks
}

function endOfChunk (text: string): number {
  let inClass = false
  for (let i = 0; i < text.length; i++) {
    switch (text.charAt(i)) {
      case '\\': i++; break
      case '[': inClass = true; break
      case ']': inClass = false; break
      case '*': if (!inClass) return i; break
      default:
    }
  }
  return text.length
}

/** Reads one chunk into a test for each character. */
class ChunkReader {
  readonly #characters: readonly string[]
  #at = 0

  constructor (text: string) {
    this.#characters = Array.from(text)
  }

  tests (): Test[] {
    const tests: Test[] = []
    while (this.#at < this.#characters.length) tests.push(this.#test())
    return tests
  }

  #test (): Test {
    const character = this.#take()
    switch (character) {
      case '?': return rune => rune !== slash
      case '[': return this.#class()
      case '\\': return is(this.#take())
      default: return is(character)
    }
  }

  #take (): string {
    const character = this.#characters[this.#at++]
    if (character === undefined) throw new BadPatternError()
    return character
  }

  #class (): Test {
    const negated = this.#characters[this.#at] === '^'
    if (negated) this.#at++
    const ranges = [this.#range()]
    while (this.#characters[this.#at] !== ']') ranges.push(this.#range())
    this.#at++
    return rune => ranges.some(([low, high]) => low <= rune && rune <= high) !== negated
  }

  #range (): readonly [number, number] {
    const low = this.#bound()
    if (this.#characters[this.#at] !== '-') return [low, low]
    this.#at++
    return [low, this.#bound()]
  }

  /** A character of a class; a hyphen or a bracket needs a backslash, and something must follow. */
  #bound (): number {
    const first = this.#take()
    if (first === '-' || first === ']') throw new BadPatternError()
    const character = first === '\\' ? this.#take() : first
    if (this.#at === this.#characters.length) throw new BadPatternError()
    return character.codePointAt(0) ?? 0
  }
}

function is (character: string): Test {
  const expected = character.codePointAt(0)
  return rune => rune === expected
}
