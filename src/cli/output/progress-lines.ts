import type { WaitingFor, WaitLook, WaitProgress } from '../../kube/wait-progress.js'
import type { Output } from './direct-output.js'
import { plainLine } from './plain-line.js'
import { ageText, objectText, reasonTexts, stateText } from './progress-text.js'

/** How long an object must be waited for before anything is said, and how long until more is said of it, in milliseconds. */
export const quietTime = 10_000

/**
 * Tells how waiting goes where there is no terminal: a line when an object has been waited for some time, another when what is known of it has
 * changed, and one when it is ready after all. Short waits print nothing.
 */
export class ProgressLines implements WaitProgress {
  readonly #out: Output
  /** What was told of each object, and at which age. */
  readonly #told = new Map<string, { readonly text: string, readonly age: number }>()
  #last: WaitLook | undefined
  #trouble = ''

  /**
   * @param out where the lines go
   */
  constructor (out: Output) {
    this.#out = out
  }

  readonly looked = (look: WaitLook): void => {
    this.#tellReady(new Set(look.waiting.map(objectText)))
    this.#last = look
    for (const waiting of look.waiting) {
      const told = this.#told.get(objectText(waiting))
      if (waiting.age >= quietTime && (told === undefined || (told.text !== textOf(waiting, look) && waiting.age - told.age >= quietTime))) this.#tell(waiting, look)
    }
    if (this.#told.size > 0) this.#tellTrouble(look)
  }

  readonly ended = (isMet: boolean): void => {
    const look = this.#last
    if (isMet) this.#tellReady(new Set())
    else for (const waiting of look?.waiting ?? []) if (look !== undefined && this.#isNews(waiting, look)) this.#tell(waiting, look)
    this.#told.clear()
    this.#last = undefined
  }

  /** Whether something was told of it, and more is known by now. */
  #isNews (waiting: WaitingFor, look: WaitLook): boolean {
    const told = this.#told.get(objectText(waiting))
    return told !== undefined && told.text !== textOf(waiting, look)
  }

  #tell (waiting: WaitingFor, look: WaitLook): void {
    this.#told.set(objectText(waiting), { text: textOf(waiting, look), age: waiting.age })
    this.#out.write(waitingLine(waiting, look))
  }

  #tellReady (still: ReadonlySet<string>): void {
    for (const name of this.#told.keys()) {
      if (still.has(name)) continue
      this.#out.write(`${name} is ${this.#last?.goal ?? 'ready'}\n`)
      this.#told.delete(name)
    }
  }

  #tellTrouble ({ trouble = '' }: WaitLook): void {
    if (trouble === '' || trouble === this.#trouble) return
    this.#trouble = trouble
    this.#out.write(`waiting: ${plainLine(trouble)}\n`)
  }
}

/**
 * A line on an object that is waited for, with all that is known.
 *
 * @param waiting the object
 * @param look in which it was seen
 */
export function waitingLine (waiting: WaitingFor, look: WaitLook): string {
  const end = look.goal === 'gone' ? ' to be gone' : ''
  return `waiting for ${objectText(waiting)}${end} (${ageText(waiting.age)}): ${textOf(waiting, look)}\n`
}

function textOf (waiting: WaitingFor, { goal }: WaitLook): string {
  return [stateText(waiting, goal), ...reasonTexts(waiting)].join('; ')
}
