import type { Server } from './repository.js'
import { shownName } from './repository.js'
import type { Depth, Route } from './route.js'
import { areTogether, parseRoute, routeUrl, wholeList } from './route.js'
import { placeOf } from './store.js'
import type { Store } from './store.js'

/** What follows an address. */
export interface Followers {
  readonly store: Store
  readonly server: Server
  readonly depth: Depth
  /** Shows a route that lies in another repository than the one before, or in none. */
  readonly enter: (route: Route) => void
}

/**
 * Keeps state and address together: shows what the address names whenever it changes, takes the reader's place (and a screen reader's) to
 * what is new, and names it in the title.
 */
export function followAddress ({ store, server, depth, enter }: Followers): void {
  const { host } = new URL(server.url)
  window.addEventListener('hashchange', () => {
    const before = store.state.route
    const route = parseRoute(location.hash, depth)
    if (areTogether(route, before)) store.update(placeOf(route))
    else enter(route)
    moveTo(route, before)
  })
  // A link to an element's id would be taken for a route.
  document.querySelector<HTMLAnchorElement>('a.skip')?.addEventListener('click', event => {
    event.preventDefault()
    document.getElementById('content')?.focus()
  })
  store.watch(({ route }) => {
    document.title = `${titleOf(route)} at ${host}`
  })
}

function titleOf (route: Route): string {
  if (route.view === 'repositories') return 'Repositories'
  const inside = route.repository === undefined ? '' : ` in ${shownName(route.repository)}`
  if (route.view === 'list') return `Charts${inside}`
  return [route.name, route.version].filter(text => text !== undefined).join(' ') + inside
}

/** Back from a chart or a repository, the reader is where they left the list; elsewhere a new part begins at its heading. */
function moveTo (route: Route, before: Route): void {
  const link = linkTo(route, before)
  if (link !== undefined) {
    link.focus()
    return
  }
  window.scrollTo(0, 0)
  document.getElementById(titles[route.view])?.focus({ preventScroll: true })
}

const titles: Readonly<Record<Route['view'], string>> = { repositories: 'repositories-title', list: 'charts-title', chart: 'chart-title' }

/** The link in a list to what was left for it. */
function linkTo (route: Route, before: Route): HTMLAnchorElement | undefined {
  const left = route.view === 'chart' || before.view === 'repositories' ? undefined : route.view === 'repositories' ? wholeList(before.repository) : chartOf(before)
  if (left === undefined) return undefined
  const href = routeUrl(left)
  return [...document.querySelectorAll<HTMLAnchorElement>('.cards a')].find(link => link.getAttribute('href') === href)
}

function chartOf (route: Route): Route | undefined {
  return route.view === 'chart' ? { view: 'chart', repository: route.repository, name: route.name } : undefined
}
