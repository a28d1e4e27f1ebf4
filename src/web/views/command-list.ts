import type { Command } from '../commands.js'
import { element } from '../dom.js'
import { copyButton } from './copy-button.js'
import type { PageContext } from './page-context.js'

/**
 * Commands to read or to copy.
 *
 * @param kind `ordered` when each needs the one before
 */
export function commandList (context: Pick<PageContext, 'say'>, commands: readonly Command[], kind: 'ordered' | 'unordered' = 'unordered'): HTMLElement {
  const rows = commands.map(command => element('li', { class: 'command' }, [
    element('span', { class: 'label' }, [command.label]),
    element('span', { class: 'line' }, [
      element('code', {}, [command.text]),
      copyButton(context, command)
    ])
  ]))
  return element(kind === 'ordered' ? 'ol' : 'ul', { class: 'commands' }, rows)
}
