import type { Against } from '../action/diff/preview.js'
import type { ObjectChange } from '../action/diff/object-change.js'
import { quote } from '../go/strconv.js'
import { colorFlag, isColored } from './color.js'
import type { CliContext, Flag } from './command.js'
import { CliError } from './errors.js'
import type { Flags } from './flags.js'
import { diffJson, diffText } from './output/diff-text.js'
import { shownChanges, showSecretsFlag } from './shown-changes.js'

/** The flags of all diff commands: what is shown, and how. */
export const diffFlags: readonly Flag[] = [
  colorFlag,
  { name: 'context', short: 'C', type: 'int', default: '3', usage: 'show so many unchanged lines around a change; -1 for all' },
  { name: 'detailed-exitcode', type: 'bool', default: 'true', usage: 'exit with 2 when there is a difference; without it, with 0' },
  { name: 'output', short: 'o', type: 'string', typeName: 'format', default: 'diff', usage: 'prints the differences in the specified format. Allowed values: diff, json' },
  showSecretsFlag,
  { name: 'suppress', type: 'strings', typeName: 'kinds', usage: 'leave out objects of these kinds, such as Secret,Job; they do not count as a difference either' }
]

/** `--no-hooks` of those that compare hooks. */
export const noHooksFlag: Flag = { name: 'no-hooks', type: 'bool', usage: 'leave out hooks' }

/** `--against` of those that look ahead. */
export const againstFlag: Flag = {
  name: 'against',
  type: 'string',
  default: 'live',
  usage: 'what to compare with: "live", the objects in the cluster, or "stored", those in the record of the release'
}

/** How comparing with the cluster works, for the help of those that do it. */
export const liveWords = [
  'Live objects are compared with what the API says that applying the manifest would make of them (a server-side dry run, which writes nothing),',
  'so that defaults are no differences; metadata that the API keeps itself and the status do not count. Objects that are sent without server-side',
  'apply are compared in the same way, by their patches. Where a dry run is forbidden or not possible, only the fields that the manifest names are',
  'compared, and a warning says so.'
].join('\n')

/** What all of them say of exit codes. */
export const exitWords = 'Exit codes: 0 without a difference, 2 with one, 1 when something failed.'

/**
 * Reads `--against`.
 *
 * @throws {CliError} invalid-argument
 */
export function againstOf (flags: Flags): Against {
  const text = flags.string('against')
  if (text === 'live' || text === 'stored') return text
  throw new CliError('invalid-argument', `invalid argument ${quote(text)} for "--against" flag: must be "live" or "stored"`)
}

/**
 * Finds the differences and prints them; the flags are read before anything is asked of the cluster.
 *
 * @param context the command's
 * @param flags the call's
 * @param find finds what differs
 * @throws {CliError} invalid-argument; difference, when there is one that counts
 */
export async function printDifferences (context: CliContext, flags: Flags, find: () => Promise<readonly ObjectChange[]>): Promise<void> {
  const format = formatOf(flags)
  const lines = Math.max(-1, flags.int('context'))
  const color = isColored(context, flags, context.stdout)
  const suppressed = new Set(flags.list('suppress'))
  const changes = (await find()).filter(({ kind }) => !suppressed.has(kind))
  const shown = await shownChanges(context, flags, changes)
  if (format === 'json') context.stdout.write(`${diffJson(shown, lines)}\n`)
  else if (shown.length === 0) context.stderr.write('No differences.\n')
  else context.stdout.write(diffText(shown, { context: lines, color }))
  if (changes.length > 0 && flags.bool('detailed-exitcode')) throw new CliError('difference', 'there are differences')
}

function formatOf (flags: Flags): 'diff' | 'json' {
  const text = flags.string('output')
  if (text === 'diff' || text === 'json') return text
  throw new CliError('invalid-argument', `invalid argument ${quote(text)} for "-o, --output" flag: invalid format type`)
}
