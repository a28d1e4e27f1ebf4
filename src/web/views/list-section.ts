import type { Child } from '../dom.js'
import { element, replaceChildren } from '../dom.js'
import type { State } from '../store.js'
import type { PageContext } from './page-context.js'

/** How many items are shown at once: the cost of a change is theirs, however many there are. */
export const pageSize = 48

/** What a list shows. */
export interface Contents {
  /** What there is, in a line. */
  readonly text: string
  /** All that the drawing depends on. */
  readonly from: readonly unknown[]
  readonly draw: () => readonly Child[]
}

/** A list with its search. */
export interface ListSection {
  /** Of its heading. */
  readonly id: string
  readonly title: string
  readonly bar: HTMLElement
  /** What it shows; nothing while something else is shown. */
  readonly contents: (state: State) => Contents | undefined
  /** Whether there is nothing to search in. */
  readonly isEmpty: (state: State) => boolean
}

/** A section that shows a list, and changes with the state. */
export function listSection ({ store, signal }: PageContext, { id, title, bar, contents, isEmpty }: ListSection): HTMLElement {
  const status = element('p', { class: 'quiet', role: 'status' })
  const results = element('div', { class: 'results' })
  const root = element('section', { 'aria-labelledby': id }, [element('h2', { id, tabindex: '-1' }, [title]), bar, status, results])
  let drawn: readonly unknown[] = []
  store.watch(state => {
    const shown = contents(state)
    root.hidden = shown === undefined
    if (shown === undefined) return
    bar.hidden = isEmpty(state)
    const { text, from, draw } = shown
    if (status.textContent !== text) status.textContent = text
    // What did not change is left alone, and the reader's place in it with it: pages of the list come in while they read.
    if (from.length === drawn.length && from.every((each, index) => each === drawn[index])) return
    drawn = from
    replaceChildren(results, draw())
  }, signal)
  return root
}
