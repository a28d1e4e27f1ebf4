import type { Child } from '../dom.js'
import { element } from '../dom.js'
import type { Order } from '../search.js'
import type { PageContext } from './page-context.js'
import { showPart } from './search-bar.js'

const orders: Readonly<Record<Order, string>> = { name: 'Name', updated: 'Last updated' }

/** The choice of the order of charts, with its label. */
export function orderChoice ({ store, signal }: PageContext): Child[] {
  const select = element('select', { id: 'order' }, Object.entries(orders).map(([value, text]) => element('option', { value }, [text])))
  select.addEventListener('change', () => showPart({ store }, { ...store.state.list, order: select.value === 'updated' ? 'updated' : 'name', page: 1 }))
  store.watch(({ list }) => {
    select.value = list.order
  }, signal)
  return [element('label', { for: 'order' }, ['Order by']), select]
}
