import { nameAndChart } from '../action/name-and-chart.js'
import { requestChart } from '../action/request-chart.js'
import type { RenderContext } from '../action/context.js'
import type { Chart } from '../chart/chart.js'
import type { MarkValues } from '../chart/load-values.js'
import type { Dict } from '../go/value.js'
import { locateChart } from '../remote/locate-chart.js'
import { chartPathOptions } from './chart-path-flags.js'
import type { CliContext } from './command.js'
import type { Flags } from './flags.js'
import { remoteContext } from './remote-context.js'
import { valuesFrom } from './values-flags.js'

/** A chart, and the user's values for it. */
export interface RequestedChart {
  readonly chart: Chart
  readonly values: Dict
}

/** What `[NAME] CHART` and the values flags ask for. */
export interface ChartRequest extends RequestedChart {
  readonly name: string
}

/** The command's world, and what it renders with. */
export interface Requesting {
  readonly context: CliContext
  readonly flags: Flags
  readonly rendering: RenderContext
  /** Marks the values with where they come from. */
  readonly mark?: MarkValues
}

/** The same, for a command that names releases. */
export interface RequestingRelease extends Requesting {
  /** What a release is called when nothing says so. */
  readonly fallbackName?: string
}

/**
 * Names the release, finds and loads the chart, and reads the values, in Helm's order.
 *
 * @param args `[NAME] CHART`
 * @param requesting the command's world
 * @throws {ActionError|RemoteError|ChartError|EngineError}
 */
export async function requestRelease (args: readonly string[], requesting: RequestingRelease): Promise<ChartRequest> {
  const { flags, rendering, fallbackName } = requesting
  const naming = { generateName: flags.bool('generate-name'), nameTemplate: flags.string('name-template') }
  logVersion(rendering, flags)
  const { name, reference } = nameAndChart(args, { ...naming, ...fallbackName === undefined ? {} : { fallback: fallbackName } }, rendering)
  return { name, ...await requestChartAt(reference, requesting) }
}

/**
 * Finds and loads the chart, and reads the values, in Helm's order.
 *
 * @param reference what names the chart
 * @param requesting the command's world
 * @throws {ActionError|RemoteError|ChartError|EngineError}
 */
export async function requestChartAt (reference: string, { context, flags, rendering, mark }: Requesting): Promise<RequestedChart> {
  const path = await locateChart(remoteContext(context, flags), reference, chartPathOptions(flags, { devel: true }))
  rendering.log('DEBUG', 'Chart path', { path })
  const values = await valuesFrom(context, flags, mark)
  return { chart: await requestChart(path, rendering.log, updater(context, flags)), values }
}

/** What Helm says with --debug of the version that is asked for. */
function logVersion ({ log }: RenderContext, flags: Flags): void {
  const version = flags.string('version')
  log('DEBUG', 'Original chart version', { version })
  if (version === '' && flags.bool('devel')) log('DEBUG', 'setting version to >0.0.0-0')
}

/** What `--dependency-update` does with a chart that misses some; undefined without the flag. */
function updater (context: CliContext, flags: Flags): ((path: string) => Promise<void>) | undefined {
  if (!flags.bool('dependency-update')) return undefined
  return async path => {
    // Loaded here only: few calls update anything.
    const [{ updateDependencies }, { dependencyContext }] = await Promise.all([import('../action/dependency-update.js'), import('./dependency-context.js')])
    await updateDependencies(dependencyContext(context, flags), { path, shown: path }, { refresh: true })
  }
}
