import { uninstall as uninstallRelease } from '../../action/uninstall.js'
import type { Propagation } from '../../kube/client.js'
import { withCluster } from '../cluster.js'
import type { Command } from '../command.js'
import { CliError } from '../errors.js'
import type { Flags } from '../flags.js'
import { slogTo } from '../output/slog.js'
import { noProgressFlag, progressOf } from '../progress-flag.js'
import { timeoutFlag, waitFlag, waitForLockFlag, waitOf } from '../wait-flag.js'

/** `portolan uninstall`: deletes releases and their objects. */
export const uninstall: Command = {
  name: 'uninstall',
  aliases: ['del', 'delete', 'un'],
  usage: 'RELEASE_NAME [...]',
  summary: 'uninstall a release',
  description: [
    'Deletes the objects of releases, and their records, unless those are to be kept.',
    '',
    "Use '--cascade foreground' with '--wait' to be sure that objects with finalizers are gone when the command returns."
  ].join('\n'),
  arguments: { min: 1 },
  flags: [
    { name: 'cascade', type: 'string', default: 'background', usage: 'Must be "background", "orphan", or "foreground". Selects the deletion cascading strategy for the dependents. Defaults to background. Use "foreground" with --wait to ensure resources with finalizers are fully deleted before returning.' },
    { name: 'description', type: 'string', usage: 'add a custom description' },
    { name: 'dry-run', type: 'bool', usage: 'simulate a uninstall' },
    { name: 'ignore-not-found', type: 'bool', usage: 'Treat "release not found" as a successful uninstall' },
    { name: 'keep-history', type: 'bool', usage: 'remove all associated resources and mark the release as deleted, but retain the release history' },
    { name: 'no-hooks', type: 'bool', usage: 'prevent hooks from running during uninstallation' },
    timeoutFlag,
    waitFlag,
    waitForLockFlag,
    noProgressFlag
  ],
  run: async (context, names, flags) => {
    const options = {
      cascade: cascadeOf(flags),
      hooks: !flags.bool('no-hooks'),
      keepHistory: flags.bool('keep-history'),
      ignoreNotFound: flags.bool('ignore-not-found'),
      dryRun: flags.bool('dry-run'),
      description: flags.string('description'),
      timeout: flags.milliseconds('timeout'),
      waitForLock: flags.milliseconds('wait-for-lock'),
      wait: waitOf(flags, slogTo(context.stderr, flags.bool('debug')))
    }
    await withCluster({ context, flags, interruptible: false, progress: progressOf(context, flags) }, async ({ context: action }) => {
      for (const name of names) {
        const uninstalled = await uninstallRelease(action, { ...options, name })
        if (uninstalled !== undefined && uninstalled.info !== '') context.stdout.write(`${uninstalled.info}\n`)
        context.stdout.write(`release "${name}" uninstalled\n`)
      }
    })
  }
}

function cascadeOf (flags: Flags): Propagation {
  const text = flags.string('cascade')
  if (text === 'background' || text === 'foreground' || text === 'orphan') return text
  throw new CliError('invalid-argument', `invalid cascade value (${text}). Must be "background", "foreground", or "orphan"`)
}
