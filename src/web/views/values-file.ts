import { element, replaceChildren } from '../dom.js'
import type { ApiError } from '../errors.js'
import { apiErrorOf } from '../errors.js'
import { linkUrl } from '../safe-url.js'
import type { ChartVersion } from '../chart.js'
import { copyButton } from './copy-button.js'
import { failure, waiting } from './notice.js'
import type { RepositoryContext } from './page-context.js'

/** The most characters that are shown: a longer file is one link away. */
const shownCharacters = 200_000

/** The values.yaml of a version, read when the section is made. */
export function valuesFile (context: RepositoryContext, version: ChartVersion, signal: AbortSignal): HTMLElement {
  const content = element('div')
  const read = (): void => {
    replaceChildren(content, [waiting('Loading values.yaml …')])
    context.api.values(version.name, version.version, signal).then(
      text => replaceChildren(content, shown(context, version, text)),
      (error: unknown) => {
        const failed = apiErrorOf(error)
        if (failed !== undefined) replaceChildren(content, [absentOr(failed, read)])
      })
  }
  read()
  return element('section', { 'aria-labelledby': 'values-title' }, [element('h3', { id: 'values-title' }, ['values.yaml']), content])
}

function shown (context: RepositoryContext, { name, version }: ChartVersion, text: string): HTMLElement[] {
  if (text.trim() === '') return [element('p', { class: 'quiet' }, ['The file is empty.'])]
  const cut = text.length > shownCharacters
  return [
    element('p', { class: 'tools' }, [
      element('a', { href: linkUrl(context.api.valuesUrl(name, version)) }, ['Raw file']),
      copyButton(context, { label: 'values.yaml', text }),
      cut ? element('span', { class: 'quiet' }, ['Only the beginning is shown.']) : undefined
    ]),
    element('pre', { tabindex: '0', role: 'region', 'aria-labelledby': 'values-title' }, [text.slice(0, shownCharacters)])
  ]
}

function absentOr (error: ApiError, retry: () => void): HTMLElement {
  if (error.code !== 'not-found') return failure('values.yaml cannot be read', error, retry)
  return element('p', { class: 'quiet' }, ['This version has no values.yaml.'])
}
