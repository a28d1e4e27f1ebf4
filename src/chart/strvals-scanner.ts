/** Reads the text of a `--set` flag character by character. */
export class Scanner {
  readonly #characters: readonly string[]
  #at = 0

  constructor (text: string) {
    this.#characters = Array.from(text)
  }

  /** What has not been read yet. */
  get rest (): string {
    return this.#characters.slice(this.#at).join('')
  }

  /** Whether everything was read. */
  get ended (): boolean {
    return this.#at >= this.#characters.length
  }

  /** The next character, read; undefined at the end. */
  next (): string | undefined {
    const character = this.#characters[this.#at]
    if (character !== undefined) this.#at++
    return character
  }

  /** Reads the next character if it is this one. */
  accept (character: string): boolean {
    if (this.#characters[this.#at] !== character) return false
    this.#at++
    return true
  }

  /**
   * Reads up to one of the stops, and past it.
   *
   * @param stops the characters that end it
   * @param escapes whether a backslash takes the next character as it is
   * @returns the text, and the stop; no stop at the end
   */
  until (stops: string, escapes: boolean): { text: string, stop: string | undefined } {
    let text = ''
    for (;;) {
      let character = this.next()
      if (character === undefined || stops.includes(character)) return { text, stop: character }
      if (character === '\\' && escapes) character = this.next()
      if (character === undefined) return { text, stop: undefined }
      text += character
    }
  }

  /** Passes as many UTF-16 units. */
  skip (units: number): void {
    let left = units
    while (left > 0) left -= this.next()?.length ?? left
  }

  /** Passes white space and one comma: whether that, or the end, was all there was. */
  skipEmpty (): boolean {
    for (;;) {
      const character = this.next()
      if (character === undefined || character === ',') return true
      if (!/\p{White_Space}/u.test(character)) {
        this.#at--
        return false
      }
    }
  }
}
