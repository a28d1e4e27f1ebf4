import { chartPathFlags, chartPathOptions, develFlag } from '../chart-path-flags.js'
import type { CliContext, Command, CommandGroup, Flag } from '../command.js'
import { chartText, crdsText, readmeText, valuesText } from '../output/chart-text.js'
import type { Flags } from '../flags.js'
import { JsonPathError } from '../../kube/json-path-error.js'
import { runJsonPath } from '../../kube/json-path.js'
import { warnTo } from '../output/warning.js'
import { remoteContext } from '../remote-context.js'
import type { Chart } from '../../chart/chart.js'
import { loadChart } from '../../chart/load.js'
import { locateChart } from '../../remote/locate-chart.js'

interface Part {
  readonly name: string
  readonly summary: string
  readonly description: string
  readonly flags?: readonly Flag[]
  readonly print: (chart: Chart, context: CliContext, flags: Flags) => string
}

const all: Part = {
  name: 'all',
  summary: 'show all information of the chart',
  description: 'Shows the Chart.yaml, values.yaml, README and CustomResourceDefinitions of a chart (a folder, an archive, a URL or repo/chart).',
  print: chart => {
    const values = valuesText(chart)
    const readme = readmeText(chart)
    return chartText(chart) + (values === undefined ? '' : `---\n${values}`) + (readme === undefined ? '' : `---\n${readme}`) + crdsText(chart)
  }
}

const definition: Part = {
  name: 'chart',
  summary: "show the chart's definition",
  description: 'Shows the Chart.yaml of a chart (a folder, an archive, a URL or repo/chart).',
  print: chartText
}

const values: Part = {
  name: 'values',
  summary: "show the chart's values",
  description: 'Shows the values.yaml of a chart (a folder, an archive, a URL or repo/chart), or what a JSONPath finds in it.',
  flags: [{ name: 'jsonpath', type: 'string', usage: 'print what this JSONPath finds, instead of the file' }],
  print: (chart, context, flags) => {
    const template = flags.string('jsonpath')
    return template === '' ? valuesText(chart) ?? '' : valuesByJsonPath(chart, template, context)
  }
}

const readme: Part = {
  name: 'readme',
  summary: "show the chart's README",
  description: 'Shows the README of a chart (a folder, an archive, a URL or repo/chart).',
  print: chart => readmeText(chart) ?? ''
}

const crds: Part = {
  name: 'crds',
  summary: "show the chart's CRDs",
  description: 'Shows the CustomResourceDefinitions of a chart (a folder, an archive, a URL or repo/chart).',
  print: crdsText
}

/** `portolan show`: what is in a chart, installed or not. */
export const show: CommandGroup = {
  name: 'show',
  aliases: ['inspect'],
  summary: 'show information of a chart',
  commands: [all, definition, crds, readme, values].map(commandOf)
}

function commandOf ({ name, summary, description, flags: own = [], print }: Part): Command {
  return {
    name,
    usage: '[CHART]',
    summary,
    description,
    arguments: { min: 1, max: 1 },
    flags: [...chartPathFlags, develFlag, ...own],
    run: async (context, [reference = ''], flags) => {
      const path = await locateChart(remoteContext(context, flags), reference, chartPathOptions(flags, { devel: true }))
      context.stdout.write(print(await loadChart(path), context, flags))
    }
  }
}

/** Helm prints nothing, and says nothing, where a path leads nowhere; here a warning says why. */
function valuesByJsonPath (chart: Chart, template: string, { stderr }: CliContext): string {
  try {
    return runJsonPath(template, chart.values)
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error
    if (error.code === 'syntax') throw new JsonPathError('syntax', `error parsing jsonpath ${template}: ${error.message}`, { cause: error })
    warnTo(stderr)('the JSONPath gave nothing', { jsonpath: template, error: error.message })
    return ''
  }
}
