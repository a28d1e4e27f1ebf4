import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { InstallOptions } from '../../action/install.js'
import { showOnly } from '../../action/show-only.js'
import { outputPath, shownHooks, template as renderTemplate, templateText, type RenderedFile, type TemplatedRelease } from '../../action/template.js'
import { EngineError } from '../../engine/errors.js'
import { KubeVersion } from '../../engine/kube-version.js'
import { messageOf } from '../../errors.js'
import type { CliContext, Command } from '../command.js'
import { dryRunOf, templateDryRunFlag } from '../dry-run-flag.js'
import { CliError } from '../errors.js'
import type { Flags } from '../flags.js'
import { installFlags, unsupportedInstallFlags } from '../install-flags.js'
import { installOptions } from '../install-options.js'
import { renderContext } from '../render-context.js'
import { renderingNamespace } from '../rendering-namespace.js'
import { requestRelease, type ChartRequest } from '../request.js'
import { refuseUnsupported } from '../unsupported-flags.js'

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
    { name: 'skip-tests', type: 'bool', usage: 'skip tests from templated output' },
    { name: 'validate', type: 'bool', usage: 'deprecated', deprecated: "use '--dry-run=server' instead" }
  ],
  run: async (context, args, flags) => {
    refuseUnsupported(flags, unsupportedInstallFlags)
    if (flags.changed('validate') && flags.changed('dry-run')) {
      throw new CliError('invalid-argument', 'if any flags in the group [validate dry-run] are set none of the others can be; [dry-run validate] were all set')
    }
    const kubeVersion = kubeVersionOf(flags)
    const rendering = renderContext(context, flags)
    const server = dryRunOf(flags, rendering.log, { template: true }) === 'server' || flags.bool('validate')
    const request = await requestRelease(args, { context, flags, rendering, fallbackName: 'release-name' })
    const rendered = await explained(flags, async () => await render(context, flags, { request, kubeVersion, server }))
    if (flags.string('output-dir') === '') print(context, flags, rendered)
    else await write(context, flags, rendered)
  }
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

/** Helm says after every failure to render how more could be seen. */
async function explained<T> (flags: Flags, render: () => Promise<T>): Promise<T> {
  try {
    return await render()
  } catch (error) {
    if (!(error instanceof EngineError) || flags.bool('debug')) throw error
    throw new EngineError(error.code, `${error.message}\n\nUse --debug flag to render out invalid YAML`, { cause: error })
  }
}

interface Rendering {
  readonly request: ChartRequest
  readonly kubeVersion: KubeVersion | undefined
  readonly server: boolean
}

async function render (context: CliContext, flags: Flags, { request, kubeVersion, server }: Rendering): Promise<TemplatedRelease> {
  const rendering = renderContext(context, flags)
  const options = {
    ...request, ...installOptions(flags, rendering.log), includeCrds: flags.bool('include-crds'), isUpgrade: flags.bool('is-upgrade')
  }
  if (server) return await renderInServer(context, flags, options)
  const version = kubeVersion === undefined ? {} : { kubeVersion }
  const namespace = await renderingNamespace(context, flags)
  return await renderTemplate(rendering, { ...options, ...version, namespace, apiVersions: flags.list('api-versions') })
}

/** What needs a cluster is loaded here only: most calls need none. */
async function renderInServer (context: CliContext, flags: Flags, options: Omit<InstallOptions, 'namespace' | 'dryRun'>): Promise<TemplatedRelease> {
  if (flags.string('output-dir') !== '') throw new CliError('invalid-argument', '--output-dir together with --dry-run=server is not supported yet')
  const [{ withCluster }, { install }] = await Promise.all([import('../cluster.js'), import('../../action/install.js')])
  return await withCluster({ context, flags, interruptible: true }, async ({ context: action, namespace }) => {
    const release = await install(action, { ...options, namespace, dryRun: 'server' })
    return { release, files: [] }
  })
}

function print (context: CliContext, flags: Flags, { release }: TemplatedRelease): void {
  const text = templateText(release, { hooks: !flags.bool('no-hooks'), skipTests: flags.bool('skip-tests') })
  const patterns = flags.list('show-only')
  context.stdout.write(patterns.length === 0 ? text : showOnly(text, patterns))
}

/** Writes each template's documents to a file of its own, and says so. */
async function write (context: CliContext, flags: Flags, { release, files }: TemplatedRelease): Promise<void> {
  const directory = flags.string('output-dir')
  const crds = new Set((release.chart?.files ?? []).map(file => `${release.chart?.metadata.name ?? ''}/${file.name}`))
  const named = flags.bool('release-name') ? release.name : undefined
  const written = new Set<string>()
  for (const file of [...files, ...shownHooks(release, { hooks: !flags.bool('no-hooks'), skipTests: flags.bool('skip-tests') })]) {
    const path = outputPath(directory, file, crds.has(file.name) ? undefined : named)
    await writeOne(resolve(context.cwd, path), file, written)
    context.stdout.write(`wrote ${path}\n`)
  }
  context.stdout.write('\n')
}

async function writeOne (path: string, { name, content }: RenderedFile, written: Set<string>): Promise<void> {
  const text = `---\n# Source: ${name}\n${content}\n`
  await mkdir(dirname(path), { recursive: true })
  if (written.has(path)) await appendFile(path, text)
  else await writeFile(path, text)
  written.add(path)
}
