import type { Chart } from '../chart/chart.js'
import type { Capabilities } from '../engine/capabilities.js'
import type { Manifest } from '../engine/manifest.js'
import { renderChart } from '../engine/render-chart.js'
import type { Dict } from '../go/value.js'
import type { Hook, Release } from '../release/release.js'
import { chartLog } from './chart-log.js'
import type { RenderContext } from './context.js'

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
  /** Whether templates see an upgrade (`template --is-upgrade`). */
  readonly isUpgrade?: boolean
}

/** A rendered release, and its objects one by one. */
export interface RenderedRelease {
  readonly release: Release
  readonly manifests: readonly Manifest[]
}

/**
 * Renders a chart into the first revision of a release, not yet in any state.
 *
 * @param context time, chance, the log for warnings, and what checks values (see `withValidation`)
 * @param options what is rendered
 * @param capabilities of the cluster
 * @throws {EngineError|ChartError}
 */
export function renderRelease (context: RenderContext, options: RenderOptions, capabilities: Capabilities): RenderedRelease {
  const { chart, values, name, namespace, subchartNotes = false, hideSecrets = false, includeCrds = false, isUpgrade = false } = options
  const moment = context.now()
  const { validate } = context
  const checked = validate !== undefined && options.skipSchemaValidation !== true
  const rendered = renderChart({
    chart,
    values,
    release: { name, namespace, revision: 1, isInstall: !isUpgrade, isUpgrade },
    capabilities,
    clock: context.clock,
    random: context.random,
    warn: chartLog(context.log),
    subchartNotes,
    hideSecrets,
    includeCrds,
    ...checked ? { validate: (chart, values) => { validate(chart, values, context.log) } } : {},
    ...context.lookUp === undefined ? {} : { lookUp: context.lookUp }
  })
  const release: Release = {
    name,
    info: { firstDeployed: moment, lastDeployed: moment, description: '', status: 'unknown', rollbackRevision: 0, notes: rendered.notes },
    chart: rendered.chart,
    config: values,
    manifest: rendered.manifest,
    hooks: rendered.hooks.map(notYetRun),
    version: 1,
    namespace,
    applyMethod: '',
    labels: new Map()
  }
  return { release, manifests: rendered.manifests }
}

function notYetRun (hook: Omit<Hook, 'lastRun'>): Hook {
  return { ...hook, lastRun: { phase: '' } }
}
