import type { Child } from '../dom.js'
import { element } from '../dom.js'
import type { ListRoute, RepositoriesRoute } from '../route.js'
import { routeUrl } from '../route.js'
import { placeOf } from '../store.js'
import type { PageContext } from './page-context.js'

/** What can be looked for. */
export interface SearchBar {
  readonly label: string
  readonly placeholder: string
  /** What is looked for now. */
  readonly query: () => string
  readonly type: (query: string) => void
  /** What else may be chosen. */
  readonly choices?: readonly Child[]
}

/** A search box. */
export function searchBar ({ store, signal }: PageContext, { label, placeholder, query, type, choices = [] }: SearchBar): HTMLElement {
  const input = element('input', { id: 'query', type: 'search', placeholder, autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'search', 'aria-keyshortcuts': '/' })
  input.addEventListener('input', () => type(input.value))
  document.addEventListener('keydown', event => {
    if (event.key !== '/' || event.target instanceof HTMLInputElement || input.offsetParent === null) return
    event.preventDefault()
    input.focus()
  }, { signal })
  const form = element('form', { class: 'search', role: 'search' }, [element('label', { for: 'query', class: 'unseen' }, [label]), input, ...choices])
  form.addEventListener('submit', event => event.preventDefault())
  store.watch(() => {
    if (input.value.trim() !== query().trim()) input.value = query()
  }, signal)
  return form
}

/** Shows another part of a list: it stands in the address at once, without a step in the browser's history. */
export function showPart ({ store }: Pick<PageContext, 'store'>, route: ListRoute | RepositoriesRoute): void {
  history.replaceState(null, '', routeUrl(route))
  store.update(placeOf(route))
}
