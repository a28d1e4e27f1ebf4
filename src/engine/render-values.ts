import type { Chart } from '../chart/chart.js'
import { coalesceValues } from '../chart/values.js'
import type { Warn } from '../chart/warn.js'
import { int, type Dict, type Value } from '../go/value.js'
import type { Capabilities } from './capabilities.js'

/** What templates learn about the release in `.Release`. */
export interface ReleaseFacts {
  readonly name: string
  readonly namespace: string
  readonly revision: number
  readonly isInstall: boolean
  readonly isUpgrade: boolean
}

/** What a chart is rendered with: what all its templates see alike. */
export interface RenderValues {
  /** The coalesced values of the chart, with a section for every sub-chart. Templates may change them. */
  readonly values: Dict
  readonly release: Dict
  readonly capabilities: Capabilities
}

/**
 * Puts together what a chart is rendered with: Helm's ToRenderValues.
 *
 * @param chart the chart, its dependencies processed
 * @param values the user's values; not changed
 * @param facts the release, the cluster's capabilities, and who is told of warnings
 * @returns the coalesced values, `.Release` and `.Capabilities`
 * @throws {ChartError} invalid-values, where a sub-chart's section is no map
 */
export function toRenderValues (
  chart: Chart,
  values: Dict,
  facts: { release: ReleaseFacts, capabilities: Capabilities, warn?: Warn | undefined }
): RenderValues {
  return { values: coalesceValues(chart, values, facts.warn), release: releaseObject(facts.release), capabilities: facts.capabilities }
}

function releaseObject (release: ReleaseFacts): Dict {
  return new Map<string, Value>([
    ['Name', release.name],
    ['Namespace', release.namespace],
    ['IsUpgrade', release.isUpgrade],
    ['IsInstall', release.isInstall],
    ['Revision', int(release.revision)],
    ['Service', 'Helm']
  ])
}
