import { history } from '../../action/history.js'
import { upgrade as upgradeRelease } from '../../action/upgrade.js'
import type { ValuesPolicy } from '../../action/upgrade-values.js'
import { messageOf } from '../../errors.js'
import { quote } from '../../go/strconv.js'
import { isReleaseError } from '../../release/errors.js'
import type { Release } from '../../release/release.js'
import { withCluster } from '../cluster.js'
import type { CliContext, Command } from '../command.js'
import { dryRunFlag, dryRunOf, type DryRun } from '../dry-run-flag.js'
import { CliError } from '../errors.js'
import type { Flags } from '../flags.js'
import { releaseOptions, type ReleaseFlagOptions } from '../install-options.js'
import { writeRelease } from '../output/release-output.js'
import { statusText } from '../output/status-text.js'
import { outputFlag, outputFormat } from '../output/write-output.js'
import { noProgressFlag, progressOf } from '../progress-flag.js'
import { renderContext } from '../render-context.js'
import { renderExtras } from '../render-extras.js'
import { requestChartAt, type ChartRequest, type Requesting } from '../request.js'
import { reviewFlags, reviewOf, reviewOptions } from '../review.js'
import { runInstall } from '../run-install.js'
import { tellingCancellation } from '../telling-cancellation.js'
import { maxHistoryOf, upgradeFlags } from '../upgrade-flags.js'
import { waitForLockFlag } from '../wait-flag.js'
import { waitForFlag, waitForOf } from '../wait-for-flag.js'

/** `portolan upgrade`: upgrades a release. */
export const upgrade: Command = {
  name: 'upgrade',
  usage: '[RELEASE] [CHART]',
  summary: 'upgrade a release',
  description: [
    'Upgrades a release to another version of its chart, or to other values. The chart is a folder, an archive, a URL, repo/chart, or a name',
    'together with --repo. The values that were given before are kept when none are given; otherwise --reuse-values, --reset-values and',
    '--reset-then-reuse-values say what becomes of them.',
    '',
    'With --diff it is first shown what would change in the cluster, and asked whether to go on; --upgrade-crds brings the CRDs of the chart up to',
    'date as well. Exit codes: 0, 1 when something failed, 2 when --diff showed differences and nothing was done.'
  ].join('\n'),
  arguments: { min: 2, max: 2 },
  flags: [...upgradeFlags, dryRunFlag, outputFlag, waitForLockFlag, waitForFlag, noProgressFlag, ...reviewFlags],
  run: async (context, [name = '', reference = ''], flags) => {
    const format = outputFormat(flags.string('output'))
    const rendering = renderContext(context, flags)
    const dryRun = dryRunOf(flags, rendering.log, { template: false })
    const lasting = { waitForLock: flags.milliseconds('wait-for-lock'), waitFor: waitForOf(flags) }
    const options = { ...releaseOptions(flags, rendering.log), ...lasting, ...reviewOptions(reviewOf(context, flags, dryRun), flags) }
    const requesting = { context, flags, rendering }
    const absence = flags.bool('install') ? await absenceOf(context, flags, name) : undefined
    const say = (text: string): void => { if (format === 'table') context.stdout.write(text) }
    if (absence !== undefined) say(`Release ${quote(name)} does not exist.${flags.bool('diff') ? '' : ' Installing it now.'}\n`)
    const request = { name, ...await requestChartAt(reference, requesting) }
    const change = { dryRun, options, request }
    const release = absence === undefined ? await upgraded(requesting, change) : await installed(requesting, change, absence)
    if (absence === undefined) say(`Release ${quote(name)} has been upgraded. Happy Helming!\n`)
    writeRelease(context.stdout, format, { release, text: () => statusText(release, { debug: flags.bool('debug'), hideNotes: flags.bool('hide-notes') }) })
  }
}

/** Why there is nothing to upgrade: no record, or one of a release that was uninstalled. Undefined when there is something. */
export type Absence = 'none' | 'uninstalled'

/** Looks whether there is a release to upgrade. */
export async function absenceOf (context: CliContext, flags: Flags, name: string): Promise<Absence | undefined> {
  try {
    const revisions = await withCluster({ context, flags, interruptible: true }, async ({ context: action }) => await history(action, name))
    return revisions.at(-1)?.info.status === 'uninstalled' ? 'uninstalled' : undefined
  } catch (error) {
    if (isReleaseError(error, 'not-found')) return 'none'
    throw error
  }
}

/** What is upgraded, to what, and how. */
export interface Change {
  readonly dryRun: DryRun
  readonly options: ReleaseFlagOptions & { readonly waitForLock: number }
  readonly request: ChartRequest
}

/** Installs what is not there. */
export async function installed ({ context, flags, rendering }: Requesting, { dryRun, options, request }: Change, absence: Absence): Promise<Release> {
  const all = { ...options, serverSide: flags.string('server-side') !== 'false', replace: absence === 'uninstalled' }
  return await runInstall(context, flags, { dryRun, options: all, request, log: rendering.log })
}

async function upgraded (requesting: Requesting, change: Change): Promise<Release> {
  try {
    return await upgradedTo(requesting, change)
  } catch (error) {
    if (error instanceof CliError) throw error
    // What is wrong with the chart's reference or the values does not carry this.
    throw new Error(`UPGRADE FAILED: ${messageOf(error)}`, { cause: error })
  }
}

/** Upgrades what is there. */
export async function upgradedTo ({ context, flags }: Requesting, { dryRun, options, request }: Change): Promise<Release> {
  const extras = await renderExtras(context, flags)
  const all = {
    ...options,
    ...request,
    dryRun,
    policy: policyOf(flags),
    serverSide: flags.string('server-side'),
    cleanupOnFail: flags.bool('cleanup-on-fail'),
    maxHistory: maxHistoryOf(context, flags),
    subchartNotes: flags.bool('render-subchart-notes'),
    hideSecrets: flags.bool('hide-secret')
  }
  return await withCluster({ context, flags, interruptible: false, progress: progressOf(context, flags) }, async ({ context: cluster }) =>
    await tellingCancellation(context, request.name, async () => await upgradeRelease({ ...cluster, ...extras }, all)))
}

function policyOf (flags: Flags): ValuesPolicy {
  if (flags.bool('reset-values')) return 'reset'
  if (flags.bool('reuse-values')) return 'reuse'
  return flags.bool('reset-then-reuse-values') ? 'reset-then-reuse' : 'unless-given'
}
