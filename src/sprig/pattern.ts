import type { RE2JS } from 're2js'
import { isValidUtf8 } from '../go/bytes.js'
import { work } from '../go/work.js'
import { SprigError } from './errors.js'
import { compileGo, groupsByName } from './pattern-syntax.js'
import { runtimeStopwatch, type Stopwatch } from './sources.js'

type Matcher = ReturnType<RE2JS['matcher']>

/** From how many characters on searches are timed. */
const longText = 4096

/** A unit of work is about 50 ns. */
const unitsPerMillisecond = 20_000

/** How many compiled patterns are kept. */
const capacity = 256

/** Compiles regular expressions, each once as long as it is in use. */
export class PatternCache {
  readonly #patterns = new Map<string, Pattern>()
  readonly #stopwatch: Stopwatch

  /** @param stopwatch what long searches are charged by */
  constructor (stopwatch: Stopwatch = runtimeStopwatch) {
    this.#stopwatch = stopwatch
  }

  /**
   * @param expression a regular expression of RE2
   * @returns it, compiled
   * @throws {SprigError} `error parsing regexp: …`, worded as Go's regexp package words it
   */
  compile (expression: string): Pattern {
    const known = this.#patterns.get(expression)
    if (known !== undefined) return known
    if (this.#patterns.size >= capacity) this.#patterns.clear()
    const pattern = new Pattern(expression, this.#stopwatch)
    this.#patterns.set(expression, pattern)
    return pattern
  }
}

interface Match {
  readonly start: number
  readonly end: number
  /** The whole match, then its groups; null for one that took no part. */
  readonly groups: ReadonlyArray<string | null>
}

/** A compiled regular expression with the methods of Go's regexp.Regexp that Sprig uses. Positions are in UTF-16 units. */
export class Pattern {
  readonly #expression: string
  readonly #stopwatch: Stopwatch
  readonly #compiled: RE2JS
  readonly #states: number
  readonly #names: ReadonlyMap<string, readonly number[]>

  /**
   * @param expression a regular expression of RE2
   * @param stopwatch what long searches are charged by
   * @throws {SprigError} `error parsing regexp: …`
   */
  constructor (expression: string, stopwatch: Stopwatch = runtimeStopwatch) {
    this.#expression = expression
    this.#stopwatch = stopwatch
    if (!isValidUtf8(expression)) throw new SprigError('syntax', `error parsing regexp: invalid UTF-8: \`${expression}\``)
    this.#compiled = compileGo(expression)
    this.#states = this.#compiled.programSize()
    work(this.#states * 40)
    this.#names = groupsByName(this.#compiled)
  }

  /** @param text any text @returns whether it matches anywhere */
  test (text: string): boolean {
    this.#count(text.length)
    return this.#compiled.matcher(text).find()
  }

  /** @param text any text @returns the leftmost match, or an empty text */
  find (text: string): string {
    this.#count(text.length)
    const matcher = this.#compiled.matcher(text)
    return matcher.find() ? matcher.group() ?? '' : ''
  }

  /** @param text any text @param count how many matches at most; negative for all @returns the matches */
  findAll (text: string, count: number): string[] {
    return this.#matches(text, count).map(match => text.slice(match.start, match.end))
  }

  /** @param text any text @param count how many parts at most; negative for all @returns the text between the matches */
  split (text: string, count: number): string[] {
    if (count === 0) return []
    if (this.#expression !== '' && text === '') return ['']
    const parts: string[] = []
    let begin = 0
    let end = 0
    for (const match of this.#matches(text, count)) {
      if (count > 0 && parts.length === count - 1) break
      end = match.start
      if (match.end !== 0) parts.push(text.slice(begin, end))
      begin = match.end
    }
    return end === text.length ? parts : [...parts, text.slice(begin)]
  }

  /** @param text any text @param replacement with `$1`, `${name}` and `$$` @returns the text with every match replaced */
  replaceAll (text: string, replacement: string): string {
    const parts = parseReplacement(replacement)
    return this.#replace(text, match => parts.map(part => typeof part === 'string' ? part : this.#group(match, part.name)).join(''))
  }

  /** @param text any text @param replacement taken as it is @returns the text with every match replaced */
  replaceAllLiteral (text: string, replacement: string): string {
    return this.#replace(text, () => replacement)
  }

  /** A search may look at all that is left, and the next one again: how far it looked, only the time it took tells. */
  #finds (matcher: Matcher, text: string, at: number): boolean {
    if (text.length < longText) return matcher.find(at)
    const start = this.#stopwatch()
    const isFound = matcher.find(at)
    work(Math.floor((this.#stopwatch() - start) * unitsPerMillisecond))
    return isFound
  }

  /** The engine goes through the text once, with as many states at most as the pattern has. */
  #count (length: number): void {
    work(Math.ceil(length * this.#states / 16))
  }

  #replace (text: string, make: (match: Match) => string): string {
    let replaced = ''
    let end = 0
    for (const match of this.#matches(text, -1)) {
      replaced += text.slice(end, match.start) + make(match)
      end = match.end
    }
    return replaced + text.slice(end)
  }

  /** A number that the pattern has no group for, and a name that it has not, give nothing; of groups with one name, the first that took part counts. */
  #group (match: Match, name: string): string {
    const indexes = /^(?:0|[1-9]\d{0,8})$/.test(name) ? [Number(name)] : this.#names.get(name) ?? []
    return indexes.map(index => match.groups[index]).find(text => typeof text === 'string') ?? ''
  }

  /** All matches from left to right; an empty one does not count right behind another. */
  #matches (text: string, count: number): Match[] {
    this.#count(text.length)
    const matcher = this.#compiled.matcher(text)
    const found: Match[] = []
    let previousEnd = -1
    let at = 0
    while (at <= text.length && found.length !== count && this.#finds(matcher, text, at)) {
      const start = matcher.start()
      const end = matcher.end()
      if (end !== at || start !== previousEnd) {
        found.push({ start, end, groups: Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i)) })
      }
      at = end === at ? at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) : end
      previousEnd = end
    }
    return found
  }
}

/** Literal texts, and the names or numbers of groups. A `$` that no name follows is kept. */
function parseReplacement (replacement: string): Array<string | { name: string }> {
  const parts: Array<string | { name: string }> = []
  let end = 0
  for (const match of replacement.matchAll(/\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu)) {
    parts.push(replacement.slice(end, match.index))
    parts.push(match[1] === undefined ? { name: match[2] ?? match[3] ?? '' } : '$')
    end = match.index + match[0].length
  }
  return [...parts, replacement.slice(end)]
}
