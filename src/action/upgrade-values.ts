import type { Chart } from '../chart/chart.js'
import { copyValues } from '../chart/copy-values.js'
import { coalesceTables, coalesceValues } from '../chart/values.js'
import { messageOf } from '../errors.js'
import type { Dict } from '../go/value.js'
import type { Release } from '../release/release.js'
import { chartLog } from './chart-log.js'
import { ActionError } from './errors.js'
import type { Log } from './log.js'

/**
 * What becomes of the values of the revision before: `reset` forgets them, `reuse` puts them and that revision's defaults below the new ones,
 * `reset-then-reuse` puts them above the new chart's defaults; `unless-given` takes them over where no new ones are given.
 */
export type ValuesPolicy = 'unless-given' | 'reset' | 'reuse' | 'reset-then-reuse'

/** A chart, and the user's values for it. */
export interface ChartAndValues {
  readonly chart: Chart
  readonly values: Dict
}

/**
 * The chart and the values that a release is upgraded to.
 *
 * @param current the revision before
 * @param wanted what is asked for; not changed
 * @param policy what becomes of the values before
 * @param log told of what is merged
 * @throws {ActionError} manifest: the record's values do not fit its chart
 */
export function upgradeValues (current: Release, { chart, values }: ChartAndValues, policy: ValuesPolicy, log: Log): ChartAndValues {
  switch (policy) {
    case 'reset':
      log('DEBUG', "resetting values to the chart's original version")
      return { chart, values }
    case 'reuse':
      log('DEBUG', "reusing the old release's values")
      return { chart: { ...chart, values: computedBefore(current, log) }, values: over(values, current, log) }
    case 'reset-then-reuse':
      log('DEBUG', 'merging values from old release to new values')
      return { chart, values: over(values, current, log) }
    case 'unless-given': return { chart, values: unlessGiven(values, current, log) }
  }
}

/** Everything that the templates saw before, but for the defaults of sub-charts: a record does not have those. */
function computedBefore ({ chart, config = new Map() }: Release, log: Log): Dict {
  if (chart === undefined) return copyValues(config)
  try {
    return coalesceValues(chart, config, chartLog(log))
  } catch (error) {
    throw new ActionError('manifest', `failed to rebuild old values: ${messageOf(error)}`, { cause: error })
  }
}

function over (values: Dict, { config }: Release, log: Log): Dict {
  return config === undefined ? values : coalesceTables(copyValues(values), copyValues(config), chartLog(log))
}

function unlessGiven (values: Dict, { name, version, config }: Release, log: Log): Dict {
  if (values.size > 0 || config === undefined || config.size === 0) return values
  log('DEBUG', 'copying values from old release', { name, version: String(version) })
  return config
}
