import type { ChartVersion, Dependency, Maintainer } from '../chart.js'
import type { Child } from '../dom.js'
import { element, outsideLink } from '../dom.js'
import { linkUrl, mailUrl } from '../safe-url.js'
import { time } from './chart-card.js'
import { copyButton } from './copy-button.js'
import type { PageContext } from './page-context.js'

/** What Chart.yaml says of a version, as far as it says it. */
export function facts (context: PageContext, version: ChartVersion): HTMLElement {
  const { appVersion, kubeVersion, type, created, digest, home, sources, maintainers, keywords, dependencies } = version
  return element('dl', { class: 'facts' }, [
    ...fact('App version', appVersion === '' ? [] : [appVersion]),
    ...fact('Kubernetes', kubeVersion === '' ? [] : [kubeVersion]),
    ...fact('Type', type === '' || type === 'application' ? [] : [type]),
    ...fact('Published', created === undefined ? [] : [time(created)]),
    ...fact('Home', home === '' ? [] : [linkOrText(home)]),
    ...fact('Sources', sources.map(linkOrText)),
    ...fact('Maintainers', maintainers.map(maintainerLine)),
    ...fact('Keywords', keywords.length === 0 ? [] : [keywords.join(', ')]),
    ...fact('Dependencies', dependencies.map(dependencyLine)),
    ...fact('SHA-256', digest === '' ? [] : [element('span', { class: 'line' }, [element('code', {}, [digest]), copyButton(context, { label: 'the digest', text: digest })])])
  ])
}

function fact (name: string, values: readonly Child[]): Child[] {
  if (values.length === 0) return []
  return [element('dt', {}, [name]), ...values.map(value => element('dd', {}, [value]))]
}

/** What a chart names as a URL: a link when it is one that may be followed. */
function linkOrText (text: string): Child {
  const href = linkUrl(text)
  return href === undefined ? text : outsideLink(href, text)
}

function maintainerLine ({ name, email, url }: Maintainer): Child {
  const shown = name === '' ? email : name
  const href = linkUrl(url) ?? mailUrl(email)
  return href === undefined ? shown : outsideLink(href, shown)
}

function dependencyLine ({ name, version, repository }: Dependency): Child {
  return element('span', { title: repository }, [`${name} ${version}`])
}
