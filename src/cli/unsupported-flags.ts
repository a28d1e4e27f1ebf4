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

/**
 * Refuses flags that exclude each other, in cobra's words.
 *
 * @param flags the call's
 * @param names in the order in which the group is declared
 * @throws {CliError} invalid-argument, when more than one of them was given
 */
export function refuseTogether (flags: Flags, ...names: readonly string[]): void {
  const given = names.filter(name => flags.changed(name)).sort()
  if (given.length < 2) return
  throw new CliError('invalid-argument', `if any flags in the group [${names.join(' ')}] are set none of the others can be; [${given.join(' ')}] were all set`)
}
