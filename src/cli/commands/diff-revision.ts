import { diffRevisions } from '../../action/diff-revisions.js'
import { withCluster } from '../cluster.js'
import type { Command } from '../command.js'
import { diffFlags, exitWords, noHooksFlag, printDifferences } from '../diff-flags.js'
import { revisionArgument } from '../revision-argument.js'

/** `portolan diff revision`: what differs between two records. */
export const diffRevision: Command = {
  name: 'revision',
  usage: 'RELEASE_NAME REVISION1 [REVISION2]',
  summary: 'show what differs between two revisions of a release',
  description: [
    'Compares the manifests of two revisions of a release as they are recorded, from the first (`-`) to the second (`+`): the newest one when it is',
    'left out.',
    '',
    exitWords
  ].join('\n'),
  arguments: { min: 2, max: 3 },
  flags: [...diffFlags, noHooksFlag],
  run: async (context, [name = '', from = '', to], flags) => {
    const options = { name, from: revisionArgument(from), ...to === undefined ? {} : { to: revisionArgument(to) }, hooks: !flags.bool('no-hooks') }
    await printDifferences(context, flags, async () =>
      await withCluster({ context, flags, interruptible: true }, async ({ context: action }) => await diffRevisions(action, options)))
  }
}
