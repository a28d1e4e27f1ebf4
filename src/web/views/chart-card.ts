import type { Chart } from '../chart.js'
import { element } from '../dom.js'
import { routeUrl } from '../route.js'
import { count, dayOf } from '../words.js'
import { chartIcon } from './chart-icon.js'

/**
 * A chart in the list: one link, and what helps to choose.
 *
 * @param repository the one that it is in, as routes have it
 */
export function chartCard ({ name, newest, versions, updated }: Chart, repository: string | undefined): HTMLLIElement {
  return element('li', { class: 'card' }, [
    chartIcon(newest),
    element('div', { class: 'card-text' }, [
      element('h3', {}, [
        element('a', { href: routeUrl({ view: 'chart', repository, name }) }, [name]),
        newest.deprecated ? element('span', { class: 'badge' }, ['deprecated']) : undefined
      ]),
      element('p', { class: 'versions' }, [
        element('span', { class: 'version', title: newest.version }, [newest.version]),
        newest.appVersion === '' ? undefined : element('span', { title: newest.appVersion }, [`app ${newest.appVersion}`])
      ]),
      newest.description === '' ? undefined : element('p', { class: 'description' }, [newest.description]),
      element('p', { class: 'quiet' }, [count(versions, 'version'), updated === 0 ? undefined : ', updated ', updated === 0 ? undefined : time(updated)])
    ])
  ])
}

/**
 * A day, readable by programs too.
 *
 * @param value milliseconds since 1970
 */
export function time (value: number): HTMLTimeElement {
  const exact = new Date(value).toISOString()
  return element('time', { datetime: exact, title: exact }, [dayOf(value)])
}
