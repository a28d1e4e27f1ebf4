import { JsonPathError } from './json-path-error.js'
import { unquote } from '../go/strconv.js'

/** One step of a path: what it makes of the values so far. */
export type Step =
  | { readonly kind: 'field', readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'recursive' }
  | { readonly kind: 'slice', readonly start: number | undefined, readonly end: number | undefined, readonly step: number | undefined }
  | { readonly kind: 'index', readonly index: number }
  | { readonly kind: 'union', readonly paths: readonly Path[] }
  | { readonly kind: 'filter', readonly left: Path, readonly operator: string, readonly right: Path }
  | { readonly kind: 'literal', readonly value: string | number | boolean }

/** Steps one after the other. */
export type Path = readonly Step[]

/** A piece of a template: text, a path to print, or a block repeated for each value of a path. */
export type Piece =
  | { readonly kind: 'text', readonly text: string }
  | { readonly kind: 'path', readonly path: Path }
  | { readonly kind: 'range', readonly path: Path, readonly body: readonly Piece[] }

/**
 * Reads a JSONPath template as kubectl and Helm (client-go's jsonpath) read it: text, and in braces paths, quoted text, `range` and `end`.
 *
 * @param template such as `{.image.tag}{"\n"}{range .hosts[*]}{.host} {end}`
 * @throws {JsonPathError} syntax, in client-go's words
 */
export function parseJsonPath (template: string): Piece[] {
  return new PieceParser(template).parse()
}

/** A step, or one of the words that make blocks. */
type Element = Step | { readonly kind: 'word', readonly word: 'range' | 'end' }

class PieceParser {
  readonly #template: string
  #at = 0

  constructor (template: string) {
    this.#template = template
  }

  parse (): Piece[] {
    return this.#pieces(0)
  }

