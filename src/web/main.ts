import { ApiClient } from './api-client.js'
import type { Chart } from './chart.js'
import { repositoryAt } from './commands.js'
import { apiErrorOf } from './errors.js'
import { loadCharts } from './load-charts.js'
import { followAddress } from './navigation.js'
import { parseRoute, wholeList } from './route.js'
import type { Listing } from './store.js'
import { Store } from './store.js'
import { chartList } from './views/chart-list.js'
import { chartView } from './views/chart-view.js'
import type { PageContext } from './views/page-context.js'
import { repositoryHeader } from './views/repository-header.js'

/** Composes the page: state, API, views, and the address that they follow. */
function main (): void {
  const repository = repositoryAt(location.href)
  const route = parseRoute(location.hash)
  const store = new Store({ route, list: route.view === 'list' ? route : wholeList, listing: { status: 'loading', charts: [] }, tool: 'helm' })
  const api = new ApiClient(repository.url, (url, init) => fetch(url, init))
  const context: PageContext = { store, api, repository, say, reload: () => load(api, store) }
  place('repository').append(...repositoryHeader(context))
  place('content').append(chartList(context), chartView(context))
  followAddress(store, repository)
  context.reload()
}

/** Reads the list into the store, or the reason why it cannot be read. */
function load (api: ApiClient, store: Store): void {
  const show = (status: Listing['status']) => (charts: readonly Chart[]): void => store.update({ listing: { status, charts } })
  show('loading')([])
  loadCharts((offset, limit) => api.charts(offset, limit), show('loading')).then(show('ready'), (thrown: unknown) => {
    const error = apiErrorOf(thrown)
    if (error !== undefined) store.update({ listing: { status: 'failed', charts: [], error } })
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
