import { runesOf } from './text.js'
import { isLetter, isNumber, isPunct, isSpace, isUpper, toLower } from './unicode.js'

type WordKind = 'number' | 'upper' | 'alphabet' | 'connector' | 'punct' | 'other'

interface Word {
  readonly kind: WordKind
  readonly text: string
}

/**
 * @param rune one character
 * @returns whether huandu/xstrings sees it as what joins words: a hyphen, an underscore, white space
 */
export function isConnector (rune: string): boolean {
  return rune === '-' || rune === '_' || isSpace(rune)
}

/**
 * huandu/xstrings' ToSnakeCase and ToKebabCase: lower-case words with a connector between them.
 *
 * @param text such as `HTTPServer2Foo`
 * @param connector what stands between the words
 * @returns such as `http_server2_foo`
 */
export function separateWords (text: string, connector: string): string {
  return new WordJoiner(wordsOf(text), connector).join()
}

/** Walks over the words of a text. Where a number belongs depends on the words around it, so every step looks one or two words ahead. */
class WordJoiner {
  readonly #words: readonly Word[]
  readonly #connector: string
  #at = 0
  #text = ''

  constructor (words: readonly Word[], connector: string) {
    this.#words = words
    this.#connector = connector
  }

  join (): string {
    while (this.#at < this.#words.length - 1) this.#step()
    this.#write(this.#word())
    return this.#text
  }

  #step (): void {
    const word = this.#word()
    this.#write(word)
    this.#at++
    switch (word?.kind) {
      case 'connector':
      case 'punct':
        return
      case 'number':
        this.#writeAlphanumerics()
        return
      default:
        this.#afterLetters()
    }
  }

  /** A number that ends the text, or that capitals follow, belongs to the word before it; one that small letters follow starts a word. */
  #afterLetters (): void {
    const next = this.#word()
    if (next?.kind !== 'number') {
      this.#separate()
      return
    }
    if (this.#at === this.#words.length - 1) return
    this.#at++
    if (this.#word()?.kind === 'alphabet') {
      this.#text += this.#connector
      this.#write(next)
      this.#writeAlphanumerics()
    } else {
      this.#write(next)
      this.#separate()
    }
  }

  #writeAlphanumerics (): void {
    for (let word = this.#word(); word?.kind === 'alphabet' || word?.kind === 'number'; word = this.#word()) {
      this.#write(word)
      this.#at++
    }
    if (this.#at < this.#words.length) this.#separate()
  }

  #separate (): void {
    const kind = this.#word()?.kind
    if (kind !== 'connector' && kind !== 'punct') this.#text += this.#connector
  }

  #write (word: Word | undefined): void {
    if (word === undefined) return
    const runes = runesOf(word.text)
    if (word.kind === 'connector') this.#text += runes.map(() => this.#connector).join('')
    else this.#text += word.kind === 'upper' ? runes.map(rune => isUpper(rune) ? toLower(rune) : rune).join('') : word.text
  }

  #word (): Word | undefined {
    return this.#words[this.#at]
  }
}

function wordsOf (text: string): Word[] {
  const runes = runesOf(text)
  const words: Word[] = []
  for (let start = 0; start < runes.length;) {
    const kind = kindOf(runes[start] ?? '')
    const end = kind === 'upper' ? endOfUpper(runes, start) : endOfRun(runes, start, kind)
    words.push({ kind, text: runes.slice(start, end).join('') })
    start = end
  }
  return words
}

function kindOf (rune: string): WordKind {
  if (isConnector(rune)) return 'connector'
  if (isPunct(rune)) return 'punct'
  if (isUpper(rune)) return 'upper'
  if (isAlphabet(rune)) return 'alphabet'
  return isNumber(rune) ? 'number' : 'other'
}

function endOfRun (runes: readonly string[], start: number, kind: WordKind): number {
  // A hyphen after other punctuation belongs to it.
  const belongs = kind === 'punct' ? isPunct : (rune: string): boolean => kindOf(rune) === kind
  let end = start + 1
  while (end < runes.length && belongs(runes[end] ?? '')) end++
  return end
}

/** `Status` is one word; of `HTTPStatus` the first is `HTTP`: the last capital of a run goes with the small letters after it. */
function endOfUpper (runes: readonly string[], start: number): number {
  const next = runes[start + 1]
  if (next === undefined) return start + 1
  if (isUpper(next)) {
    const end = endOfRun(runes, start, 'upper')
    return end < runes.length && isAlphabet(runes[end] ?? '') ? end - 1 : end
  }
  return isAlphabet(next) ? endOfRun(runes, start + 1, 'alphabet') : start + 1
}

const leftOut: ReadonlyArray<readonly [number, number]> = [[0x3400, 0x4d85], [0x4e00, 0x9fcc], [0x20000, 0x2b81d]]

/** A letter, but for the Chinese, Japanese and Korean ones that xstrings leaves out. */
function isAlphabet (rune: string): boolean {
  if (!isLetter(rune)) return false
  const code = rune.codePointAt(0) ?? 0
  return !leftOut.some(([first, last]) => code >= first && code <= last)
}