  /** Pieces up to the template's end, or up to the `end` of the block they are in. */
  #pieces (depth: number): Piece[] {
    const pieces: Piece[] = []
    while (this.#at < this.#template.length) {
      const open = this.#template.indexOf('{', this.#at)
      const text = this.#template.slice(this.#at, open < 0 ? undefined : open)
      if (text !== '') pieces.push({ kind: 'text', text })
      if (open < 0) {
        this.#at = this.#template.length
        break
      }
      const parser = new StepParser(this.#template, open + 1)
      const elements = parser.action()
      this.#at = parser.at
      const word = elements.find(element => element.kind === 'word')?.word
      const path = elements.filter(element => element.kind !== 'word')
      if (word === 'end') {
        if (depth === 0) throw new JsonPathError('execution', 'not in range, nothing to end')
        return pieces
      }
      pieces.push(word === 'range' ? { kind: 'range', path, body: this.#pieces(depth + 1) } : { kind: 'path', path })
    }
    return pieces
  }
}

const filterOperator = /^([^!<>=]+)([!<>=]+)(.+)$/s

class StepParser {
  readonly #text: string
  at: number

  constructor (text: string, at: number) {
    this.#text = text
    this.at = at
  }

  /** The elements up to the closing brace, which is passed over. */
  action (): Element[] {
    const elements: Element[] = []
    for (;;) {
      const char = this.#text.charAt(this.at)
      if (char === '}') {
        this.at++
        return elements
      }
      if (char === '' || char === '\n' || char === '\r') throw syntax('unclosed action')
      if (char === ' ' || char === '@' || char === '$') this.at++
      else elements.push(...this.#element(char, elements.at(-1)))
    }
  }

  #element (char: string, before: Element | undefined): Element[] {
    if (this.#text.startsWith('[?(', this.at)) return [this.#filter()]
    if (this.#text.startsWith('..', this.at)) return this.#recursive(before)
    if (char === '.') {
      this.at++
      return [this.#field()]
    }
    if (char === '[') return this.#brackets()
    if (char === '"' || char === "'") return [this.#quoted(char)]
    if (/[-+0-9]/.test(char)) return [this.#number()]
    if (/[\p{L}\p{Nd}_]/u.test(char)) return [this.#word()]
    throw syntax(`unrecognized character in action: U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} '${char}'`)
  }

  #recursive (before: Element | undefined): Element[] {
    if (before?.kind === 'recursive') throw syntax('invalid multiple recursive descent')
    this.at += 2
    const named = /[\p{L}\p{Nd}_]/u.test(this.#text.charAt(this.at))
    return named ? [{ kind: 'recursive' }, this.#field()] : [{ kind: 'recursive' }]
  }

  #field (): Step {
    const name = this.#take(/(?:\\[\s\S]|[^\s.,[\]$@{}\\])*/y)
    return name === '*' ? { kind: 'wildcard' } : { kind: 'field', name: name.replaceAll('\\', '') }
  }

  #word (): Element {
    const word = this.#take(/[^\s.,[\]$@{}]*/y)
    if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' }
    if (word === 'range' || word === 'end') return { kind: 'word', word }
    throw new JsonPathError('execution', `unrecognized identifier ${word}`)
  }

  #number (): Step {
    const text = this.#take(/[-+]?[0-9.]*/y)
    const value = Number(text)
    if (text === '' || Number.isNaN(value) || !/[0-9]/.test(text)) throw syntax(`cannot parse number ${text}`)
    return { kind: 'literal', value }
  }

  #quoted (mark: string): Step {
    const start = this.at
    for (this.at++; ; this.at++) {
      const char = this.#text.charAt(this.at)
      if (char === '' || char === '\n') throw syntax('unterminated quoted string')
      if (char === mark && this.#text.charAt(this.at - 1) !== '\\') break
    }
    const literal = this.#text.slice(start, ++this.at)
    return { kind: 'literal', value: unquoted(literal) }
  }

  #brackets (): Step[] {
    const close = this.#text.indexOf(']', this.at)
    const inside = this.#text.slice(this.at + 1, close < 0 ? undefined : close)
    if (close < 0 || inside.includes('\n')) throw syntax('unterminated array')
    this.at = close + 1
    return bracketed(inside)
  }

  #filter (): Step {
    const start = this.at + '[?('.length
    const end = filterEnd(this.#text, start)
    this.at = end + ')]'.length
    const inside = this.#text.slice(start, end)
    const compared = filterOperator.exec(inside)
    if (compared === null) return { kind: 'filter', left: pathOf(inside), operator: 'exists', right: [] }
    const [, left = '', operator = '', right = ''] = compared
    return { kind: 'filter', left: pathOf(left), operator, right: pathOf(right) }
  }

  #take (pattern: RegExp): string {
    pattern.lastIndex = this.at
    const text = pattern.exec(this.#text)?.[0] ?? ''
    this.at += text.length
    return text
  }
}

/** What square brackets mean: every element, a union, a key in quotes, an index or a slice. */
function bracketed (inside: string): Step[] {
  const parts = inside.split(',')
  if (parts.length > 1) return [{ kind: 'union', paths: parts.map(part => pathOf(`[${part.replace(/^ +| +$/g, '')}]`)) }]
  const key = /^'([^']*)'$/.exec(inside)?.[1]
  if (key !== undefined) return [...pathOf(`.${key}`)]
  const bounds = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(inside === '*' ? ':' : inside)
  if (bounds === null) throw syntax(`invalid array index ${inside}`)
  const [, first = '', second, third] = bounds
  const start = bound(first)
  if (second === undefined) return [{ kind: 'index', index: start ?? 0 }]
  return [{ kind: 'slice', start, end: bound(second.slice(1)), step: bound(third?.slice(1) ?? '') }]
}

function bound (digits: string): number | undefined {
  if (digits === '-') throw syntax(`array index ${digits} is not a number`)
  return digits === '' ? undefined : Number(digits)
}

/** Where the parenthesis of a filter closes; one inside quotes does not count. */
function filterEnd (text: string, start: number): number {
  let mark = ''
  let closed = false
  for (let i = start; ; i++) {
    const char = text.charAt(i)
    if (char === '' || char === '\n') throw syntax('unterminated filter')
    if (mark === '' && (char === '"' || char === "'")) mark = char
    else if (char === mark && text.charAt(i - 1) !== '\\') closed = true
    if (char !== ')' || (mark !== '') !== closed) continue
    if (text.charAt(i + 1) !== ']') throw syntax('unclosed array expect ]')
    return i
  }
}

function pathOf (text: string): Path {
  return new StepParser(`${text}}`, 0).action().filter(element => element.kind !== 'word')
}

/** A literal without its quotes; those of single quotes may be as long as one likes. */
function unquoted (literal: string): string {
  const inside = literal.slice(1, -1)
  if (!inside.includes('\\')) return inside
  const escaped = literal.startsWith("'") ? inside.replaceAll("\\'", "'").replaceAll('"', '\\"') : inside
  try {
    return unquote(`"${escaped}"`)
  } catch (error) {
    throw new JsonPathError('syntax', `unquote string ${literal} error invalid syntax`, { cause: error })
  }
}

function syntax (message: string): JsonPathError {
  return new JsonPathError('syntax', message)
}
