import type { Log } from '../action/log.js'
import type { WaitStrategy } from '../action/wait-strategy.js'
import { quote } from '../go/strconv.js'
import type { Flag } from './command.js'
import { CliError } from './errors.js'
import type { Flags } from './flags.js'

/** `--wait` of the commands that change releases. */
export const waitFlag: Flag = {
  name: 'wait',
  type: 'string',
  typeName: 'WaitStrategy',
  default: 'hookOnly',
  bareValue: 'watcher',
  usage: "wait until resources are ready (up to --timeout). Use '--wait' alone for 'watcher' strategy, or specify one of: 'watcher', 'hookOnly', 'legacy'. Default when flag is omitted: 'hookOnly'."
}

/** `--timeout` of the same commands. */
export const timeoutFlag: Flag = {
  name: 'timeout', type: 'duration', default: '5m0s', usage: 'time to wait for any individual Kubernetes operation (like Jobs for hooks)'
}

/** `--wait-for-lock` of the same commands. */
export const waitForLockFlag: Flag = {
  name: 'wait-for-lock',
  type: 'duration',
  default: '0s',
  bareValue: '5m0s',
  usage: 'wait for another operation on the release to end, at most so long; 5m0s for the bare flag'
}

/**
 * Reads `--wait` as Helm 4.3 does: booleans are taken, with a warning.
 *
 * @param flags the call's
 * @param log for the warnings
 * @throws {CliError} invalid-argument, in Helm's words
 */
export function waitOf (flags: Flags, log: Log): WaitStrategy {
  const text = flags.string('wait')
  switch (text) {
    case 'watcher':
    case 'legacy':
    case 'hookOnly': return text
    case 'true':
      log('WARN', '--wait=true is deprecated (boolean value) and can be replaced with --wait=watcher')
      return 'watcher'
    case 'false':
      log('WARN', '--wait=false is deprecated (boolean value) and can be replaced with --wait=hookOnly')
      return 'hookOnly'
    default: throw new CliError('invalid-argument', `invalid argument ${quote(text)} for "--wait" flag: invalid wait input ${quote(text)}. Valid inputs are watcher, hookOnly, and legacy`)
  }
}
