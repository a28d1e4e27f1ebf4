import { repositoryCommands } from '../commands.js'
import { element, replaceChildren } from '../dom.js'
import type { State } from '../store.js'
import { commandList } from './command-list.js'
import { copyButton } from './copy-button.js'
import type { PageContext } from './page-context.js'
import { toolSwitch } from './tool-switch.js'

/** The repository's name, its URL, and what to type to use it. */
export function repositoryHeader (context: PageContext): HTMLElement[] {
  return [element('div', { class: 'title' }, [title(context), toolSwitch(context.store)]), commands(context)]
}

function title (context: PageContext): HTMLElement {
  const { url } = context.repository
  return element('div', {}, [
    element('h1', {}, [new URL(url).host]),
    element('p', { class: 'address' }, [
      element('span', {}, ['Chart repository at']),
      element('code', {}, [url]),
      copyButton(context, { label: 'the repository\'s URL', text: url })
    ])
  ])
}

/** The commands: folded away at first where the screen is narrow, and gone where others say more. */
function commands (context: PageContext): HTMLElement {
  const list = element('div')
  const root = element('details', { class: 'quick' }, [element('summary', {}, ['How to use it']), list])
  root.open = window.matchMedia('(min-width: 46rem)').matches
  let drawn: string | undefined
  context.store.watch(state => {
    root.hidden = hasOwnCommands(state)
    const api = state.listing.error?.code !== 'api-off'
    const wanted = `${state.tool} ${api}`
    if (wanted === drawn) return
    drawn = wanted
    replaceChildren(list, [commandList(context, repositoryCommands(state.tool, context.repository, api))])
  })
  return root
}

/** Whether what is shown below has commands of its own: a chart, and an empty repository. */
function hasOwnCommands ({ route, listing }: State): boolean {
  return route.view === 'chart' || (listing.status === 'ready' && listing.charts.length === 0)
}
