import type { Chart } from '../chart/chart.js'
import type { Capabilities } from '../engine/capabilities.js'
import type { Manifest } from '../engine/manifest.js'
import { assembleChart, renderFiles, type RenderedFiles, type RenderInput } from '../engine/render-chart.js'
import type { GoTime } from '../go/time.js'
import type { Dict } from '../go/value.js'
import type { Hook, Release } from '../release/release.js'
import { chartLog } from './chart-log.js'
import { boundsOf, type RenderContext } from './context.js'
import type { Log } from './log.js'

/** What a release is rendered for. */
export interface RenderOptions {
  readonly chart: Chart
  readonly values: Dict
  readonly name: string
  readonly namespace: string
  /** Whether the notes of sub-charts are kept too. */
  readonly subchartNotes?: boolean
  /** Whether Secrets are left out of the manifest. */
  readonly hideSecrets?: boolean
  /** Whether the manifest starts with the files of crds/. */
  readonly includeCrds?: boolean
  /** Whether values.schema.json is passed over. */
  readonly skipSchemaValidation?: boolean
  /** Whether templates see an upgrade. */
  readonly isUpgrade?: boolean
  /** Which revision it will be; the first unless given. */
  readonly revision?: number
}

/** A rendered release, and its objects one by one. */
export interface RenderedRelease {
  readonly release: Release
  readonly manifests: readonly Manifest[]
}

/** What a chart's templates gave, and all that they were given. */
export interface RenderedTemplates {
  readonly rendered: RenderedFiles
  readonly input: RenderInput
  /** When it was rendered. */
  readonly moment: GoTime
}

/**
 * Runs the templates of a chart for a revision of a release.
 *
 * @param context time, chance, the log for warnings, and what checks values (see `withValidation`)
 * @param options what is rendered
 * @param capabilities of the cluster
 * @throws {EngineError|ChartError}
 */
export function renderTemplates (context: RenderContext, options: RenderOptions, capabilities: Capabilities): RenderedTemplates {
  const { chart, values, name, namespace, subchartNotes = false, hideSecrets = false, includeCrds = false, isUpgrade = false, revision = 1 } = options
  const moment = context.now()
  const input: RenderInput = {
    chart,
    values,
    release: { name, namespace, revision, isInstall: !isUpgrade, isUpgrade },
    capabilities,
    clock: context.clock,
    random: context.random,
    ...boundsOf(context),
    warn: chartLog(context.log),
    // Helm's upgrade does not say what it was that failed.
    ...options.revision === undefined ? { dependencyFailure: 'chart dependencies processing failed' } : {},
    subchartNotes,
    hideSecrets,
    includeCrds,
    ...options.skipSchemaValidation === true ? {} : { validate: checking(context) },
    ...context.lookUp === undefined ? {} : { lookUp: context.lookUp },
    ...context.hostByName === undefined ? {} : { hostByName: context.hostByName }
  }
  return { rendered: renderFiles(input), input, moment }
}

/**
 * Makes a release, not yet in any state, of what the templates gave.
 *
 * @param templates what they gave; a post-renderer may have changed it
 * @param options what was rendered
 * @throws {ManifestError}
 */
export function assembleRelease ({ rendered, input, moment }: RenderedTemplates, { values, name, namespace, revision = 1 }: RenderOptions): RenderedRelease {
  const assembled = assembleChart(rendered, input)
  const release: Release = {
    name,
    info: { firstDeployed: moment, lastDeployed: moment, description: '', status: 'unknown', rollbackRevision: 0, notes: assembled.notes },
    chart: assembled.chart,
    config: values,
    manifest: assembled.manifest,
    hooks: assembled.hooks.map(notYetRun),
    version: revision,
    namespace,
    applyMethod: '',
    labels: new Map()
  }
  return { release, manifests: assembled.manifests }
}

/** Checks values where there is a schema, and says with --debug what Helm says of every chart then. */
function checking ({ validate, log }: RenderContext): (chart: Chart, values: Dict) => void {
  return (chart, values) => {
    logChecked(log, chart)
    validate?.(chart, values, log)
  }
}

function logChecked (log: Log, { metadata, schema, dependencies }: Chart): void {
  if (schema !== undefined) log('DEBUG', 'chart name', { 'chart-name': metadata.name })
  log('DEBUG', 'number of dependencies in the chart', { chart: metadata.name, dependencies: String(dependencies.length) })
  for (const dependency of dependencies) logChecked(log, dependency)
}

function notYetRun (hook: Omit<Hook, 'lastRun'>): Hook {
  return { ...hook, lastRun: { phase: '' } }
}
