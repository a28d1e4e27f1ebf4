import { typeOf } from '../../go/type-name.js'
import type { Dict, Value } from '../../go/value.js'
import { endWorkLimit, limitWork } from '../../go/work.js'
import type { Chart } from '../chart.js'
import { allPatternsWork, allSchemasLimits, Budget } from './budget.js'
import { complaintAboutValues, type SchemaOptions } from './check-values.js'
import { SchemaError } from './errors.js'

/**
 * Checks the coalesced values of a chart by its schema, and the sections of its sub-charts by theirs, as Helm's ValidateAgainstSchema does.
 *
 * @param chart the chart, its dependencies processed
 * @param values its coalesced values
 * @param options who is told of what is passed over, and limits
 * @throws {SchemaError} invalid-values: `values don't meet the specifications of the schema(s) in the following chart(s):`, then the name of
 *   each chart with what is wrong with its values or its schema
 */
export function validateValues (chart: Chart, values: Dict, options: SchemaOptions = {}): void {
  const complaints = withinAll(() => complaintsAbout(chart, values, { whole: new Budget(allSchemasLimits), ...options }))
  if (complaints === '') return
  throw new SchemaError('invalid-values', `values don't meet the specifications of the schema(s) in the following chart(s):\n${complaints}`)
}

/** A chart may have thousands of sub-charts, each with a schema. */
function withinAll<T> (check: () => T): T {
  const outer = limitWork(() => allPatternsWork)
  try {
    return check()
  } finally {
    endWorkLimit(outer)
  }
}

function complaintsAbout (chart: Chart, values: Dict, options: SchemaOptions): string {
  const own = chart.schema === undefined ? undefined : complaintAboutValues(values, chart.schema, options)
  const subcharts = chart.dependencies.map(subchart => complaintsAboutSection(subchart, values.get(subchart.metadata.name), options))
  return (own === undefined ? '' : `${chart.metadata.name}:\n${own}`) + subcharts.join('')
}

function complaintsAboutSection (chart: Chart, section: Value | undefined, options: SchemaOptions): string {
  if (section === undefined || section === null) return ''
  if (section instanceof Map) return complaintsAbout(chart, section, options)
  return `${chart.metadata.name}:\ninvalid type for values: expected object (map), got ${typeOf(section)}\n`
}
