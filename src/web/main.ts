import { ApiClient, fetchRepositories } from './api-client.js'
import { replaceChildren } from './dom.js'
import { apiErrorOf } from './errors.js'
import { loadCharts } from './load-charts.js'
import { followAddress } from './navigation.js'
import type { Server } from './repository.js'
import { exampleName, repositoryOf, serverAt } from './repository.js'
import type { ChartRoute, Depth, ListRoute, Route } from './route.js'
import { allRepositories, parseRoute, readDepth, wholeList } from './route.js'
import type { Listing } from './store.js'
import { placeOf, Store, unread } from './store.js'
import { chartList } from './views/chart-list.js'
import { chartView } from './views/chart-view.js'
import { footer } from './views/footer.js'
import type { PageContext, RepositoryContext, ServerContext } from './views/page-context.js'
import { repositoryHeader } from './views/repository-header.js'
import { repositoryList } from './views/repository-list.js'
import { serverHeader } from './views/server-header.js'

const request = (url: string, init: RequestInit): Promise<Response> => fetch(url, init)

/** Composes the page: state, API, views, and the address that they follow. */
function main (): void {
  const server = serverAt(location.href)
  const depth = readDepth(document.documentElement.dataset['depth'])
  const route = parseRoute(location.hash, depth)
  const store = new Store({ route, overview: allRepositories, list: wholeList(), repositories: unread, charts: unread, tool: 'helm' })
  let over = new AbortController()
  const enter = (route: Route): void => {
    over.abort()
    over = new AbortController()
    const page: PageContext = { store, say, signal: over.signal }
    store.update({ ...placeOf(route), charts: unread })
    if (route.view === 'repositories') showServer(page, server, depth)
    else showRepository(page, server, route)
  }
  enter(route)
  followAddress({ store, depth, server, enter })
}

/** Shows the repositories of the server. */
function showServer (page: PageContext, server: Server, depth: Depth): void {
  const { store, signal } = page
  const reload = (): void => load(() => fetchRepositories(server, request), { signal, before: store.state.repositories, put: repositories => store.update({ repositories }) })
  const context: ServerContext = { ...page, server, example: repositoryOf(server, exampleName(depth)), reload }
  replaceChildren(place('repository'), serverHeader(context))
  replaceChildren(place('content'), [repositoryList(context)])
  replaceChildren(place('served'), footer())
  reload()
}

/** Shows one repository. */
function showRepository (page: PageContext, server: Server, route: ListRoute | ChartRoute): void {
  const { store, signal } = page
  const repository = repositoryOf(server, route.repository)
  const api = new ApiClient(repository, request)
  const reload = (): void => load(progress => loadCharts((offset, limit) => api.charts(offset, limit), progress), { signal, before: store.state.charts, put: charts => store.update({ charts }) })
  if (route.view === 'chart') store.update({ list: wholeList(route.repository) })
  const context: RepositoryContext = { ...page, repository, api, reload }
  replaceChildren(place('repository'), repositoryHeader(context))
  replaceChildren(place('content'), [chartList(context), chartView(context)])
  replaceChildren(place('served'), footer(repository))
  reload()
}

interface Loading<Item> {
  /** Raised when the list is no longer shown. */
  readonly signal: AbortSignal
  /** What is shown until there is something new. */
  readonly before: Listing<Item>
  readonly put: (listing: Listing<Item>) => void
}

/** Reads a list into the store, or the reason why it cannot be read. */
function load<Item> (read: (progress: (items: readonly Item[]) => void) => Promise<readonly Item[]>, { signal, before, put }: Loading<Item>): void {
  const tell = (listing: Listing<Item>): void => {
    if (!signal.aborted) put(listing)
  }
  const show = (status: Listing<Item>['status']) => (items: readonly Item[]): void => tell({ status, items })
  show('loading')(before.items)
  read(show('loading')).then(show('ready'), (thrown: unknown) => {
    const error = apiErrorOf(thrown)
    if (error !== undefined) tell({ status: 'failed', items: [], error })
  })
}

function say (text: string): void {
  place('said').textContent = text
}

/** A part of index.html. */
function place (id: string): HTMLElement {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`index.html has no element with the id ${id}`)
  return found
}

main()
