import { copyText } from '../clipboard.js'
import { button } from '../dom.js'
import type { PageContext } from './page-context.js'

/** How long a button says that it did its work, in milliseconds. */
const shown = 1800

/** What a button copies, and what that is called. */
export interface Copyable {
  readonly label: string
  readonly text: string
}

/** A button that puts a text on the clipboard, and says so. */
export function copyButton ({ say }: Pick<PageContext, 'say'>, { label, text }: Copyable): HTMLButtonElement {
  const made = button('Copy', { class: 'copy', 'aria-label': `Copy: ${label}` }, () => {
    copyText(text).then(show, () => show(false))
  })
  const show = (copied: boolean): void => {
    const result = copied ? 'Copied' : 'Not copied'
    say(`${result}: ${label}`)
    made.textContent = result
    setTimeout(() => {
      made.textContent = 'Copy'
    }, shown)
  }
  return made
}
