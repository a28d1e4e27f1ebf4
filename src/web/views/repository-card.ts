import { element } from '../dom.js'
import type { RepositorySummary } from '../repository.js'
import { shownName } from '../repository.js'
import { routeUrl, wholeList } from '../route.js'
import { count } from '../words.js'
import { chartIcon } from './chart-icon.js'

/** A repository in the list: one link, and how much there is. */
export function repositoryCard ({ name, charts, versions }: RepositorySummary): HTMLLIElement {
  return element('li', { class: 'card' }, [
    chartIcon({ name: shownName(name), icon: '' }),
    element('div', { class: 'card-text' }, [
      element('h3', {}, [element('a', { href: routeUrl(wholeList(name)) }, [shownName(name)])]),
      name === '' ? element('p', { class: 'description' }, ['The repository at the root of the server']) : undefined,
      element('p', { class: 'quiet' }, [`${count(charts, 'chart')}, ${count(versions, 'version')}`])
    ])
  ])
}
