import { repositoryCommands } from '../commands.js'
import { element } from '../dom.js'
import { shownName } from '../repository.js'
import { routeUrl } from '../route.js'
import { isApiOff } from '../store.js'
import type { State } from '../store.js'
import { addressLine } from './address-line.js'
import type { RepositoryContext } from './page-context.js'
import { toolSwitch } from './tool-switch.js'
import { usage } from './usage.js'

/** The repository's name, its URL, and what to type to use it; the way back where there are others. */
export function repositoryHeader (context: RepositoryContext): HTMLElement[] {
  const { store, repository: { name, url } } = context
  const title = element('div', {}, [
    name === undefined ? undefined : element('p', { class: 'back' }, [element('a', { href: routeUrl(store.state.overview) }, ['← All repositories'])]),
    element('h1', {}, [name === undefined ? new URL(url).host : shownName(name)]),
    addressLine(context, { label: 'Chart repository at', url, what: 'the repository\'s URL' })
  ])
  return [
    element('div', { class: 'title' }, [title, toolSwitch(store)]),
    usage(context, { commands: ({ tool, charts }) => repositoryCommands(tool, context.repository, !isApiOff(charts)), isTold: hasOwnCommands })
  ]
}

/** A chart has commands of its own, and so has an empty repository; for one that cannot be there are none. */
function hasOwnCommands ({ route, charts }: State): boolean {
  return route.view === 'chart' || (charts.status === 'ready' && charts.items.length === 0) || charts.error?.code === 'malformed'
}
