import type { ChartVersion } from '../chart.js'
import { chartCommands } from '../commands.js'
import type { Tool } from '../commands.js'
import { element, replaceChildren } from '../dom.js'
import { commandList } from './command-list.js'
import type { RepositoryContext } from './page-context.js'

/**
 * The commands of a version, written anew when the reader chooses another program.
 *
 * @param signal raised when they are no longer shown
 */
export function versionCommands (context: RepositoryContext, version: ChartVersion, signal: AbortSignal): HTMLElement {
  const section = element('section', { 'aria-label': 'Commands' })
  let drawn: Tool | undefined
  context.store.watch(({ tool }) => {
    if (tool === drawn) return
    drawn = tool
    replaceChildren(section, [commandList(context, chartCommands(tool, context.repository, version))])
  }, signal)
  return section
}
