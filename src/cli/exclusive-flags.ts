import { CliError } from './errors.js'
import type { Flags } from './flags.js'

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
