import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { chartLog } from '../../action/chart-log.js'
import type { RenderContext } from '../../action/context.js'
import type { InstallOptions } from '../../action/install.js'
import { chosenFiles, showOnly } from '../../action/show-only.js'
import { filesOf, outputPath, shownHooks, template as renderTemplate, templateText, type RenderedFile, type TemplatedRelease } from '../../action/template.js'
import { EngineError } from '../../engine/errors.js'
import { KubeVersion } from '../../engine/kube-version.js'
import { sourceBlock } from '../../engine/manifest.js'
import { messageOf } from '../../errors.js'
import { pathError } from '../../remote/path-error.js'
import type { CliContext, Command } from '../command.js'
import { dryRunOf, templateDryRunFlag } from '../dry-run-flag.js'
import { CliError } from '../errors.js'
import type { Flags } from '../flags.js'
import { installFlags } from '../install-flags.js'
import { installOptions, type InstallFlagOptions } from '../install-options.js'
import { setUpFor } from '../large-chart.js'
import { renderContext } from '../render-context.js'
import { renderExtras } from '../render-extras.js'
import { explainedFailure, failedText } from '../render-failure.js'
import { renderingNamespace } from '../rendering-namespace.js'
import { requestRelease, type ChartRequest } from '../request.js'
import { refuseTogether } from '../exclusive-flags.js'

/** `portolan template`: renders a chart, and prints it. */
export const template: Command = {
  name: 'template',
  usage: '[NAME] [CHART]',
  summary: 'locally render templates',
  description: [
    'Renders the templates of a chart and prints what they give. Nothing is asked of a cluster, unless --dry-run=server is given: values that',
    'would be looked up there are empty, and the versions of its APIs are what --kube-version and --api-versions say.'
  ].join('\n'),
  arguments: { min: 1 },
  flags: [
    ...installFlags,
    templateDryRunFlag,
    { name: 'api-versions', short: 'a', type: 'strings', usage: 'Kubernetes api versions used for Capabilities.APIVersions (multiple can be specified)' },
    { name: 'hide-notes', type: 'bool', hidden: true, usage: 'no effect', deprecated: "this flag has no effect for 'helm template' and will be removed in Helm 5" },
    { name: 'include-crds', type: 'bool', usage: 'include CRDs in the templated output' },
    { name: 'is-upgrade', type: 'bool', usage: 'set .Release.IsUpgrade instead of .Release.IsInstall' },
    { name: 'kube-version', type: 'string', usage: 'Kubernetes version used for Capabilities.KubeVersion' },
    { name: 'output-dir', type: 'string', usage: 'writes the executed templates to files in output-dir instead of stdout' },
    { name: 'release-name', type: 'bool', usage: 'use release name in the output-dir path.' },
    { name: 'render-subchart-notes', type: 'bool', hidden: true, usage: 'no effect', deprecated: "this flag has no effect for 'helm template' and will be removed in Helm 5" },
    { name: 'show-only', short: 's', type: 'stringArray', usage: 'only show manifests rendered from the given templates' },
    { name: 'show-values', type: 'bool', usage: 'instead of manifests, print the values that templates would see, each with where it comes from' },
    { name: 'skip-tests', type: 'bool', usage: 'skip tests from templated output' },
    { name: 'validate', type: 'bool', usage: 'deprecated', deprecated: "use '--dry-run=server' instead" }
  ],
  run: async (context, args, flags) => {
    refuseTogether(flags, 'validate', 'dry-run')
    const kubeVersion = kubeVersionOf(flags)
    const rendering = { ...renderContext(context, flags), ...await renderExtras(context, flags) }
    const server = dryRunOf(flags, rendering.log, { template: true }) === 'server' || flags.bool('validate')
    if (flags.bool('show-values')) {
      await printValues(context, args, { flags, rendering })
      return
    }
    const options = installOptions(flags, rendering.log)
    const request = await requestRelease(args, { context, flags, rendering, fallbackName: 'release-name' })
    const restore = await setUpFor(request.chart)
    try {
      const rendered = await render(context, flags, { rendering, options, request, kubeVersion, server })
      if (flags.string('output-dir') === '') print(context, flags, rendered)
      else await write(context, flags, rendered)
    } catch (error) {
      const debug = flags.bool('debug')
      if (debug && error instanceof EngineError) context.stdout.write(failedText(error, flags.list('show-only')))
      throw explainedFailure(error, { debug })
    } finally {
      restore()
    }
  }
}

