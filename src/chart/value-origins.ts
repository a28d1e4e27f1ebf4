import { GoObject, type Dict, type Value } from '../go/value.js'
import type { Chart } from './chart.js'
import { copyValues } from './copy-values.js'
import { importValues } from './import-values.js'
import { processDependencies } from './process-dependencies.js'
import { coalesceValues } from './values.js'

/** Where a value comes from. */
export interface Origin {
  /** For people: `-f prod.yaml`, `--set a=1`, `web/values.yaml`. */
  readonly text: string
  /** The path of the chart whose default it is: `web`, `web/charts/db`; absent for the user's values. */
  readonly chart?: string
}

/** A value that remembers its origin. It passes through merging like any scalar. */
export class TracedValue extends GoObject {
  readonly goType = 'chart.TracedValue'
  readonly goKind = 'struct'
  readonly value: Value
  readonly origin: Origin

  constructor (value: Value, origin: Origin) {
    super()
    this.value = value
    this.origin = origin
  }

  override field (): undefined {
    return undefined
  }
}

/**
 * Marks what is not marked yet with an origin, in place: every scalar, in lists too. Nulls stay nulls, for they remove values.
 *
 * @param values changed, and returned
 * @param origin of all that is new in them
 */
export function markOrigins (values: Dict, origin: Origin): Dict {
  for (const [key, value] of values) values.set(key, marked(value, origin))
  return values
}

function marked (value: Value, origin: Origin): Value {
  if (value === null || value instanceof TracedValue) return value
  if (value instanceof Map) return markOrigins(value, origin)
  if (!Array.isArray(value)) return new TracedValue(value, origin)
  for (const [i, item] of value.entries()) value[i] = marked(item, origin)
  return value
}

/** The values without their marks: a copy. */
export function withoutOrigins (values: Dict): Dict {
  return new Map([...values].map(([key, value]) => [key, unmarked(value)]))
}

function unmarked (value: Value): Value {
  if (value instanceof TracedValue) return value.value
  if (value instanceof Map) return withoutOrigins(value)
  return Array.isArray(value) ? value.map(unmarked) : value
}

/** Values as templates would see them, their scalars marked. */
export interface TracedValues {
  readonly values: Dict
  /** The chart that they are of, its dependencies processed. */
  readonly chart: Chart
}

/**
 * The values that a chart's templates would see, each with where it comes from: the same merging as for rendering, done on values that
 * are marked.
 *
 * @param chart the loaded chart
 * @param values the user's, marked
 * @param warn told what Helm warns about
 * @throws {ChartError} invalid-values, as coalesceValues
 */
export function traceValues (chart: Chart, values: Dict, warn: (message: string) => void = () => {}): TracedValues {
  const plain = withoutOrigins(values)
  // Tags and conditions must be read as they are; so are the errors and warnings, which show values.
  const processed = processDependencies(chart, plain, warn)
  coalesceValues(processed, plain, warn)
  const imported = importValues(markedChart(processed, chart, processed.metadata.name), () => {})
  return { values: coalesceValues(imported, values), chart: imported }
}

/** The processed chart with the defaults of the loaded one, marked. */
function markedChart (processed: Chart, loaded: Chart, path: string): Chart {
  return {
    ...processed,
    values: markOrigins(copyValues(loaded.values), { text: `${path}/values.yaml`, chart: path }),
    dependencies: processed.dependencies.map(subchart => {
      // One chart may stand there several times, under aliases; its files tell which it was.
      const original = loaded.dependencies.find(({ raw }) => raw === subchart.raw) ?? subchart
      return markedChart(subchart, original, `${path}/charts/${subchart.metadata.name}`)
    })
  }
}
