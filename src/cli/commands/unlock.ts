import { unlock as unlockRelease, type Unlocked } from '../../action/lock.js'
import { leaseText, momentText } from '../../release/lease.js'
import { withCluster } from '../cluster.js'
import type { Command } from '../command.js'

/** `portolan unlock`: frees a release that a dead process left pending. */
export const unlock: Command = {
  name: 'unlock',
  usage: 'RELEASE_NAME',
  summary: 'free a release whose operation will not come to its end',
  description: [
    'Records the newest revision of a release as failed, where an operation is under way, or was when its process died, so that others can',
    'go on. Releases that portolan works on free themselves a minute after the process died; those of Helm do not. Until then --force is needed,',
    'unless the process was one of yours on this machine, and is seen to be dead.'
  ].join('\n'),
  arguments: { min: 1, max: 1 },
  flags: [{ name: 'force', type: 'bool', usage: 'unlock although whoever is at work on the release is alive' }],
  run: async (context, [name = ''], flags) => {
    await withCluster({ context, flags, interruptible: false }, async ({ context: action }) => {
      context.stdout.write(textOf(await unlockRelease(action, name, { force: flags.bool('force') })))
    })
  }
}

function textOf ({ name, version, status, lease }: Unlocked): string {
  const who = lease === undefined ? 'without a lease' : `${leaseText(lease)}, its lease until ${momentText(lease.expires)}`
  return `revision ${version} of "${name}" was ${status} (${who}) and is recorded as failed\n`
}
