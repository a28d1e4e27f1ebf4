import { diffLive as liveDifferences } from '../../action/diff-live.js'
import { withCluster } from '../cluster.js'
import type { Command } from '../command.js'
import { diffFlags, exitWords, liveWords, printDifferences } from '../diff-flags.js'
import { revisionFlag } from '../revision-flag.js'

/** `portolan diff live`: what was changed in the cluster. */
export const diffLive: Command = {
  name: 'live',
  usage: 'RELEASE_NAME',
  summary: 'show what was changed in the cluster since a release was deployed',
  description: [
    "Compares the manifest of a release's deployed revision (`-`) with the objects in the cluster (`+`): what was changed by others, or deleted. What",
    'others added beside the fields of the manifest is no difference, nor are hooks.',
    '',
    liveWords,
    '',
    exitWords
  ].join('\n'),
  arguments: { min: 1, max: 1 },
  flags: [...diffFlags, { ...revisionFlag, usage: 'compare the manifest of this revision' }],
  run: async (context, [name = ''], flags) => {
    await printDifferences(context, flags, async () =>
      await withCluster({ context, flags, interruptible: true }, async ({ context: action }) => await liveDifferences(action, name, flags.int('revision'))))
  }
}
