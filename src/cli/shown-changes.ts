import type { ObjectChange } from '../action/diff/object-change.js'
import type { CliContext, Flag } from './command.js'
import type { Flags } from './flags.js'

/** `--show-secrets` of what shows differences. */
export const showSecretsFlag: Flag = {
  name: 'show-secrets',
  type: 'bool',
  usage: 'show the values of Secrets; without it, their sizes and digests. Digests are keyed anew at each call'
}

/**
 * The changes as they may be shown.
 *
 * @param context for the key of digests
 * @param flags the call's (`--show-secrets`)
 * @param changes what differs
 */
export async function shownChanges (context: CliContext, flags: Flags, changes: readonly ObjectChange[]): Promise<readonly ObjectChange[]> {
  if (flags.bool('show-secrets')) return changes
  return (await import('../action/diff/redact.js')).redacted(changes, context.random(32))
}
