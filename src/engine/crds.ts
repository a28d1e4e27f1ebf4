import { posix } from 'node:path'
import type { Chart } from '../chart/chart.js'

/** A file of a chart's crds/ folder. */
export interface CustomResourceFile {
  /** Its path in its chart: `crds/x.yaml`. */
  readonly name: string
  /** Its path with those of its charts: `chart/charts/sub/crds/x.yaml`. */
  readonly path: string
  readonly data: Uint8Array
}

/**
 * The custom resource definitions of a chart and its sub-charts: Helm's CRDObjects.
 *
 * @param chart the chart, its dependencies processed
 * @param path the chart's own path; its name for the root
 * @returns the files under crds/ that end in .yaml, .yml or .json, the chart's own first
 */
export function crdsOf (chart: Chart, path = chart.metadata.name): CustomResourceFile[] {
  const own = chart.files
    .filter(file => file.name.startsWith('crds/') && ['.yaml', '.yml', '.json'].includes(posix.extname(file.name).toLowerCase()))
    .map(file => ({ name: file.name, path: posix.join(path, file.name), data: file.data }))
  return [...own, ...chart.dependencies.flatMap(subchart => crdsOf(subchart, `${path}/charts/${subchart.metadata.name}`))]
}
