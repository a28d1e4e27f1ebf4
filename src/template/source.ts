import { byteLength } from '../go/bytes.js'

/** A text that was parsed, for naming places in it. */
export class Source {
  /** How errors call it: the file's name. */
  readonly name: string
  readonly text: string

  /**
   * @param name how errors call it
   * @param text the whole template
   */
  constructor (name: string, text: string) {
    this.name = name
    this.text = text
  }

  /**
   * Where an index of the text is.
   *
   * @param pos an index into the text (UTF-16)
   * @returns the line, from 1, and the column as Go counts it: bytes from the start of the line, from 0
   */
  locate (pos: number): { line: number, column: number } {
    let line = 1
    let start = 0
    for (let at = this.text.indexOf('\n'); at >= 0 && at < pos; at = this.text.indexOf('\n', at + 1)) {
      line++
      start = at + 1
    }
    return { line, column: byteLength(this.text.slice(start, pos)) }
  }
}
