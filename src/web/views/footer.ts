import type { Child } from '../dom.js'
import { element } from '../dom.js'
import type { Repository } from '../repository.js'
import { linkUrl } from '../safe-url.js'

/**
 * Who serves this, and where Helm reads it.
 *
 * @param repository the one that is looked at, if any
 */
export function footer (repository?: Repository): Child[] {
  return ['Served by Portolan. ', repository && element('a', { href: linkUrl(`${repository.url}/index.yaml`) }, ['index.yaml'])]
}
