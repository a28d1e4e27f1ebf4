import type { Command } from '../commands.js'
import { element, replaceChildren } from '../dom.js'
import type { State } from '../store.js'
import { commandList } from './command-list.js'
import type { PageContext } from './page-context.js'

/** The commands of what is looked at. */
export interface Usage {
  readonly commands: (state: State) => readonly Command[]
  /** Whether what is shown below has commands of its own. */
  readonly isTold: (state: State) => boolean
  /** What stands below the commands; nothing when empty. */
  readonly note?: (state: State) => string
}

/** The commands: folded away at first where the screen is narrow, and gone where others say more. */
export function usage (context: PageContext, { commands, isTold, note }: Usage): HTMLElement {
  const list = element('div')
  const below = element('p', { class: 'note' })
  const root = element('details', { class: 'quick' }, [element('summary', {}, ['How to use it']), list, below])
  root.open = window.matchMedia('(min-width: 46rem)').matches
  let drawn: string | undefined
  context.store.watch(state => {
    root.hidden = isTold(state)
    below.textContent = note?.(state) ?? ''
    below.hidden = below.textContent === ''
    const wanted = commands(state)
    const texts = JSON.stringify(wanted)
    if (texts === drawn) return
    drawn = texts
    replaceChildren(list, [commandList(context, wanted)])
  }, context.signal)
  return root
}
