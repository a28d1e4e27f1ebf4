import { posix, resolve } from 'node:path'
import { chartLog } from '../action/chart-log.js'
import type { ChartFolder, DependencyContext } from '../dependency/context.js'
import type { CliContext } from './command.js'
import type { Flags } from './flags.js'
import { remoteContext } from './remote-context.js'
import { renderContext } from './render-context.js'
import { sourceDateEpoch } from './source-date-epoch.js'

/**
 * What commands that resolve and fetch dependencies work with.
 *
 * @param context the command's
 * @param flags the call's
 * @throws {CliError} invalid-argument for SOURCE_DATE_EPOCH
 */
export function dependencyContext (context: CliContext, flags: Flags): DependencyContext {
  const { now, log } = renderContext(context, flags)
  const stamp = sourceDateEpoch(context.env)
  return {
    ...remoteContext(context, flags),
    say: line => { context.stdout.write(`${line}\n`) },
    now,
    note: chartLog(log),
    debug: flags.bool('debug'),
    ...stamp === undefined ? {} : { stamp }
  }
}

/**
 * The same, with `--verify` and `--keyring` of the commands that have them.
 *
 * @param context dependencyContext's
 * @param flags the call's
 * @param options whether an archive without a provenance file is refused then
 */
export function verifying (context: DependencyContext, flags: Flags, { required }: { readonly required: boolean }): DependencyContext {
  return flags.bool('verify') ? { ...context, verification: { required, keyring: flags.string('keyring') } } : context
}

/**
 * The chart's folder from a command's only argument, the current folder when it is left out.
 *
 * @param context for the current folder
 * @param args the command's
 */
export function chartFolder ({ cwd }: CliContext, [argument = '.']: readonly string[]): ChartFolder {
  const clean = posix.normalize(argument)
  return { path: resolve(cwd, argument), shown: clean.length > 1 ? clean.replace(/\/$/, '') : clean }
}
