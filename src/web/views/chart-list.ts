import { element } from '../dom.js'
import { searchCharts, sliceOf } from '../search.js'
import type { State } from '../store.js'
import { count } from '../words.js'
import { chartCard } from './chart-card.js'
import { emptyNotice } from './empty-notice.js'
import type { Contents } from './list-section.js'
import { listSection, pageSize } from './list-section.js'
import { failure, notice, waiting } from './notice.js'
import { orderChoice } from './order-choice.js'
import type { RepositoryContext } from './page-context.js'
import { pager } from './pager.js'
import { searchBar, showPart } from './search-bar.js'

/** The list of charts, with its search. */
export function chartList (context: RepositoryContext): HTMLElement {
  const { store } = context
  const bar = searchBar(context, {
    label: 'Search charts',
    placeholder: 'Search by name, description or keyword',
    query: () => store.state.list.query,
    type: query => showPart(context, { ...store.state.list, query, page: 1 }),
    choices: orderChoice(context)
  })
  return listSection(context, {
    id: 'charts-title',
    title: 'Charts',
    bar,
    contents: state => state.route.view === 'list' ? contents(context, state) : undefined,
    isEmpty: ({ charts }) => charts.items.length === 0
  })
}

function contents (context: RepositoryContext, state: State): Contents {
  const { status, items, error } = state.charts
  if (error !== undefined) return { text: '', from: [error], draw: () => [failure('The charts cannot be listed', error, context.reload)] }
  if (items.length > 0) return found(state)
  if (status === 'loading') return { text: '', from: [status], draw: () => [waiting('Loading charts …')] }
  return { text: '', from: [status, state.tool], draw: () => [emptyNotice(context, { ...context, title: 'No charts yet', lead: 'Upload your first chart' })] }
}

function found ({ list, charts: { status, items } }: State): Contents {
  const matching = searchCharts(items, list.query, list.order)
  const more = status === 'loading' ? ', loading more …' : ''
  const all = count(items.length, 'chart')
  if (matching.length === 0) {
    return { text: `0 results in ${all}${more}`, from: [list.query], draw: () => [notice('No chart fits', [element('p', {}, [`Nothing here holds “${list.query}”.`])])] }
  }
  const slice = sliceOf(matching, list.page, pageSize)
  return {
    text: (list.query.trim() === '' ? all : `${count(matching.length, 'result')} in ${all}`) + more,
    from: [list.query, list.order, slice.page, slice.pages, ...slice.items],
    draw: () => [element('ul', { class: 'cards' }, slice.items.map(chart => chartCard(chart, list.repository))), pager(list, slice)]
  }
}
