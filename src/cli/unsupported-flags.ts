import { CliError } from './errors.js'
import type { Flags } from './flags.js'

/**
 * Refuses flags of Helm's that this program does not have yet: a flag must do what it says, or be refused.
 *
 * @param flags the call's
 * @param names flags that are declared, but may not be used
 * @throws {CliError} invalid-argument, naming the flag
 */
export function refuseUnsupported (flags: Flags, names: readonly string[]): void {
  for (const name of names) {
    if (flags.changed(name) && flags.string(name) !== 'false') throw new CliError('invalid-argument', `the flag --${name} is not supported yet`)
  }
}
