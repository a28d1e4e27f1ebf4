import { textWidth } from './columns.js'
import type { Output } from './direct-output.js'

/** How much a terminal shows. */
export interface TerminalSize {
  readonly columns: number
  readonly rows: number
}

/** Lines that are longer than the terminal are cut, not broken, even where it takes letters for wider than we do (DECAWM). */
const cutLines = '\u001b[?7l'
const breakLines = '\u001b[?7h'

/**
 * A few lines at the end of what a terminal shows, which are drawn anew again and again, and taken away at the end. Other output of the
 * program goes through `guarded`, so that it never gets between them.
 */
export class LiveArea {
  /** The terminal's size now; undefined when there is no terminal that could be drawn on. */
  readonly size: () => TerminalSize | undefined
  readonly #out: Output
  #height = 0

  /**
   * @param out the terminal
   * @param size asked at each drawing
   */
  constructor (out: Output, size: () => TerminalSize | undefined) {
    this.#out = out
    this.size = size
  }

  /**
   * Shows lines in place of those that were drawn before; as many as there is room for.
   *
   * @param lines plain text without control characters
   */
  draw (lines: readonly string[]): void {
    const size = this.size()
    if (size === undefined) return
    const shown = fitting(lines, size)
    this.#out.write(this.#erasure() + cutLines + shown.map(line => `${line}\n`).join('') + breakLines)
    this.#height = shown.length
  }

  /** Takes the lines away. */
  erase (): void {
    const erasure = this.#erasure()
    this.#height = 0
    if (erasure !== '') this.#out.write(erasure)
  }

  /** The output, with the lines taken away before anything is written. */
  guarded (out: Output): Output {
    return {
      get isTerminal () { return out.isTerminal === true },
      write: text => {
        this.erase()
        return out.write(text)
      }
    }
  }

  #erasure (): string {
    return this.#height === 0 ? '' : `\u001b[${this.#height}A\r\u001b[J`
  }
}

/** A line stays free for the cursor, and a column for what terminals do at their edge. */
function fitting (lines: readonly string[], { columns, rows }: TerminalSize): string[] {
  const room = Math.max(1, rows - 1)
  const kept = lines.length <= room ? lines : [...lines.slice(0, room - 1), `  … and ${lines.length - room + 1} more lines`]
  return kept.map(line => cut(line, Math.max(1, columns - 1)))
}

function cut (line: string, width: number): string {
  if (textWidth(line) <= width) return line
  let kept = ''
  let used = 0
  for (const letter of line) {
    used += textWidth(letter)
    if (used > width - 1) break
    kept += letter
  }
  return `${kept}…`
}
