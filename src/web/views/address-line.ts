import { element } from '../dom.js'
import { copyButton } from './copy-button.js'
import type { PageContext } from './page-context.js'

/**
 * A URL below a heading.
 *
 * @param label what is there, such as `Chart repository at`
 * @param what what the URL is called when it is copied
 */
export function addressLine (context: Pick<PageContext, 'say'>, { label, url, what }: { readonly label: string, readonly url: string, readonly what: string }): HTMLElement {
  return element('p', { class: 'address' }, [element('span', {}, [label]), element('code', {}, [url]), copyButton(context, { label: what, text: url })])
}
