import { serverCommands } from '../commands.js'
import { element } from '../dom.js'
import type { Repository, RepositorySummary } from '../repository.js'
import { repositoryOf } from '../repository.js'
import { isApiOff } from '../store.js'
import { addressLine } from './address-line.js'
import type { ServerContext } from './page-context.js'
import { toolSwitch } from './tool-switch.js'
import { usage } from './usage.js'

/** The server's name, its URL, and what to type to use its repositories. */
export function serverHeader (context: ServerContext): HTMLElement[] {
  const { store, server } = context
  const title = element('div', {}, [
    element('h1', {}, [new URL(server.url).host]),
    addressLine(context, { label: 'Chart repositories below', url: server.url, what: 'the server\'s URL' })
  ])
  return [
    element('div', { class: 'title' }, [title, toolSwitch(store)]),
    usage(context, {
      commands: ({ tool, repositories }) => serverCommands(tool, oneOf(context, repositories.items), !isApiOff(repositories)),
      isTold: ({ repositories: { status, items } }) => status === 'ready' && items.length === 0,
      note: ({ repositories }) => isApiOff(repositories) ? '' : 'A repository that is not there yet begins with the first chart that is uploaded to it.'
    })
  ]
}

/** A repository for the commands to name: one that is there, if any is. */
function oneOf ({ server, example }: ServerContext, repositories: readonly RepositorySummary[]): Repository {
  const [first] = repositories
  return first === undefined ? example : repositoryOf(server, first.name)
}
