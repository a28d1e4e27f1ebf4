import { on } from 'node:events'
import type { Readable } from 'node:stream'
import type { ObjectChange } from '../action/diff/object-change.js'
import type { Review } from '../action/diff/preview.js'
import type { UpgradeOptions } from '../action/upgrade.js'
import { colorFlag, isColored } from './color.js'
import type { CliContext, Flag } from './command.js'
import type { DryRun } from './dry-run-flag.js'
import { CliError } from './errors.js'
import type { Flags } from './flags.js'
import { shownChanges, showSecretsFlag } from './shown-changes.js'
import { refuseTogether } from './exclusive-flags.js'

/** `--upgrade-crds`. */
export const upgradeCrdsFlag: Flag = {
  name: 'upgrade-crds',
  type: 'bool',
  usage: "create and update the CRDs in the chart's crds/ folders before the release's objects, and show first what changes in them. No CRD is ever deleted, and no version removed in which objects are stored"
}

/** What upgrade shows before it does anything, and whether it asks. */
export const reviewFlags: readonly Flag[] = [
  colorFlag,
  showSecretsFlag,
  { name: 'diff', type: 'bool', usage: 'show on stderr what would change in the cluster, and ask before anything does. Without a terminal to ask on, and without --yes, any difference ends the call with exit code 2, as the answer "no" does. No difference: the upgrade goes on' },
  upgradeCrdsFlag,
  { name: 'yes', short: 'y', type: 'bool', usage: 'with --diff, do not ask' }
]

/**
 * What `--diff` and `--upgrade-crds` show, and what `--diff` asks; undefined when neither is given.
 *
 * @param context the command's
 * @param flags the call's
 * @param dryRun a dry run asks nothing
 * @throws {CliError} invalid-argument, for flags that exclude each other
 */
export function reviewOf (context: CliContext, flags: Flags, dryRun: DryRun): Review | undefined {
  const [diff, crds] = [flags.bool('diff'), flags.bool('upgrade-crds')]
  if (!diff && !crds) return undefined
  if (dryRun === 'client') throw new CliError('invalid-argument', `--${diff ? 'diff' : 'upgrade-crds'} asks the cluster: use --dry-run=server with it`)
  refuseTogether(flags, 'upgrade-crds', 'skip-crds')
  refuseTogether(flags, 'diff', 'hide-secret')
  const color = isColored(context, flags, context.stderr)
  return async preview => {
    const changes = [...preview.crds, ...diff ? await preview.changes('live') : []]
    if (changes.length > 0) await show(context, flags, { changes, color })
    if (!diff) return
    if (changes.length === 0) context.stderr.write('No differences.\n')
    else if (dryRun === 'none' && !flags.bool('yes')) await requireYes(context)
  }
}

/**
 * The options of an upgrade or installation that come of it.
 *
 * @param review what is shown, and asked
 * @param flags the call's (`--upgrade-crds`)
 */
export function reviewOptions (review: Review | undefined, flags: Flags): Pick<UpgradeOptions, 'review' | 'upgradeCrds'> {
  return { upgradeCrds: flags.bool('upgrade-crds'), ...review === undefined ? {} : { review } }
}

async function show (context: CliContext, flags: Flags, { changes, color }: { readonly changes: readonly ObjectChange[], readonly color: boolean }): Promise<void> {
  const { diffText, summaryText } = await import('./output/diff-text.js')
  context.stderr.write(`${diffText(await shownChanges(context, flags, changes), { context: 3, color })}\n${summaryText(changes)}\n`)
}

/** Asks on the terminal; everything but a yes ends the command. */
async function requireYes ({ stdin, stderr, signal }: CliContext): Promise<void> {
  if (!('isTTY' in stdin) || stdin.isTTY !== true) {
    stderr.write('Nothing was done: there is no terminal to ask on. --yes goes on without asking.\n')
    throw new CliError('difference', 'there is no terminal to ask on')
  }
  stderr.write('Continue? [y/N] ')
  if (/^\s*y(es)?\s*$/i.test(await answer(stdin, signal))) return
  stderr.write('Nothing was done.\n')
  throw new CliError('difference', 'the answer was no')
}

/** The line that is typed; an empty one when the user gives up. */
async function answer (stdin: Readable, signal: AbortSignal): Promise<string> {
  let line = ''
  try {
    for await (const [chunk] of on(stdin, 'data', { signal, close: ['end', 'close', 'error'] })) {
      line += String(chunk)
      if (line.includes('\n')) return line
    }
    return ''
  } catch (error) {
    if (signal.aborted) return ''
    throw error
  } finally {
    stdin.pause()
  }
}
