import type { Chart } from './chart.js'

/** How many names one request asks for: small enough to be read without the page standing still. */
const pageSize = 500

/** How often a list that changes while it is read is begun again; after that it is taken as it comes. */
const attempts = 3

/** A part of the list: the names that the server gave, and the charts among them that can be shown. */
export interface ChartPage {
  readonly names: readonly string[]
  readonly charts: readonly Chart[]
}

/** Gives a number of names from a position on, in the order of names; fewer at the end. */
export type FetchPage = (offset: number, limit: number) => Promise<ChartPage>

/** Is told what is there so far. */
export type Progress = (charts: readonly Chart[]) => void

/**
 * Reads all charts, page after page. Each page takes the last name of the one before again: when it is not there, charts went meanwhile,
 * positions have shifted, and reading begins again.
 *
 * @param fetchPage asks the server
 * @returns the charts, sorted by name
 * @throws what `fetchPage` rejects with
 */
export async function loadCharts (fetchPage: FetchPage, progress: Progress): Promise<readonly Chart[]> {
  for (let attempt = 1; ; attempt++) {
    const charts = await loadOnce(fetchPage, progress, attempt < attempts)
    if (charts !== undefined) return charts
  }
}

async function loadOnce (fetchPage: FetchPage, progress: Progress, strict: boolean): Promise<readonly Chart[] | undefined> {
  const charts = new Map<string, Chart>()
  let last: string | undefined
  for (let offset = 0; ; offset += pageSize) {
    const overlap = offset === 0 ? 0 : 1
    const page = await fetchPage(offset - overlap, pageSize + overlap)
    if (strict && last !== undefined && !page.names.includes(last)) return undefined
    for (const chart of page.charts) charts.set(chart.name, chart)
    if (page.names.length < pageSize + overlap) return sorted(charts)
    // A JavaScript object gives names such as `10` before all others, so the last one is not the one that comes last.
    last = [...page.names].sort().at(-1)
    progress(sorted(charts))
  }
}

function sorted (charts: ReadonlyMap<string, Chart>): Chart[] {
  return [...charts.values()].sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
}
