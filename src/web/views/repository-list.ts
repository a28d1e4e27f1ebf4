import { element } from '../dom.js'
import { searchByName, sliceOf } from '../search.js'
import type { State } from '../store.js'
import { count } from '../words.js'
import { emptyNotice } from './empty-notice.js'
import type { Contents } from './list-section.js'
import { listSection, pageSize } from './list-section.js'
import { failure, notice, waiting } from './notice.js'
import type { ServerContext } from './page-context.js'
import { pager } from './pager.js'
import { repositoryCard } from './repository-card.js'
import { searchBar, showPart } from './search-bar.js'

/** The list of repositories, with its search. */
export function repositoryList (context: ServerContext): HTMLElement {
  const { store } = context
  const bar = searchBar(context, {
    label: 'Search repositories',
    placeholder: 'Search by name',
    query: () => store.state.overview.query,
    type: query => showPart(context, { ...store.state.overview, query, page: 1 })
  })
  return listSection(context, {
    id: 'repositories-title',
    title: 'Repositories',
    bar,
    contents: state => contents(context, state),
    isEmpty: ({ repositories }) => repositories.items.length === 0
  })
}

function contents (context: ServerContext, state: State): Contents {
  const { status, items, error } = state.repositories
  if (error !== undefined) return { text: '', from: [error], draw: () => [failure('The repositories cannot be listed', error, context.reload)] }
  if (items.length > 0) return found(state)
  if (status === 'loading') return { text: '', from: [status], draw: () => [waiting('Loading repositories …')] }
  return { text: '', from: [status, state.tool], draw: () => [emptyServer(context)] }
}

function found ({ overview, repositories: { items } }: State): Contents {
  const matching = searchByName(items, overview.query)
  const all = count(items.length, 'repository')
  if (matching.length === 0) {
    return { text: `0 results in ${all}`, from: [overview.query], draw: () => [notice('No repository fits', [element('p', {}, [`None is called “${overview.query}”.`])])] }
  }
  const slice = sliceOf(matching, overview.page, pageSize)
  return {
    text: overview.query.trim() === '' ? all : `${count(matching.length, 'result')} in ${all}`,
    // What is read again says the same most times, in other objects.
    from: [overview.query, slice.page, slice.pages, ...slice.items.map(({ name, charts, versions }) => `${name} ${charts} ${versions}`)],
    draw: () => [element('ul', { class: 'cards' }, slice.items.map(repositoryCard)), pager(overview, slice)]
  }
}

function emptyServer (context: ServerContext): HTMLElement {
  const { example, reload } = context
  return emptyNotice(context, { title: 'No repositories yet', lead: `A repository begins with its first chart. Begin one that is called ${example.name ?? ''}`, repository: example, reload })
}
