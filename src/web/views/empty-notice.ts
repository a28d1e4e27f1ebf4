import { firstCommands } from '../commands.js'
import { button, element } from '../dom.js'
import type { Repository } from '../repository.js'
import { allRepositories, routeUrl } from '../route.js'
import { commandList } from './command-list.js'
import { notice } from './notice.js'
import type { PageContext } from './page-context.js'

/** What is empty: a repository, or a server without any. */
export interface Emptiness {
  readonly title: string
  /** What stands before the name of the chart's folder. */
  readonly lead: string
  /** The repository that the commands are about. */
  readonly repository: Repository
  /** Looks whether there is something by now. */
  readonly reload: () => void
}

/** What a newcomer sees: that nothing is here yet, and the three commands that change it. */
export function emptyNotice (context: PageContext, { title, lead, repository, reload }: Emptiness): HTMLElement {
  const { route, tool } = context.store.state
  return notice(title, [
    element('p', {}, [`${lead}: three commands, in a folder that holds a chart called `, element('code', {}, ['mychart']), '.']),
    commandList(context, firstCommands(tool, repository), 'ordered'),
    element('p', {}, [element('code', {}, ['helm create mychart']), ' makes one to try with.']),
    route.view === 'list' && route.repository !== undefined ? element('p', {}, ['If charts should be here, the name in the address may be wrong: these are ', element('a', { href: routeUrl(allRepositories) }, ['all repositories']), '.']) : undefined,
    button('Look again', { class: 'plain' }, reload)
  ])
}
