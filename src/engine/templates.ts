import { posix } from 'node:path'
import type { Chart, ChartFile } from '../chart/chart.js'
import { compareBytes, decode } from '../go/bytes.js'
import type { Dict, Value } from '../go/value.js'
import { dictOf } from '../sprig/typed.js'
import { chartObject } from './chart-object.js'
import { Files } from './files.js'
import type { RenderValues } from './render-values.js'
import { Values } from './values.js'

/** A template of a chart, or of one of its sub-charts. */
export interface ChartTemplate {
  /** Its path with those of its charts: `chart/charts/sub/templates/x.yaml`. */
  readonly name: string
  readonly text: string
  /** What it was read from. */
  readonly file: ChartFile
  /** `.Template.BasePath` */
  readonly basePath: string
  /** What it sees as `.`: the same map for all templates of a chart. */
  readonly data: Dict
}

/**
 * The templates of a chart and its sub-charts.
 *
 * @param chart the chart, its dependencies processed
 * @param values what it is rendered with
 * @returns the templates in the order in which Helm parses and executes them: the deepest paths first, and paths of one depth backwards
 */
export function templatesOf (chart: Chart, values: RenderValues): ChartTemplate[] {
  const templates = new Map<string, ChartTemplate>()
  collect({ chart, path: chart.metadata.name, isRoot: true, section: values.values }, values, templates)
  const sorted = Array.from(templates.values(), template => ({ template, depth: depthOf(template.name) }))
  sorted.sort((a, b) => b.depth - a.depth || compareBytes(b.template.name, a.template.name))
  return sorted.map(({ template }) => template)
}

interface Position {
  readonly chart: Chart
  readonly path: string
  readonly isRoot: boolean
  /** The chart's own section of the values. */
  readonly section: Dict
}

/** Adds a chart's templates, and gives what they see as `.`, which the parent shows under `.Subcharts`. */
function collect ({ chart, path, isRoot, section }: Position, values: RenderValues, templates: Map<string, ChartTemplate>): Dict {
  const subcharts: Dict = new Map()
  const data: Dict = new Map<string, Value>([
    ['Chart', chartObject(chart.metadata, isRoot)],
    ['Files', Files.of(chart.files)],
    ['Release', values.release],
    ['Capabilities', values.capabilities],
    ['Values', new Values(section)],
    ['Subcharts', subcharts]
  ])
  for (const subchart of chart.dependencies) {
    const { name } = subchart.metadata
    const position = { chart: subchart, path: `${path}/charts/${name}`, isRoot: false, section: dictOf(section.get(name) ?? null) ?? new Map() }
    subcharts.set(name, collect(position, values, templates))
  }
  for (const file of chart.templates) {
    if (isLibrary(chart) && !isPartial(file.name)) continue
    const name = posix.join(path, file.name)
    templates.set(name, { name, text: decode(file.data), file, basePath: posix.join(path, 'templates'), data })
  }
  return data
}

/**
 * Whether a template only holds what others include.
 *
 * @param name its path
 * @returns true when its base name starts with an underscore
 */
export function isPartial (name: string): boolean {
  return posix.basename(name).startsWith('_')
}

function isLibrary (chart: Chart): boolean {
  return chart.metadata.type?.toLowerCase() === 'library'
}

function depthOf (name: string): number {
  return name.split('/').length
}
