import type { Chart } from './chart.js'

/** How a list is ordered: by name as the server orders names, or by the last publication, the latest first. */
export type Order = 'name' | 'updated'

/** What can be searched for. */
export interface Searchable {
  readonly name: string
  /** What a search looks at, in lower case. */
  readonly text: string
}

/**
 * The charts that hold every word of a query in their name, description, keywords or app version, whatever the case. Those whose name
 * fits best come first; within each, the order asked for.
 *
 * @param charts in the order of their names
 * @param query what was typed; all charts when blank
 */
export function searchCharts (charts: readonly Chart[], query: string, order: Order): readonly Chart[] {
  return searchByName(order === 'updated' ? [...charts].sort((a, b) => b.updated - a.updated) : charts, query)
}

/**
 * Those that hold every word of a query in their text, whatever the case. Those whose name fits best come first: the name itself, then names that begin with
 * the query, then names that hold it; within each, the order in which they came.
 *
 * @param query what was typed; all when blank
 */
export function searchByName<T extends Searchable> (items: readonly T[], query: string): readonly T[] {
  const words = query.toLowerCase().split(/\s+/).filter(word => word !== '')
  const wanted = words.join(' ')
  if (wanted === '') return items
  return items.filter(({ text }) => words.every(word => text.includes(word))).sort((a, b) => rank(a.name, wanted) - rank(b.name, wanted))
}

function rank (name: string, wanted: string): number {
  const lower = name.toLowerCase()
  if (lower === wanted) return 0
  if (lower.startsWith(wanted)) return 1
  return lower.includes(wanted) ? 2 : 3
}

/** A page of a list that is too long to be shown whole. */
export interface Slice<T> {
  readonly items: readonly T[]
  /** From 1: the one asked for, or the nearest that there is. */
  readonly page: number
  readonly pages: number
}

/**
 * Cuts a page out of a list.
 *
 * @param page from 1
 * @param size how many items a page has
 */
export function sliceOf<T> (items: readonly T[], page: number, size: number): Slice<T> {
  const pages = Math.max(1, Math.ceil(items.length / size))
  const shown = Math.min(Math.max(1, page), pages)
  return { items: items.slice((shown - 1) * size, shown * size), page: shown, pages }
}
