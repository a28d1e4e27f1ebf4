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

/** What `[NAME] CHART` and the values flags ask for. */
export interface ChartRequest {
  readonly name: string
  readonly chart: Chart
  readonly values: Dict
}

/** The command's world, and what it renders with. */
export interface Requesting {
  readonly context: CliContext
  readonly flags: Flags
  readonly rendering: RenderContext
  /** What a release is called when nothing says so. */
  readonly fallbackName?: string
  /** Marks the values with where they come from. */
  readonly mark?: MarkValues
}

/**
 * Names the release, finds and loads the chart, and reads the values, in Helm's order.
 *
 * @param args `[NAME] CHART`
 * @param requesting the command's world
 * @throws {ActionError|RemoteError|ChartError|EngineError}
 */
export async function requestRelease (args: readonly string[], { context, flags, rendering, fallbackName, mark }: Requesting): Promise<ChartRequest> {
  const naming = { generateName: flags.bool('generate-name'), nameTemplate: flags.string('name-template') }
  const chartPath = chartPathOptions(flags, { devel: true })
  logVersion(rendering, flags)
  const { name, reference } = nameAndChart(args, { ...naming, ...fallbackName === undefined ? {} : { fallback: fallbackName } }, rendering)
  const path = await locateChart(remoteContext(context, flags), reference, chartPath)
  rendering.log('DEBUG', 'Chart path', { path })
  const values = await valuesFrom(context, flags, mark)
  return { name, chart: await requestChart(path, rendering.log, updater(context, flags)), values }
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
