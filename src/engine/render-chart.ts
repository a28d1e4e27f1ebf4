import type { Chart } from '../chart/chart.js'
import { ChartError } from '../chart/errors.js'
import { processDependencies } from '../chart/process-dependencies.js'
import { decode } from '../go/bytes.js'
import { SemverError } from '../go/errors.js'
import { Constraints, Version } from '../go/semver.js'
import type { Dict } from '../go/value.js'
import type { Capabilities } from './capabilities.js'
import { crdsOf } from './crds.js'
import { EngineError } from './errors.js'
import type { Hook } from './hooks.js'
import { manifestText, sortManifests, sourceBlock, type Manifest } from './manifest.js'
import { takeNotes } from './notes.js'
import type { EngineOptions } from './options.js'
import { toRenderValues, type ReleaseFacts } from './render-values.js'
import { render } from './render.js'

/** What is rendered, for whom, and how. */
export interface RenderInput extends EngineOptions {
  /** The loaded chart. */
  readonly chart: Chart
  /** The user's values; not changed. */
  readonly values: Dict
  readonly release: ReleaseFacts
  readonly capabilities: Capabilities
  /** Checks the coalesced values, by the charts' schemas for one; throws what it finds. */
  readonly validate?: (chart: Chart, values: Dict) => void
  /** Whether the notes of sub-charts count (--render-subchart-notes). */
  readonly subchartNotes?: boolean
  /** Whether the manifest starts with the files of crds/ (--include-crds). */
  readonly includeCrds?: boolean
  /** What is put before the failure of a chart's dependencies; nothing unless given. */
  readonly dependencyFailure?: string
  /** Whether to leave out what Secrets hold (--hide-secret). */
  readonly hideSecrets?: boolean
}

/** A chart, rendered. */
export interface RenderedChart {
  /** The objects of the release as one text, in the order of their creation. */
  readonly manifest: string
  readonly manifests: Manifest[]
  readonly hooks: Hook[]
  readonly notes: string
  /** The coalesced values as the templates left them. */
  readonly values: Dict
  /** The chart with its dependencies processed. */
  readonly chart: Chart
}

/**
 * Renders a chart: what installing, upgrading and `template` have in common. It is pure: the same input gives the same result.
 *
 * @param input the chart, the values, the release, the cluster, and what the engine takes from outside
 * @returns manifest, hooks and notes
 * @throws {ChartError} invalid-values, when values do not fit the chart
 * @throws {EngineError} when the chart is not for this Kubernetes, a template fails, or what it gives is no object
 */
export function renderChart (input: RenderInput): RenderedChart {
  return assembleChart(renderFiles(input), input)
}

/** What a chart's templates gave, before it is taken apart into objects. */
export interface RenderedFiles {
  /** Texts by path, without notes. */
  readonly files: ReadonlyMap<string, string>
  readonly notes: string
  /** The coalesced values as the templates left them. */
  readonly values: Dict
  /** The chart with its dependencies processed. */
  readonly chart: Chart
}

/**
 * The first half of renderChart: runs the templates.
 *
 * @param input as renderChart takes it
 * @throws {ChartError|EngineError} but for `manifest`
 */
export function renderFiles (input: RenderInput): RenderedFiles {
  const chart = withDependencies(input)
  const values = toRenderValues(chart, input.values, input)
  input.validate?.(chart, values.values)
  requireKubeVersion(chart, input.capabilities)
  const { files, notes } = takeNotes(render(chart, values, input), chart.metadata.name, input.subchartNotes)
  return { files, notes, values: values.values, chart }
}

/**
 * The second half: takes what the templates gave apart into objects and hooks.
 *
 * @param rendered what the first half gave; a post-renderer may have changed the files
 * @param input as renderChart takes it
 * @throws {ManifestError}
 */
export function assembleChart ({ files, notes, values, chart }: RenderedFiles, input: RenderInput): RenderedChart {
  const skipped = (_path: string, hookTypes: string): void => input.warn?.('skipping unknown hooks', { level: 'INFO', facts: { hookTypes } })
  const { manifests, hooks } = sortManifests(files, { skipped })
  const crds = input.includeCrds === true ? crdsOf(chart).map(file => sourceBlock(file.path, decode(file.data))).join('') : ''
  const manifest = crds + manifestText(manifests, { hideSecrets: input.hideSecrets === true })
  return { manifest, manifests, hooks, notes, values, chart }
}

/** Helm's install says, and logs, that it was the dependencies that failed; its upgrade does not. */
function withDependencies ({ chart, values, warn, dependencyFailure }: RenderInput): Chart {
  try {
    return processDependencies(chart, values, warn)
  } catch (error) {
    if (!(error instanceof ChartError) || dependencyFailure === undefined) throw error
    warn?.(dependencyFailure, { level: 'ERROR', facts: { error: error.message } })
    throw new ChartError(error.code, `${dependencyFailure}: ${error.message}`, { cause: error })
  }
}

/**
 * Refuses a chart that cannot be installed by itself.
 *
 * @param chart the chart
 * @throws {EngineError} `not-installable`: `library charts are not installable`
 */
export function requireInstallable ({ metadata: { type } }: Chart): void {
  if (type !== undefined && type !== '' && type !== 'application') throw new EngineError('not-installable', `${type} charts are not installable`)
}

function requireKubeVersion ({ metadata: { kubeVersion } }: Chart, { kubeVersion: cluster }: Capabilities): void {
  if (kubeVersion === undefined || kubeVersion === '' || satisfies(cluster.normalized, kubeVersion)) return
  throw new EngineError('incompatible',
    `chart requires kubeVersion: ${kubeVersion} which is incompatible with Kubernetes ${cluster.version}`)
}

/** A constraint that cannot be read fits nothing. */
function satisfies (version: string, constraint: string): boolean {
  try {
    return Constraints.parse(constraint).check(Version.parse(version))
  } catch (error) {
    if (error instanceof SemverError) return false
    throw error
  }
}
