import type { Log } from '../action/log.js'
import { quote } from '../go/strconv.js'
import type { Flag } from './command.js'
import { CliError } from './errors.js'
import type { Flags } from './flags.js'

/** What a dry run leaves out. */
export type DryRun = 'none' | 'client' | 'server'

/** `--dry-run` of install. */
export const dryRunFlag: Flag = {
  name: 'dry-run',
  type: 'string',
  default: 'none',
  bareValue: 'unset',
  usage: 'simulates the operation without persisting changes. Must be one of: "none" (default), "client", or "server". \'--dry-run=none\' executes the operation normally and persists changes (no simulation). \'--dry-run=client\' simulates the operation client-side only and avoids cluster connections. \'--dry-run=server\' simulates the operation on the server, requiring cluster connectivity.'
}

/** `--dry-run` of template, which is always one. */
export const templateDryRunFlag: Flag = {
  ...dryRunFlag,
  default: 'client',
  usage: 'simulates the operation either client-side or server-side. Must be either: "client", or "server". \'--dry-run=client simulates the operation client-side only and avoids cluster connections. \'--dry-run=server\' simulates/validates the operation on the server, requiring cluster connectivity.'
}

/**
 * Reads `--dry-run` as Helm 4.3 does: the bare flag and booleans are taken, with a warning.
 *
 * @param flags the call's
 * @param log for the warnings
 * @param options whether the command is `template`, for which `none` is no choice
 * @throws {CliError} invalid-argument, in Helm's words
 */
export function dryRunOf (flags: Flags, log: Log, { template }: { readonly template: boolean }): DryRun {
  const text = flags.string('dry-run')
  switch (text) {
    case 'unset':
      log('WARN', "--dry-run is deprecated and should be replaced with '--dry-run=client'")
      return 'client'
    case 'client':
    case 'server': return text
    case 'none':
      if (!template) return 'none'
  }
  return booleanDryRun(text, log, template)
}

const booleans = new Map([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map(text => [text, 'client'] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map(text => [text, 'none'] as const)
])

function booleanDryRun (text: string, log: Log, template: boolean): DryRun {
  const meant = booleans.get(text)
  if (meant === undefined || (template && meant === 'none')) {
    const choices = template && (meant !== undefined || text === 'none') ? '"server" or "client"' : '"none", "server", or "client"'
    throw new CliError('invalid-argument', `invalid dry-run value (${quote(text)}). Must be ${choices}`)
  }
  log('WARN', `boolean '--dry-run=${text}' flag is deprecated and must be replaced with '--dry-run=${meant}'`)
  return meant
}
