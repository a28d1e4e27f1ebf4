import type { ChartVersion } from '../chart.js'
import { button, element } from '../dom.js'
import type { Repository } from '../repository.js'
import { routeUrl } from '../route.js'
import { linkUrl } from '../safe-url.js'
import { count, shortDigest } from '../words.js'
import { time } from './chart-card.js'

/** How many rows are shown at first, and how many are added at a time. */
const first = 10
const step = 100

/** What the table is about. */
export interface VersionTable {
  /** The newest first. */
  readonly versions: readonly ChartVersion[]
  /** The version that is looked at. */
  readonly current: string
  readonly repository: Repository
}

/** All versions of a chart: when published, which bytes, where to get them. Long lists grow on demand. */
export function versionTable (table: VersionTable): HTMLElement {
  const body = element('tbody')
  const more = button('', { class: 'plain' }, () => grow())
  const grow = (): void => {
    const start = body.rows.length
    body.append(...table.versions.slice(start, start === 0 ? first : start + step).map(version => row(table, version)))
    const left = table.versions.length - body.rows.length
    more.hidden = left === 0
    more.textContent = `Show ${Math.min(step, left)} more of ${count(table.versions.length, 'version')}`
  }
  grow()
  return element('div', { class: 'versions-table' }, [element('table', {}, [head(), body]), more])
}

function head (): HTMLElement {
  const cells = ['Version', 'App version', 'Published', 'SHA-256', 'Archive'].map(text => element('th', { scope: 'col' }, [text]))
  return element('thead', {}, [element('tr', {}, cells)])
}

function row ({ current, repository }: VersionTable, { name, version, appVersion, created, digest, urls, deprecated }: ChartVersion): HTMLElement {
  const archive = linkUrl(urls[0] ?? '', `${repository.url}/`)
  return element('tr', {}, [
    element('th', { scope: 'row' }, [
      element('a', { href: routeUrl({ view: 'chart', repository: repository.name, name, version }), 'aria-current': version === current ? 'true' : undefined }, [version]),
      deprecated ? element('span', { class: 'badge' }, ['deprecated']) : undefined
    ]),
    element('td', {}, [appVersion]),
    element('td', {}, [created === undefined ? undefined : time(created)]),
    element('td', {}, [element('code', { title: digest }, [shortDigest(digest)])]),
    element('td', {}, [archive === undefined || urls[0] === undefined ? undefined : element('a', { href: archive, download: '', 'aria-label': `Download ${name} ${version}` }, ['Download'])])
  ])
}
