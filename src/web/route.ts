import { fragmentUrl } from './safe-url.js'
import type { SafeUrl } from './safe-url.js'
import type { Order } from './search.js'

/** The list of charts: what is searched for, how it is ordered, and which page of it is shown (from 1). */
export interface ListRoute {
  readonly view: 'list'
  readonly query: string
  readonly order: Order
  readonly page: number
}

/** A chart: the version named, or the newest. */
export interface ChartRoute {
  readonly view: 'chart'
  readonly name: string
  readonly version?: string
}

/** What the page shows; it stands in the address after `#`, so that it can be bookmarked and sent. */
export type Route = ListRoute | ChartRoute

/** The list as a newcomer sees it. */
export const wholeList: ListRoute = { view: 'list', query: '', order: 'name', page: 1 }

/**
 * Reads the fragment of an address: `#/charts/NAME`, `#/charts/NAME/VERSION` or `#/?q=WORDS&order=updated&page=2`. Anything else is the list.
 *
 * @param fragment with or without its `#`
 */
export function parseRoute (fragment: string): Route {
  const [path = '', search = ''] = fragment.replace(/^#/, '').split('?')
  const [, folder, name, version] = path.split('/').map(decode)
  if (folder !== 'charts' || name === undefined || name === '') return parseList(new URLSearchParams(search))
  return { view: 'chart', name, ...(version !== undefined && version !== '' && { version }) }
}

/** The link to a route: `parseRoute` reads it back. */
export function routeUrl (route: Route): SafeUrl {
  if (route.view === 'list') return fragmentUrl(listFragment(route))
  const version = route.version === undefined ? '' : `/${encodeURIComponent(route.version)}`
  return fragmentUrl(`/charts/${encodeURIComponent(route.name)}${version}`)
}

function parseList (search: URLSearchParams): ListRoute {
  const page = Number(search.get('page'))
  return {
    view: 'list',
    query: search.get('q') ?? '',
    order: search.get('order') === 'updated' ? 'updated' : 'name',
    page: Number.isSafeInteger(page) && page > 0 ? page : 1
  }
}

function listFragment ({ query, order, page }: ListRoute): string {
  const search = new URLSearchParams()
  if (query !== '') search.set('q', query)
  if (order !== 'name') search.set('order', order)
  if (page !== 1) search.set('page', String(page))
  return search.size === 0 ? '/' : `/?${search.toString()}`
}

/** Undoes percent-encoding; what is not properly encoded stands for itself. */
function decode (text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
