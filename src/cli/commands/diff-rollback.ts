import { diffRollback as rollbackDifferences } from '../../action/diff-rollback.js'
import { withCluster } from '../cluster.js'
import type { Command } from '../command.js'
import { againstFlag, againstOf, diffFlags, exitWords, liveWords, noHooksFlag, printDifferences } from '../diff-flags.js'
import { forceConflictsFlag } from '../install-flags.js'
import { revisionArgument } from '../revision-argument.js'
import { serverSideFlag } from '../upgrade-flags.js'

/** `portolan diff rollback`: what a rollback would change. */
export const diffRollback: Command = {
  name: 'rollback',
  usage: 'RELEASE_NAME [REVISION]',
  summary: 'show what a rollback would change',
  description: [
    'Shows what a rollback to a revision would change: to the one before the newest when the revision is 0 or left out.',
    '',
    liveWords,
    'With --against=stored, the manifests of the two revisions are compared.',
    '',
    exitWords
  ].join('\n'),
  arguments: { min: 1, max: 2 },
  flags: [...diffFlags, againstFlag, noHooksFlag, forceConflictsFlag, serverSideFlag],
  run: async (context, [name = '', revision = '0'], flags) => {
    const options = {
      name,
      revision: revisionArgument(revision),
      against: againstOf(flags),
      hooks: !flags.bool('no-hooks'),
      serverSide: flags.string('server-side'),
      forceConflicts: flags.bool('force-conflicts')
    }
    await printDifferences(context, flags, async () =>
      await withCluster({ context, flags, interruptible: true }, async ({ context: action }) => await rollbackDifferences(action, options)))
  }
}
