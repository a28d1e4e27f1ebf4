import { quote } from '../go/strconv.js'
import type { CliContext, Flag } from './command.js'
import { CliError } from './errors.js'
import type { Flags } from './flags.js'
import type { Output } from './output/direct-output.js'

/** `--color`, with Helm's words and variables. */
export const colorFlag: Flag = {
  name: 'color',
  type: 'string',
  default: 'auto',
  usage: 'use colored output: "never", "auto" or "always"; auto: on a terminal, unless NO_COLOR is set. HELM_COLOR sets the default'
}

/**
 * Whether what is printed is coloured: as `--color` says, then HELM_COLOR, then as it suits the output.
 *
 * @param context for the environment
 * @param flags the call's
 * @param out where it is printed
 * @throws {CliError} invalid-argument
 */
export function isColored ({ env }: CliContext, flags: Flags, out: Output): boolean {
  const variable = env['HELM_COLOR'] ?? ''
  const mode = flags.changed('color') || variable === '' ? flags.string('color') : variable
  switch (mode) {
    case 'always': return true
    case 'never': return false
    case 'auto': return out.isTerminal === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'
    default: throw new CliError('invalid-argument', `invalid color mode ${quote(mode)}: must be one of: never, auto, always`)
  }
}
