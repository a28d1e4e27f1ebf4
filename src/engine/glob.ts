import { RE2JS } from 're2js'
import { runesOf } from '../sprig/text.js'

/**
 * Compiles a pattern of `.Files.Glob`: gobwas/glob's language with `/` as the separator. `*` and `?` stay within a path segment, `**` does
 * not; `[abc]`, `[!abc]`, `[a-z]`, `[!a-z]`, `{a,b}`, and `\` before a character that stands for itself.
 *
 * @param pattern the pattern
 * @returns whether a path matches; a malformed pattern matches everything, as in Helm
 */
export function compileGlob (pattern: string): (path: string) => boolean {
  const source = new GlobReader(pattern).read()
  if (source === undefined) return () => true
  const compiled = RE2JS.compile(`^(?:${source})$`, RE2JS.DOTALL)
  return path => compiled.matcher(path).find()
}

/** Turns a pattern into a regular expression of RE2, which matches in linear time. */
class GlobReader {
  readonly #runes: readonly string[]
  #at = 0
  #depth = 0

  constructor (pattern: string) {
    this.#runes = runesOf(pattern)
  }

  /** The expression, or undefined for a malformed pattern. */
  read (): string | undefined {
    let source = ''
    while (this.#at < this.#runes.length) {
      const part = this.#part()
      if (part === undefined) return undefined
      source += part
    }
    // Alternatives that nothing closes end with the pattern.
    return source + ')'.repeat(this.#depth)
  }

  #part (): string | undefined {
    const rune = this.#next()
    switch (rune) {
      case '{':
        this.#depth++
        return '(?:'
      case '*':
        if (this.#runes[this.#at] !== '*') return '[^/]*'
        this.#at++
        return '.*'
      case '?':
        return '[^/]'
      case '[':
        return this.#range()
      case '\\':
        return RE2JS.quote(this.#next())
      default:
        return this.#literal(rune)
    }
  }

  #literal (rune: string): string {
    if (this.#depth === 0 || (rune !== ',' && rune !== '}')) return RE2JS.quote(rune)
    if (rune === ',') return '|'
    this.#depth--
    return ')'
  }

  /** What stands between brackets: two ends of a range, or characters; both may be turned round by `!`. */
  #range (): string | undefined {
    const negated = this.#runes[this.#at] === '!'
    if (negated) this.#at++
    const first = this.#runes[this.#at]
    if (first === undefined) return undefined
    const characters = this.#runes[this.#at + 1] === '-' ? this.#ends(first) : this.#characters()
    if (characters === undefined || this.#next() !== ']') return undefined
    return `[${negated ? '^' : ''}${characters}]`
  }

  #ends (low: string): string | undefined {
    const high = this.#runes[this.#at + 2]
    this.#at += 3
    if (high === undefined || (high.codePointAt(0) ?? 0) < (low.codePointAt(0) ?? 0)) return undefined
    return `${classRune(low)}-${classRune(high)}`
  }

  #characters (): string | undefined {
    let characters = ''
    while (this.#at < this.#runes.length && this.#runes[this.#at] !== ']') {
      const rune = this.#next()
      characters += classRune(rune === '\\' ? this.#next() : rune)
    }
    return characters === '' ? undefined : characters
  }

  #next (): string {
    return this.#runes[this.#at++] ?? ''
  }
}

function classRune (rune: string): string {
  return rune === '' ? '' : `\\x{${(rune.codePointAt(0) ?? 0).toString(16)}}`
}
