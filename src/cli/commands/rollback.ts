import { rollback as rollbackRelease } from '../../action/rollback.js'
import { withCluster } from '../cluster.js'
import type { Command } from '../command.js'
import { dryRunFlag, dryRunOf } from '../dry-run-flag.js'
import { forceFlags, waitForJobsFlag } from '../install-flags.js'
import { forceOptions } from '../install-options.js'
import { slogTo } from '../output/slog.js'
import { revisionArgument } from '../revision-argument.js'
import { noProgressFlag, progressOf } from '../progress-flag.js'
import { maxHistoryFlag, maxHistoryOf, serverSideFlag } from '../upgrade-flags.js'
import { timeoutFlag, waitFlag, waitForLockFlag, waitOf } from '../wait-flag.js'
import { waitForFlag, waitForOf } from '../wait-for-flag.js'

/** `portolan rollback`: takes a release back to an earlier revision. */
export const rollback: Command = {
  name: 'rollback',
  usage: '<RELEASE> [REVISION]',
  summary: 'roll back a release to a previous revision',
  description: 'Takes a release back to a revision of its history: the one before the newest when the revision is 0 or left out. This makes a new revision.',
  arguments: { min: 1 },
  flags: [
    ...forceFlags,
    serverSideFlag,
    maxHistoryFlag,
    dryRunFlag,
    timeoutFlag,
    waitFlag,
    waitForJobsFlag,
    waitForLockFlag,
    waitForFlag,
    noProgressFlag,
    { name: 'cleanup-on-fail', type: 'bool', usage: 'allow deletion of new resources created in this rollback when rollback fails' },
    { name: 'description', type: 'string', usage: 'add a custom description for the rollback (max 256 characters)' },
    { name: 'no-hooks', type: 'bool', usage: 'prevent hooks from running during rollback' }
  ],
  run: async (context, [name = '', revision = '0'], flags) => {
    const log = slogTo(context.stderr, flags.bool('debug'))
    const options = {
      name,
      revision: revisionArgument(revision),
      ...forceOptions(flags),
      dryRun: dryRunOf(flags, log, { template: false }) !== 'none',
      serverSide: flags.string('server-side'),
      hooks: !flags.bool('no-hooks'),
      wait: waitOf(flags, log),
      waitForJobs: flags.bool('wait-for-jobs'),
      timeout: flags.milliseconds('timeout'),
      cleanupOnFail: flags.bool('cleanup-on-fail'),
      maxHistory: maxHistoryOf(context, flags),
      description: flags.string('description'),
      waitForLock: flags.milliseconds('wait-for-lock'),
      waitFor: waitForOf(flags)
    }
    await withCluster({ context, flags, interruptible: false, progress: progressOf(context, flags) }, async ({ context: action }) => await rollbackRelease(action, options))
    context.stdout.write('Rollback was a success! Happy Helming!\n')
  }
}
