import { element } from '../dom.js'
import type { ListRoute, RepositoriesRoute } from '../route.js'
import { routeUrl } from '../route.js'
import type { Slice } from '../search.js'

/** Links to the pages before and after; nothing when there is only one. */
export function pager (list: ListRoute | RepositoriesRoute, { page, pages }: Slice<unknown>): HTMLElement | undefined {
  if (pages === 1) return undefined
  return element('nav', { class: 'pager', 'aria-label': 'Pages' }, [
    step(list, page > 1 ? page - 1 : undefined, '← Previous'),
    element('span', {}, [`Page ${page} of ${pages}`]),
    step(list, page < pages ? page + 1 : undefined, 'Next →')
  ])
}

function step (list: ListRoute | RepositoriesRoute, page: number | undefined, text: string): HTMLElement {
  if (page === undefined) return element('span', { class: 'quiet' }, [text])
  return element('a', { href: routeUrl({ ...list, page }) }, [text])
}
