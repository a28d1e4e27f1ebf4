import { element } from '../dom.js'
import type { ListRoute } from '../route.js'
import { routeUrl } from '../route.js'
import type { Order } from '../search.js'
import type { Store } from '../store.js'

const orders: Readonly<Record<Order, string>> = { name: 'Name', updated: 'Last updated' }

/** The search box and the choice of order. What is typed stands in the address at once, without a step in the browser's history. */
export function searchBar (store: Store): HTMLElement {
  const input = searchInput(list => change(store, list))
  const select = orderSelect(list => change(store, list))
  const form = element('form', { class: 'search', role: 'search' }, [
    element('label', { for: 'query', class: 'unseen' }, ['Search charts']), input,
    element('label', { for: 'order' }, ['Order by']), select
  ])
  form.addEventListener('submit', event => event.preventDefault())
  store.watch(({ list }) => {
    if (input.value.trim() !== list.query.trim()) input.value = list.query
    select.value = list.order
  })
  return form
}

function change (store: Store, part: Partial<ListRoute>): void {
  const list: ListRoute = { ...store.state.list, ...part, page: 1 }
  history.replaceState(null, '', routeUrl(list))
  store.update({ list, route: list })
}

function searchInput (tell: (part: Partial<ListRoute>) => void): HTMLInputElement {
  const input = element('input', {
    id: 'query',
    type: 'search',
    placeholder: 'Search by name, description or keyword',
    autocomplete: 'off',
    spellcheck: 'false',
    enterkeyhint: 'search',
    'aria-keyshortcuts': '/'
  })
  input.addEventListener('input', () => tell({ query: input.value }))
  document.addEventListener('keydown', event => {
    if (event.key !== '/' || event.target instanceof HTMLInputElement || input.offsetParent === null) return
    event.preventDefault()
    input.focus()
  })
  return input
}

function orderSelect (tell: (part: Partial<ListRoute>) => void): HTMLSelectElement {
  const options = Object.entries(orders).map(([value, text]) => element('option', { value }, [text]))
  const select = element('select', { id: 'order' }, options)
  select.addEventListener('change', () => tell({ order: select.value === 'updated' ? 'updated' : 'name' }))
  return select
}
