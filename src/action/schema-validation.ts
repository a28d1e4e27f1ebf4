import type { Chart } from '../chart/chart.js'
import type { RenderContext } from './context.js'
import type { Log } from './log.js'

/**
 * A context that checks values by the schemas of a chart and its sub-charts, as Helm does. The module that does is loaded only where there
 * is a schema.
 *
 * @param context rendering's
 * @param options the chart, and whether its schemas are passed over
 */
export async function withValidation<T extends RenderContext> (context: T, { chart, skipSchemaValidation = false }: Validated): Promise<T> {
  if (skipSchemaValidation || context.validate !== undefined || !hasSchema(chart)) return context
  const { validateValues } = await import('../chart/schema/validate-values.js')
  return { ...context, validate: (chart, values, log) => { validateValues(chart, values, { unresolved: urn => { warn(log, urn) } }) } }
}

interface Validated {
  readonly chart: Chart
  readonly skipSchemaValidation?: boolean
}

function warn (log: Log, urn: string): void {
  log('WARN', 'unresolved URN reference ignored; using permissive schema', { urn })
}

/** Whether a chart or a sub-chart of it has a schema. */
function hasSchema (chart: Chart): boolean {
  return chart.schema !== undefined || chart.dependencies.some(hasSchema)
}
