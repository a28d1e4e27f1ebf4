import type { ChartVersion } from '../chart.js'
import { newestOf } from '../chart.js'
import type { Child } from '../dom.js'
import { element, replaceChildren } from '../dom.js'
import { apiErrorOf } from '../errors.js'
import type { ChartRoute, ListRoute } from '../route.js'
import { routeUrl } from '../route.js'
import { chartIcon } from './chart-icon.js'
import { facts } from './facts.js'
import { failure, notice, waiting } from './notice.js'
import type { RepositoryContext } from './page-context.js'
import { valuesFile } from './values-file.js'
import { versionCommands } from './version-commands.js'
import { versionTable } from './version-table.js'

/** A chart: one version of it in full, and the list of all. */
export function chartView (context: RepositoryContext): HTMLElement {
  const root = element('article', { class: 'chart', 'aria-labelledby': 'chart-title' })
  let drawn: ChartRoute | undefined
  let reading = new AbortController()
  context.store.watch(({ route, list }) => {
    root.hidden = route.view !== 'chart'
    if (route === drawn) return
    reading.abort()
    drawn = route.view === 'chart' ? route : undefined
    root.replaceChildren()
    if (drawn === undefined) return
    reading = new AbortController()
    const frame = frameOf(drawn, list)
    root.append(...frame.parts)
    read(context, frame, { route: drawn, signal: reading.signal })
  }, context.signal)
  context.signal.addEventListener('abort', () => reading.abort())
  return root
}

/** The parts that stand still while a chart is read, so that who is at its heading stays there. */
interface Frame {
  readonly parts: readonly HTMLElement[]
  readonly icon: HTMLElement
  readonly summary: HTMLElement
  readonly body: HTMLElement
}

interface Reading {
  readonly route: ChartRoute
  /** Raised when something else is to be shown. */
  readonly signal: AbortSignal
}

function frameOf ({ name }: ChartRoute, list: ListRoute): Frame {
  const back = element('p', { class: 'back' }, [element('a', { href: routeUrl(list) }, ['← All charts'])])
  const icon = element('div')
  const summary = element('p', { class: 'versions' })
  const title = element('h2', { id: 'chart-title', tabindex: '-1' }, [name])
  const head = element('div', { class: 'chart-head' }, [icon, element('div', {}, [title, summary])])
  const body = element('div')
  return { parts: [back, head, body], icon, summary, body }
}

function read (context: RepositoryContext, frame: Frame, reading: Reading): void {
  const { route, signal } = reading
  replaceChildren(frame.body, [waiting('Loading …')])
  context.api.versions(route.name, signal).then(
    versions => fill(context, { ...frame, ...reading }, versions),
    (error: unknown) => {
      const failed = apiErrorOf(error)
      if (failed !== undefined) replaceChildren(frame.body, [failure('The chart cannot be shown', failed, () => read(context, frame, reading))])
    })
}

function fill (context: RepositoryContext, { route, signal, icon, summary, body }: Frame & Reading, versions: readonly ChartVersion[]): void {
  const version = route.version === undefined ? newestOf(versions) : versions.find(each => each.version === route.version)
  const table = element('section', { 'aria-labelledby': 'versions-title' }, [
    element('h3', { id: 'versions-title' }, ['Versions']),
    versionTable({ versions, current: version?.version ?? '', repository: context.repository })
  ])
  if (version === undefined) {
    replaceChildren(body, [notice(`There is no version ${route.version ?? ''}`, [element('p', {}, ['These are the versions that there are.'])]), table])
    return
  }
  replaceChildren(icon, [chartIcon(version)])
  replaceChildren(summary, badges(version))
  replaceChildren(body, [
    version.description === '' ? undefined : element('p', { class: 'lead' }, [version.description]),
    element('div', { class: 'columns' }, [
      element('div', {}, [versionCommands(context, version, signal), table, valuesFile(context, version, signal)]),
      element('aside', { 'aria-label': 'About this version' }, [facts(context, version)])
    ])
  ])
}

function badges ({ version, deprecated }: ChartVersion): Child[] {
  return [element('span', { class: 'version' }, [version]), deprecated ? element('span', { class: 'badge' }, ['deprecated']) : undefined]
}
