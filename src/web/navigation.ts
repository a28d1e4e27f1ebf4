import type { Repository } from './commands.js'
import type { Route } from './route.js'
import { parseRoute, routeUrl } from './route.js'
import type { Store } from './store.js'

/**
 * Keeps state and address together: shows what the address names whenever it changes, takes the reader's place (and a screen reader's) to
 * what is new, and names it in the title.
 */
export function followAddress (store: Store, { url }: Repository): void {
  const { host } = new URL(url)
  window.addEventListener('hashchange', () => {
    const before = store.state.route
    const route = parseRoute(location.hash)
    store.update({ route, ...(route.view === 'list' && { list: route }) })
    moveTo(route, before)
  })
  // A link to an element's id would be taken for a route.
  document.querySelector<HTMLAnchorElement>('a.skip')?.addEventListener('click', event => {
    event.preventDefault()
    document.getElementById('content')?.focus()
  })
  store.watch(({ route }) => {
    document.title = titleOf(route, host)
  })
}

function titleOf (route: Route, host: string): string {
  if (route.view === 'list') return `Charts at ${host}`
  return `${[route.name, route.version].filter(text => text !== undefined).join(' ')} at ${host}`
}

/** Back from a chart, the reader is where they left the list; elsewhere a new part begins at its heading. */
function moveTo (route: Route, before: Route): void {
  if (route.view === 'list' && before.view === 'chart') {
    const link = linkTo(before.name)
    if (link !== undefined) {
      link.focus()
      return
    }
  }
  window.scrollTo(0, 0)
  document.getElementById(route.view === 'list' ? 'charts-title' : 'chart-title')?.focus({ preventScroll: true })
}

function linkTo (name: string): HTMLAnchorElement | undefined {
  const href = routeUrl({ view: 'chart', name })
  return [...document.querySelectorAll<HTMLAnchorElement>('.cards a')].find(link => link.getAttribute('href') === href)
}