/** What --show-values prints; the code for it is loaded only for it. */
async function printValues (context: CliContext, args: readonly string[], { flags, rendering }: { readonly flags: Flags, readonly rendering: RenderContext }): Promise<void> {
  const [{ markOrigins, traceValues }, { writeOrigins }] = await Promise.all([import('../../chart/value-origins.js'), import('../../chart/write-origins.js')])
  const { chart, values } = await requestRelease(args, { context, flags, rendering, fallbackName: 'release-name', mark: (values, text) => markOrigins(values, { text }) })
  context.stdout.write(writeOrigins(traceValues(chart, values, chartLog(rendering.log))))
}

function kubeVersionOf (flags: Flags): KubeVersion | undefined {
  const text = flags.string('kube-version')
  if (text === '') return undefined
  try {
    return KubeVersion.parse(text)
  } catch (error) {
    throw new CliError('invalid-argument', `invalid kube version '${text}': ${messageOf(error)}`, { cause: error })
  }
}

interface Rendering {
  readonly rendering: RenderContext
  readonly options: InstallFlagOptions
  readonly request: ChartRequest
  readonly kubeVersion: KubeVersion | undefined
  readonly server: boolean
}

async function render (context: CliContext, flags: Flags, { rendering, options, request, kubeVersion, server }: Rendering): Promise<TemplatedRelease> {
  const all = { ...request, ...options, includeCrds: flags.bool('include-crds'), isUpgrade: flags.bool('is-upgrade') }
  if (server) return await renderInServer(context, flags, { rendering, options: all })
  const version = kubeVersion === undefined ? {} : { kubeVersion }
  const namespace = await renderingNamespace(context, flags)
  return await renderTemplate(rendering, { ...all, ...version, namespace, apiVersions: flags.list('api-versions') })
}

interface ServerRendering {
  readonly rendering: RenderContext
  readonly options: Omit<InstallOptions, 'namespace' | 'dryRun'>
}

/** What needs a cluster is loaded here only: most calls need none. */
async function renderInServer (context: CliContext, flags: Flags, { rendering, options }: ServerRendering): Promise<TemplatedRelease> {
  const [{ withCluster }, { install }] = await Promise.all([import('../cluster.js'), import('../../action/install.js')])
  return await withCluster({ context, flags, interruptible: true }, async ({ context: action, namespace }) => {
    const release = await install({ ...action, ...rendering }, { ...options, namespace, dryRun: 'server' })
    return { release, files: filesOf(release.manifest) }
  })
}

function print (context: CliContext, flags: Flags, { release }: TemplatedRelease): void {
  const text = templateText(release, { hooks: !flags.bool('no-hooks'), skipTests: flags.bool('skip-tests') })
  const patterns = flags.list('show-only')
  context.stdout.write(patterns.length === 0 ? text : showOnly(text, patterns))
}

/** Writes each template's documents to a file of its own, and says so; with --show-only, those of some templates. */
async function write (context: CliContext, flags: Flags, { release, files }: TemplatedRelease): Promise<void> {
  const directory = flags.string('output-dir')
  const named = flags.bool('release-name') ? release.name : undefined
  const written = new Set<string>()
  const all = [...files, ...shownHooks(release, { hooks: !flags.bool('no-hooks'), skipTests: flags.bool('skip-tests') })]
  for (const file of chosenFiles(all, flags.list('show-only'))) {
    const path = outputPath(directory, file, file.isCrd === true ? undefined : named)
    await writeOne(context, path, { file, append: written.has(path) })
    written.add(path)
    context.stdout.write(`wrote ${path}\n`)
  }
  context.stdout.write('\n')
}

interface Writing {
  readonly file: RenderedFile
  readonly append: boolean
}

async function writeOne ({ cwd }: CliContext, shown: string, { file: { name, content }, append }: Writing): Promise<void> {
  const text = sourceBlock(name, content)
  const path = resolve(cwd, shown)
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => { throw unwritable('stat', dirname(shown), error) })
  await (append ? appendFile(path, text) : writeFile(path, text)).catch((error: unknown) => { throw unwritable('open', shown, error) })
}

function unwritable (operation: string, path: string, error: unknown): EngineError {
  return new EngineError('unwritable', pathError(operation, path, error), { cause: error })
}
