import type { Chart } from '../../chart/chart.js'

/** What stands where a damaged record has no chart. */
const missing = 'MISSING'

/** A release's chart as tables name it: `sea-1.2.3`. */
export function chartName (chart: Pick<Chart, 'metadata'> | undefined): string {
  return chart === undefined ? missing : `${chart.metadata.name}-${chart.metadata.version}`
}

/** The version of what a release's chart installs, as tables show it. */
export function appVersion (chart: Pick<Chart, 'metadata'> | undefined): string {
  return chart === undefined ? missing : chart.metadata.appVersion ?? ''
}
