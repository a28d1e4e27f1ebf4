import { fragmentUrl } from './safe-url.js'
import type { SafeUrl } from './safe-url.js'
import type { Order } from './search.js'

/** How many segments name a repository: 0 where the server is one, `any` where they may be any number. */
export type Depth = number | 'any'

/** The list of repositories: what is searched for, and which page of it is shown (from 1). */
export interface RepositoriesRoute {
  readonly view: 'repositories'
  readonly query: string
  readonly page: number
}

/** The list of a repository's charts: what is searched for, how it is ordered, and which page of it is shown (from 1). */
export interface ListRoute {
  readonly view: 'list'
  /** Left out where the server is one repository. */
  readonly repository?: string | undefined
  readonly query: string
  readonly order: Order
  readonly page: number
}

/** A chart: the version named, or the newest. */
export interface ChartRoute {
  readonly view: 'chart'
  /** Left out where the server is one repository. */
  readonly repository?: string | undefined
  readonly name: string
  readonly version?: string
}

/** What the page shows; it stands in the address after `#`, so that it can be bookmarked and sent. */
export type Route = RepositoriesRoute | ListRoute | ChartRoute

/** The list of repositories as a newcomer sees it. */
export const allRepositories: RepositoriesRoute = { view: 'repositories', query: '', page: 1 }

/** A repository's list of charts as a newcomer sees it. */
export function wholeList (repository?: string): ListRoute {
  return { view: 'list', ...(repository !== undefined && { repository }), query: '', order: 'name', page: 1 }
}

/** Reads how a server says its depth: a number, or `any`; 0 for what is neither. */
export function readDepth (text: string | undefined): Depth {
  if (text === 'any') return 'any'
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : 0
}

/**
 * Reads the fragment of an address, which has the form of the API's paths: `#/charts/NAME`, `#/charts/NAME/VERSION` or `#/?q=WORDS&order=updated&page=2`, with
 * the repository in front where there are several: `#/org1/repoa/charts/NAME`, `#/org1/repoa/?q=WORDS`. There `#/?q=WORDS` is the list of repositories. Anything
 * else is a list.
 *
 * @param fragment with or without its `#`
 */
export function parseRoute (fragment: string, depth: Depth): Route {
  const [path = '', text = ''] = fragment.replace(/^#/, '').split('?')
  const search = new URLSearchParams(text)
  const located = depth === 'any' ? locateAny(segmentsOf(path)) : locate(segmentsOf(path), depth)
  if (located === undefined) return { view: 'repositories', query: search.get('q') ?? '', page: pageIn(search) }
  const { repository, rest: [folder, name, version] } = located
  const inside = depth === 0 ? {} : { repository }
  if (folder === 'charts' && name !== undefined && name !== '') return { view: 'chart', ...inside, name, ...(version !== undefined && version !== '' && { version }) }
  return { view: 'list', ...inside, query: search.get('q') ?? '', order: search.get('order') === 'updated' ? 'updated' : 'name', page: pageIn(search) }
}

/** The link to a route: `parseRoute` reads it back. */
export function routeUrl (route: Route): SafeUrl {
  if (route.view === 'repositories') return fragmentUrl(`/${searchText(route)}`)
  const folder = folderOf(route.repository)
  if (route.view === 'list') return fragmentUrl(`${folder}/${searchText(route)}`)
  const version = route.version === undefined ? '' : `/${encodeURIComponent(route.version)}`
  return fragmentUrl(`${folder === '/' ? '' : folder}/charts/${encodeURIComponent(route.name)}${version}`)
}

/** Whether two routes lie in the same repository, or are both the list of repositories. */
export function areTogether (one: Route, other: Route): boolean {
  if (one.view === 'repositories' || other.view === 'repositories') return one.view === other.view
  return one.repository === other.repository
}

/** What a list stands in: nothing where there is one repository, and `/` for the root of a server of any depth, since `#/` lists its repositories. */
function folderOf (repository: string | undefined): string {
  return repository === undefined ? '' : `/${repository.split('/').map(encodeURIComponent).join('/')}`
}

interface Located {
  readonly repository: string
  /** What follows it. */
  readonly rest: readonly string[]
}

/** By position; nothing when no repository is named. */
function locate (segments: readonly string[], depth: number): Located | undefined {
  const names = segments.slice(0, depth)
  if (names.length < depth || names.includes('')) return undefined
  return { repository: names.join('/'), rest: segments.slice(depth) }
}

/** By what follows it, as the server finds the end of a name that may have any number of segments. */
function locateAny (segments: readonly string[]): Located | undefined {
  if (segments.length === 0 || (segments.length === 1 && segments[0] === '')) return undefined
  const whole = segments.at(-1) === '' ? segments.slice(0, -1) : segments
  const end = whole.length < segments.length ? whole.length : whole.length - ([2, 3].find(length => whole.at(-length) === 'charts') ?? 0)
  return { repository: whole.slice(0, end).join('/'), rest: whole.slice(end) }
}

function segmentsOf (path: string): string[] {
  return path.split('/').slice(1).map(decode)
}

function pageIn (search: URLSearchParams): number {
  const page = Number(search.get('page'))
  return Number.isSafeInteger(page) && page > 0 ? page : 1
}

function searchText ({ query, page, ...rest }: RepositoriesRoute | ListRoute): string {
  const search = new URLSearchParams()
  if (query !== '') search.set('q', query)
  if (rest.view === 'list' && rest.order !== 'name') search.set('order', rest.order)
  if (page !== 1) search.set('page', String(page))
  return search.size === 0 ? '' : `?${search.toString()}`
}

/** Undoes percent-encoding; what is not properly encoded stands for itself. */
function decode (text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
