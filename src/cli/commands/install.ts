import { install as installRelease, type InstallOptions } from '../../action/install.js'
import { ActionError } from '../../action/errors.js'
import type { Log } from '../../action/log.js'
import { template } from '../../action/template.js'
import type { Release } from '../../release/release.js'
import { withCluster, type Cluster } from '../cluster.js'
import type { CliContext, Command } from '../command.js'
import { dryRunFlag, dryRunOf, type DryRun } from '../dry-run-flag.js'
import type { Flags } from '../flags.js'
import { installFlags, unsupportedInstallFlags } from '../install-flags.js'
import { installOptions } from '../install-options.js'
import { writeRelease } from '../output/release-output.js'
import { statusText } from '../output/status-text.js'
import { outputFlag, outputFormat } from '../output/write-output.js'
import { renderContext } from '../render-context.js'
import { renderExtras } from '../render-extras.js'
import { requestRelease, type ChartRequest } from '../request.js'
import { waitForLockFlag } from '../wait-flag.js'
import { refuseUnsupported } from '../unsupported-flags.js'

/** `portolan install`: installs a chart as a release. */
export const install: Command = {
  name: 'install',
  usage: '[NAME] [CHART]',
  summary: 'install a chart',
  description: [
    'Installs a chart. The chart is a folder, an archive, a URL, repo/chart, or a name together with --repo.',
    '',
    'Values are merged in this order, later ones over earlier ones: -f, --set-json, --set, --set-string, --set-file, --set-literal.'
  ].join('\n'),
  arguments: { min: 1 },
  errorPrefix: 'INSTALLATION FAILED: ',
  flags: [
    ...installFlags,
    dryRunFlag,
    outputFlag,
    waitForLockFlag,
    { name: 'hide-notes', type: 'bool', usage: 'if set, do not show notes in install output. Does not affect presence in chart metadata' },
    { name: 'hide-secret', type: 'bool', usage: 'hide Kubernetes Secrets when also using the --dry-run flag' },
    { name: 'render-subchart-notes', type: 'bool', usage: 'if set, render subchart notes along with the parent' }
  ],
  run: async (context, args, flags) => {
    refuseUnsupported(flags, unsupportedInstallFlags)
    const format = outputFormat(flags.string('output'))
    const rendering = renderContext(context, flags)
    const dryRun = dryRunOf(flags, rendering.log, { template: false })
    const options = { ...installOptions(flags, rendering.log), waitForLock: flags.milliseconds('wait-for-lock') }
    const request = await requestRelease(args, { context, flags, rendering })
    if (dryRun === 'none' && flags.bool('hide-secret')) throw hidingWithoutDryRun(rendering.log)
    const release = await installed(context, flags, { dryRun, options, request })
    const text = (): string => statusText(release, { debug: flags.bool('debug'), hideNotes: flags.bool('hide-notes') })
    writeRelease(context.stdout, format, { release, text })
  }
}

function hidingWithoutDryRun (log: Log): ActionError {
  const message = 'hiding Kubernetes secrets requires a dry-run mode'
  log('ERROR', message)
  return new ActionError('invalid-option', message)
}

interface Installation {
  readonly dryRun: DryRun
  readonly options: ReturnType<typeof installOptions>
  readonly request: ChartRequest
}

async function installed (context: CliContext, flags: Flags, { dryRun, options, request }: Installation): Promise<Release> {
  const rendering = { subchartNotes: flags.bool('render-subchart-notes'), hideSecrets: flags.bool('hide-secret') }
  const extras = await renderExtras(context, flags)
  const work = async ({ context: cluster, namespace }: Cluster): Promise<Release> => {
    const action = { ...cluster, ...extras }
    const all: InstallOptions = { ...options, ...request, ...rendering, namespace, dryRun: dryRun === 'server' ? 'server' : 'none' }
    if (dryRun === 'client') return (await template(action, all)).release
    const cancelled = (): void => { context.stdout.write(`Release ${request.name} has been cancelled.\n`) }
    context.signal.addEventListener('abort', cancelled, { once: true })
    try {
      return await installRelease(action, all)
    } finally {
      context.signal.removeEventListener('abort', cancelled)
    }
  }
  return await withCluster({ context, flags, interruptible: false }, work)
}
