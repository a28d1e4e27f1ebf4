import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Chart } from '../chart/chart.js'
import { ChartError } from '../chart/errors.js'
import { systemErrorText } from '../chart/system-error.js'
import type { KubeVersion } from '../engine/kube-version.js'
import { messageOf } from '../errors.js'
import type { Dict } from '../go/value.js'
import { RemoteError } from '../remote/errors.js'
import { expandChart } from '../remote/expand.js'
import type { RenderContext } from './context.js'
import { ownChecks } from './lint/beyond-helm/own-checks.js'
import { ChartLoader } from './lint/chart-files.js'
import { lintChartFile } from './lint/chart-file.js'
import { lintCrds } from './lint/crds.js'
import { lintDependencies } from './lint/dependencies.js'
import { Findings, type LintMessage } from './lint/message.js'
import { lintTemplates } from './lint/templates.js'
import { lintValuesFile } from './lint/values-file.js'

/** How a chart is examined. */
export interface LintOptions {
  /** The user's values. */
  readonly values: Dict
  readonly namespace: string
  /** Whether warnings count as errors. */
  readonly strict: boolean
  readonly skipSchemaValidation: boolean
  /** Whether to look for what Helm does not look for, too. */
  readonly beyondHelm: boolean
  /** The version that templates see, and that deprecations are seen from; Helm's own client's when left out. */
  readonly kubeVersion?: KubeVersion
  /** What relative paths start from. */
  readonly cwd: string
  /** Told of the chart before its templates are rendered. */
  readonly loaded?: (chart: Chart) => Promise<void>
  /** Where archives are unpacked, each in a folder that is gone afterwards. */
  readonly temporary: string
}

/** What was found in a chart. */
export interface LintResult {
  readonly messages: readonly LintMessage[]
  /** What was found beyond Helm's rules. */
  readonly beyondHelm: readonly LintMessage[]
  /** Why it could not be examined at all. */
  readonly failure?: string
  /** Whether the chart failed. */
  readonly failed: boolean
}

/**
 * Examines a chart for possible issues, as `helm lint` does.
 *
 * @param context time, chance, and the log for warnings
 * @param path a folder, or an archive (`.tgz`, `.tar.gz`)
 * @param options values, release, and what counts
 */
export async function lint (context: RenderContext, path: string, options: LintOptions): Promise<LintResult> {
  try {
    const { messages, beyondHelm } = await withFolder(path, options, async folder => await lintFolder(context, folder, options))
    const failed = [...messages, ...beyondHelm].some(({ severity }) => severity === 'ERROR' || (options.strict && severity === 'WARNING'))
    return { messages, beyondHelm, failed }
  } catch (error) {
    if (error instanceof ChartError || error instanceof RemoteError) return { messages: [], beyondHelm: [], failure: messageOf(error), failed: true }
    throw error
  }
}

async function lintFolder (context: RenderContext, { folder, named }: Folder, options: LintOptions): Promise<Found> {
  await stat(join(folder, 'Chart.yaml')).catch((error: unknown) => {
    throw new ChartError('unreadable', `unable to check Chart.yaml file in chart: ${systemErrorText('stat', join(named, 'Chart.yaml'), error)}`, { cause: error })
  })
  const findings = new Findings()
  const loader = new ChartLoader(folder, message => { context.log('WARN', message) })
  const { values, namespace, skipSchemaValidation, kubeVersion } = options
  await lintChartFile(findings, folder)
  await lintValuesFile(findings, folder, { values, skipSchemaValidation })
  const { chart } = await loader.loadSilently()
  if (chart !== undefined) await options.loaded?.(chart)
  await lintTemplates(findings, loader, { context, values, namespace, kubeVersion, skipSchemaValidation })
  await lintDependencies(findings, loader)
  await lintCrds(findings, loader)
  return { messages: findings.messages, beyondHelm: options.beyondHelm ? await lintBeyondHelm(context, loader) : [] }
}

type Found = Pick<LintResult, 'messages' | 'beyondHelm'>

/** A chart that cannot be loaded is complained of by Helm's rules. */
async function lintBeyondHelm (context: RenderContext, loader: ChartLoader): Promise<readonly LintMessage[]> {
  const { chart } = await loader.loadSilently()
  return chart === undefined ? [] : ownChecks(chart, context)
}

interface Folder {
  readonly folder: string
  /** As the user gave it. */
  readonly named: string
}

/** Works on a chart's folder; an archive is unpacked into one first. */
async function withFolder<T> (path: string, { cwd, temporary }: LintOptions, work: (folder: Folder) => Promise<T>): Promise<T> {
  if (!/\.(?:tgz|tar\.gz)$/.test(path)) return await work({ folder: resolve(cwd, path), named: path })
  const archive = await readFile(resolve(cwd, path)).catch((error: unknown) => {
    throw new ChartError('unreadable', `unable to open tarball: ${systemErrorText('open', path, error)}`, { cause: error })
  })
  const into = await mkdtemp(join(temporary, 'portolan-lint-'))
  try {
    const folder = await unpack(archive, into)
    return await work({ folder, named: folder })
  } finally {
    await rm(into, { recursive: true, force: true })
  }
}

async function unpack (archive: Uint8Array, into: string): Promise<string> {
  try {
    return await expandChart(archive, { into, cwd: into })
  } catch (error) {
    if (error instanceof ChartError || error instanceof RemoteError) throw new ChartError('invalid-archive', `unable to extract tarball: ${messageOf(error)}`, { cause: error })
    throw error
  }
}

/**
 * The charts below a chart's charts/ folder, in the order in which Helm's `--with-subcharts` adds them: folders with a Chart.yaml, and archives.
 *
 * @param path the chart's folder, as the user gave it
 * @param cwd what it starts from
 */
export async function subchartPaths (path: string, cwd: string): Promise<string[]> {
  const found: string[] = []
  await walk(join(path, 'charts'), cwd, found)
  return found
}

async function walk (folder: string, cwd: string, found: string[]): Promise<void> {
  const entries = await readdir(resolve(cwd, folder), { withFileTypes: true }).catch(() => [])
  for (const entry of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = join(folder, entry.name)
    if (entry.name === 'Chart.yaml') found.push(folder)
    else if (/\.(?:tgz|tar\.gz)$/.test(path)) found.push(path)
    if (entry.isDirectory()) await walk(path, cwd, found)
  }
}
