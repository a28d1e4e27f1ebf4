import { posix } from 'node:path'
import { defaultCapabilities } from '../engine/capabilities.js'
import { crdsOf } from '../engine/crds.js'
import type { KubeVersion } from '../engine/kube-version.js'
import { decode } from '../go/bytes.js'
import type { Release } from '../release/release.js'
import { withStatus } from '../release/release.js'
import type { RenderContext } from './context.js'
import { requireReleaseName } from './release-name.js'
import { trimSpace } from '../sprig/unicode.js'
import { renderLive } from './render-live.js'
import type { RenderOptions } from './render-release.js'
import { requireOwnLabels } from './own-labels.js'
import { ActionError } from './errors.js'
import { messageOf } from '../errors.js'

/** What is rendered without a cluster. */
export interface TemplateOptions extends RenderOptions {
  /** The version of Kubernetes that templates see; Helm's own client's when left out. */
  readonly kubeVersion?: KubeVersion
  /** API versions that templates see beside the usual ones. */
  readonly apiVersions?: readonly string[]
  /** Labels that the record would have: they are checked only. */
  readonly labels?: ReadonlyMap<string, string>
}

/** A file that rendering gave: its name is its template's path. */
export interface RenderedFile {
  readonly name: string
  readonly content: string
  /** Whether it comes from a crds/ folder. */
  readonly isCrd?: boolean
}

/** A release that was rendered only. */
export interface TemplatedRelease {
  readonly release: Release
  /** Its objects and, if asked for, CRDs, each by itself, in the order of the manifest. */
  readonly files: readonly RenderedFile[]
}

/**
 * Renders a chart without a cluster, as `helm template` and `install --dry-run=client` do.
 *
 * @param context time, chance, and the log for warnings
 * @param options what is rendered, for which Kubernetes
 * @throws {ActionError} invalid-name, reserved-label
 * @throws {EngineError|ChartError|SchemaError}
 */
export async function template (context: RenderContext, options: TemplateOptions): Promise<TemplatedRelease> {
  checkName(context, options.name)
  const { kubeVersion, apiVersions = [], labels = new Map() } = options
  requireOwnLabels(labels)
  const capabilities = defaultCapabilities().with({ apiVersions, ...kubeVersion === undefined ? {} : { kubeVersion } })
  const { release, manifests } = await renderLive(context, options, capabilities)
  const crds = options.includeCrds === true && release.chart !== undefined ? crdsOf(release.chart) : []
  return {
    release: withStatus(release, 'pending-install', 'Dry run complete'),
    files: [
      ...crds.map(({ path, data }) => ({ name: path, content: decode(data), isCrd: true })),
      ...manifests.map(({ name, content }) => ({ name, content }))
    ]
  }
}

function checkName ({ log }: RenderContext, name: string): void {
  try {
    requireReleaseName(name)
  } catch (error) {
    log('ERROR', 'release name check failed', { error: messageOf(error) })
    throw new ActionError('invalid-name', `release name check failed: ${messageOf(error)}`, { cause: error })
  }
}

/**
 * The documents of a manifest as files, for one that was rendered for a cluster.
 *
 * @param manifest blocks, each after a `---` and a `# Source:` line
 */
export function filesOf (manifest: string): RenderedFile[] {
  return manifest.split(/^---\n# Source: /m).slice(1).map(block => {
    const end = block.indexOf('\n')
    const name = block.slice(0, end)
    return { name, content: block.slice(end + 1).replace(/\n$/, ''), isCrd: /^[^/]+\/(?:charts\/[^/]+\/)*crds\//.test(name) }
  })
}

/** Which part of a rendered release is printed. */
export interface TemplateTextOptions {
  /** Whether hooks are printed after the objects. */
  readonly hooks: boolean
  /** Whether tests are left out of them. */
  readonly skipTests: boolean
}

/** The hooks that `template` prints or writes. */
export function shownHooks (release: Release, { hooks, skipTests }: TemplateTextOptions): RenderedFile[] {
  return hooks
    ? release.hooks.filter(hook => !skipTests || !hook.events.includes('test')).map(({ path, manifest }) => ({ name: path, content: manifest }))
    : []
}

/** What `helm template` prints: the manifest without the white space around it, then the hooks. */
export function templateText (release: Release, options: TemplateTextOptions): string {
  return [`${trimSpace(release.manifest)}\n`, ...shownHooks(release, options).map(({ name, content }) => `---\n# Source: ${name}\n${content}\n`)].join('')
}

/** Where a rendered file is written (`--output-dir`), below the release's name if that is wanted. */
export function outputPath (outputDir: string, file: RenderedFile, releaseName: string | undefined): string {
  return [releaseName === undefined ? outputDir : posix.join(outputDir, releaseName), file.name].join('/')
}
