import type { CommandGroup } from '../command.js'
import { exitWords } from '../diff-flags.js'
import { diffLive } from './diff-live.js'
import { diffRevision } from './diff-revision.js'
import { diffRollback } from './diff-rollback.js'
import { diffUpgrade } from './diff-upgrade.js'

/** `portolan diff …`: what differs between what is recorded, rendered and live. */
export const diff: CommandGroup = {
  name: 'diff',
  summary: 'show what differs between revisions, the cluster, and what an upgrade or rollback would make',
  description: [
    'Shows what differs between the objects of a release as they are recorded, as they live in the cluster, and as they would be: a unified diff',
    'for each object, or JSON. Nothing is changed.',
    '',
    exitWords
  ].join('\n'),
  commands: [diffLive, diffRevision, diffRollback, diffUpgrade]
}
