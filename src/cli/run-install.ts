import { ActionError } from '../action/errors.js'
import { install } from '../action/install.js'
import type { Log } from '../action/log.js'
import { template } from '../action/template.js'
import type { Release } from '../release/release.js'
import { withCluster, type Cluster } from './cluster.js'
import type { CliContext } from './command.js'
import type { DryRun } from './dry-run-flag.js'
import type { Flags } from './flags.js'
import type { InstallFlagOptions } from './install-options.js'
import { progressOf } from './progress-flag.js'
import { renderExtras } from './render-extras.js'
import type { ChartRequest } from './request.js'
import { tellingCancellation } from './telling-cancellation.js'

/** What is installed, and how. */
export interface Installation {
  readonly dryRun: DryRun
  readonly options: InstallFlagOptions
  readonly request: ChartRequest
  /** For what is wrong with the flags together. */
  readonly log: Log
}

/**
 * Installs a chart, or only renders it.
 *
 * @param context the command's
 * @param flags the call's
 * @param installation what and how
 * @throws {ActionError|KubeError|ReleaseError|EngineError|ChartError}
 */
export async function runInstall (context: CliContext, flags: Flags, { dryRun, options, request, log }: Installation): Promise<Release> {
  if (dryRun === 'none' && flags.bool('hide-secret')) throw hidingWithoutDryRun(log)
  const rendering = { subchartNotes: flags.bool('render-subchart-notes'), hideSecrets: flags.bool('hide-secret') }
  const extras = await renderExtras(context, flags)
  return await withCluster({ context, flags, interruptible: false, progress: progressOf(context, flags) }, async ({ context: cluster, namespace }: Cluster) => {
    const action = { ...cluster, ...extras }
    const all = { ...options, ...request, ...rendering, namespace }
    if (dryRun === 'client') return (await template(action, all)).release
    return await tellingCancellation(context, request.name, async () => await install(action, { ...all, dryRun }))
  })
}

function hidingWithoutDryRun (log: Log): ActionError {
  const message = 'hiding Kubernetes secrets requires a dry-run mode'
  log('ERROR', message)
  return new ActionError('invalid-option', message)
}
