import type { Dict } from '../go/value.js'
import type { Lock } from './lock.js'
import type { Metadata } from './metadata.js'

/** A file of a chart: its name is relative to the chart's folder, with `/` between the parts. */
export interface ChartFile {
  readonly name: string
  readonly data: Uint8Array
  /** When it was last changed, as the archive or the file system says. */
  readonly modified?: Date
}

/**
 * A loaded chart, as Helm's `chart.Chart`. Nothing in it changes after loading: functions that process a chart return a new one.
 */
export interface Chart {
  /** Chart.yaml (and requirements.yaml, for apiVersion v1). */
  readonly metadata: Metadata
  /** Chart.lock or requirements.lock. */
  readonly lock?: Lock
  /** The defaults of values.yaml; empty when there is none. */
  readonly values: Dict
  /** The bytes of values.schema.json. */
  readonly schema?: Uint8Array
  /** Files under templates/. */
  readonly templates: readonly ChartFile[]
  /** Files that are no metadata, values, template or sub-chart. */
  readonly files: readonly ChartFile[]
  /** Every file that was loaded, sub-charts' included, in loading order. */
  readonly raw: readonly ChartFile[]
  /** The sub-charts of charts/, in the order in which their files were loaded. */
  readonly dependencies: readonly Chart[]
  /** When Chart.yaml was last changed. */
  readonly modified?: Date
}
