import { firstCommands } from '../commands.js'
import { button, element } from '../dom.js'
import type { Tool } from '../commands.js'
import { commandList } from './command-list.js'
import { notice } from './notice.js'
import type { PageContext } from './page-context.js'

/** What a newcomer sees: that nothing is here yet, and the three commands that change it. */
export function emptyRepository (context: PageContext, tool: Tool): HTMLElement {
  return notice('No charts yet', [
    element('p', {}, ['Upload your first chart: three commands, in a folder that holds a chart called ', element('code', {}, ['mychart']), '.']),
    commandList(context, firstCommands(tool, context.repository), 'ordered'),
    element('p', {}, [element('code', {}, ['helm create mychart']), ' makes one to try with.']),
    button('Look again', { class: 'plain' }, context.reload)
  ])
}
