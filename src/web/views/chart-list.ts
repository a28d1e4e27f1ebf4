import type { Child } from '../dom.js'
import { element, replaceChildren } from '../dom.js'
import { searchCharts, sliceOf } from '../search.js'
import type { State } from '../store.js'
import { count } from '../words.js'
import { chartCard } from './chart-card.js'
import { emptyRepository } from './empty-repository.js'
import { failure, notice, waiting } from './notice.js'
import type { PageContext } from './page-context.js'
import { pager } from './pager.js'
import { searchBar } from './search-bar.js'

/** How many charts are shown at once: the cost of a change is theirs, however many there are. */
const pageSize = 48

/** The list of charts, with its search. */
export function chartList (context: PageContext): HTMLElement {
  const bar = searchBar(context.store)
  const status = element('p', { class: 'quiet', role: 'status' })
  const results = element('div', { class: 'results' })
  const root = element('section', { 'aria-labelledby': 'charts-title' }, [element('h2', { id: 'charts-title', tabindex: '-1' }, ['Charts']), bar, status, results])
  let drawn: readonly unknown[] = []
  context.store.watch(state => {
    root.hidden = state.route.view !== 'list'
    if (root.hidden) return
    bar.hidden = state.listing.charts.length === 0
    const { text, from, draw } = contents(context, state)
    if (status.textContent !== text) status.textContent = text
    // What did not change is left alone, and the reader's place in it with it: pages of the list come in while they read.
    if (from.length === drawn.length && from.every((each, index) => each === drawn[index])) return
    drawn = from
    replaceChildren(results, draw())
  })
  return root
}

interface Contents {
  /** What there is, in a line. */
  readonly text: string
  /** All that the drawing depends on. */
  readonly from: readonly unknown[]
  readonly draw: () => readonly Child[]
}

function contents (context: PageContext, state: State): Contents {
  const { status, charts, error } = state.listing
  if (error !== undefined) return { text: '', from: [error], draw: () => [failure('The charts cannot be listed', error, context.reload)] }
  if (charts.length > 0) return found(state)
  if (status === 'loading') return { text: '', from: [status], draw: () => [waiting('Loading charts …')] }
  return { text: '', from: [status, state.tool], draw: () => [emptyRepository(context, state.tool)] }
}

function found ({ list, listing: { status, charts } }: State): Contents {
  const matching = searchCharts(charts, list.query, list.order)
  const more = status === 'loading' ? ', loading more …' : ''
  const all = count(charts.length, 'chart')
  if (matching.length === 0) {
    return { text: `0 results in ${all}${more}`, from: [list.query], draw: () => [notice('No chart fits', [element('p', {}, [`Nothing here holds “${list.query}”.`])])] }
  }
  const slice = sliceOf(matching, list.page, pageSize)
  return {
    text: (list.query.trim() === '' ? all : `${count(matching.length, 'result')} in ${all}`) + more,
    from: [list.query, list.order, slice.page, slice.pages, ...slice.items],
    draw: () => [element('ul', { class: 'cards' }, slice.items.map(chartCard)), pager(list, slice)]
  }
}
