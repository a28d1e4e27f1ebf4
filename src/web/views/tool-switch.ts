import type { Tool } from '../commands.js'
import { tools } from '../commands.js'
import { element } from '../dom.js'
import type { Store } from '../store.js'

/** Chooses the program that commands are written for. */
export function toolSwitch (store: Store): HTMLElement {
  return element('fieldset', { class: 'switch' }, [
    element('legend', { class: 'unseen' }, ['Write commands for']),
    ...tools.map(tool => element('label', {}, [choice(store, tool), element('span', {}, [tool])]))
  ])
}

function choice (store: Store, tool: Tool): HTMLInputElement {
  const input = element('input', { type: 'radio', name: 'tool', value: tool, class: 'unseen' })
  input.checked = store.state.tool === tool
  input.addEventListener('change', () => store.update({ tool }))
  return input
}
