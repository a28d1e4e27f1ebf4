import type { Child } from '../dom.js'
import { button, element } from '../dom.js'
import type { ApiError, ApiErrorCode } from '../errors.js'

/** What each failure means to a reader. */
const meanings: Readonly<Record<ApiErrorCode, string>> = {
  'api-off': 'This server\'s API is switched off (--disable-api): this page cannot look into it. Helm can: it reads index.yaml, and `helm repo add` works.',
  'not-found': 'It is not in this repository.',
  malformed: 'Nothing can have the name that stands in the address.',
  refused: 'The server wants to know who asks, or does not allow it.',
  unreachable: 'The server does not answer. It may be restarting, or the network is away.',
  failed: 'The server could not do it. Its log says why.',
  unreadable: 'The server answered something that this page cannot read. Is it Portolan, and of this page\'s version?'
}

/** A box that says something, such as that there is nothing. */
export function notice (title: string, children: readonly Child[]): HTMLElement {
  return element('div', { class: 'notice' }, [element('h3', {}, [title]), ...children])
}

/**
 * A box that says what failed, and lets the reader try again where that can help.
 *
 * @param title what was attempted
 * @param retry does it again
 */
export function failure (title: string, error: ApiError, retry: () => void): HTMLElement {
  const hopeful = !['api-off', 'not-found', 'malformed'].includes(error.code)
  const made = notice(title, [
    element('p', {}, [meanings[error.code]]),
    element('p', { class: 'quiet' }, [error.message]),
    hopeful ? button('Try again', { class: 'plain' }, retry) : undefined
  ])
  made.classList.add('bad')
  made.setAttribute('role', 'alert')
  return made
}

/** A box that is shown while something is read. */
export function waiting (text: string): HTMLElement {
  return element('p', { class: 'waiting', 'aria-busy': 'true' }, [text])
}
