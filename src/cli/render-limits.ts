import { quote } from '../go/strconv.js'
import type { RenderBounds } from '../engine/options.js'
import type { Limits } from '../template/runtime.js'
import type { CliContext, Flag } from './command.js'
import { CliError } from './errors.js'
import type { Flags } from './flags.js'

const flagName = 'render-limits'
const variable = 'PORTOLAN_RENDER_LIMITS'

/** The limits that a user may change. */
const names = ['steps', 'output', 'string', 'items', 'milliseconds'] as const satisfies ReadonlyArray<keyof Limits>

/** The flag of every command that runs templates. */
export const renderLimitsFlag: Flag = {
  name: flagName,
  type: 'stringToString',
  usage: `bounds on what templates may do, where the usual ones are too narrow, such as steps=100000000: ${names.join(', ')} (also ${variable})`
}

/**
 * Reads `--render-limits` and PORTOLAN_RENDER_LIMITS: each limit that the flag names counts before the variable's.
 *
 * @param context for its environment
 * @param flags the call's
 * @returns what differs from the defaults, and how errors tell of them
 * @throws {CliError} invalid-argument: a limit that there is not, or no whole number from 1 on
 */
export function renderLimits ({ env }: CliContext, flags: Flags): Required<RenderBounds> {
  const fromVariable = (env[variable] ?? '').split(',').filter(part => part !== '').map(part => {
    const equals = part.indexOf('=')
    return equals < 0 ? [part, ''] as const : [part.slice(0, equals), part.slice(equals + 1)] as const
  })
  return {
    limits: { ...limitsOf(fromVariable, variable), ...limitsOf(flags.pairs(flagName), `"--${flagName}" flag`) },
    limitHint: `a chart that needs more can be given it by --${flagName} or ${variable}`
  }
}

function limitsOf (pairs: Iterable<readonly [name: string, text: string]>, source: string): Partial<Limits> {
  return Object.fromEntries(Array.from(pairs, ([given, text]) => {
    const name = names.find(each => each === given.trim())
    if (name === undefined) throw invalid(`${given}=${text}`, source, `there is no limit ${quote(given)}: it is one of ${names.join(', ')}`)
    if (!/^[1-9]\d{0,14}$/.test(text.trim())) throw invalid(`${given}=${text}`, source, 'must be a whole number from 1 on')
    return [name, Number(text)]
  }))
}

function invalid (argument: string, source: string, reason: string): CliError {
  return new CliError('invalid-argument', `invalid argument ${quote(argument)} for ${source}: ${reason}`)
}
