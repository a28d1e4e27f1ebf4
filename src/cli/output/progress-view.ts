import type { WaitLook, WaitProgress } from '../../kube/wait-progress.js'
import type { Output } from './direct-output.js'
import type { LiveArea } from './live-area.js'
import { plainLine } from './plain-line.js'
import { quietTime, waitingLine } from './progress-lines.js'
import { ageText, objectText, reasonTexts, stateText } from './progress-text.js'

/** Waits that are shorter show nothing, in milliseconds: nobody could read it. */
const flash = 1000

/**
 * Shows on a terminal how waiting goes: how many objects are ready, and those that are not with the reasons, drawn anew at each look. At the
 * end all of it is taken away; of a long wait that failed the reasons stay.
 */
export class ProgressView implements WaitProgress {
  readonly #area: LiveArea
  readonly #out: Output
  #last: WaitLook | undefined

  /**
   * @param area where to draw
   * @param out for what is to stay
   */
  constructor (area: LiveArea, out: Output) {
    this.#area = area
    this.#out = out
  }

  readonly looked = (look: WaitLook): void => {
    this.#last = look
    if (ageOf(look) >= flash) this.#area.draw(linesOf(look))
    else this.#area.erase()
  }

  readonly ended = (isMet: boolean): void => {
    const look = this.#last
    this.#last = undefined
    this.#area.erase()
    if (isMet || look === undefined) return
    for (const waiting of look.waiting) if (waiting.age >= quietTime) this.#out.write(waitingLine(waiting, look))
  }
}

function ageOf ({ waiting }: WaitLook): number {
  return Math.max(0, ...waiting.map(({ age }) => age))
}

function linesOf (look: WaitLook): string[] {
  const { goal, total, waiting, trouble } = look
  const objects = waiting.flatMap(each => [`  ${objectText(each)}: ${stateText(each, goal)}`, ...reasonTexts(each).map(reason => `    ${reason}`)])
  const head = `${total - waiting.length}/${total} objects are ${goal} (${ageText(ageOf(look))})`
  return [head, ...objects, ...trouble === undefined ? [] : [`  ${plainLine(trouble)}`]]
}
