import type { CliContext, Command, CommandGroup, Flag } from './command.js'
import { isGroup, loaded } from './command.js'
import { CliError } from './errors.js'
import { parseFlags } from './flags.js'
import { helpText, usageLine } from './help.js'
import { messageOf } from '../errors.js'

/** What the program is made of: its tree of commands, and the flags that all of them take. */
export interface Program {
  readonly root: CommandGroup
  readonly globalFlags: (context: CliContext) => readonly Flag[]
}

/**
 * Finds the command that the words name, checks its flags and arguments, and runs it.
 *
 * @param program the tree of commands
 * @param argv the words after the program's name
 * @param context the world it may touch
 * @returns the exit code: 0, or 1 after `Error: …` was printed to stderr (Helm's process rules); 2 for a difference (as diff has it)
 */
export async function run (program: Program, argv: readonly string[], context: CliContext): Promise<number> {
  try {
    await dispatch(program, argv, context)
    return 0
  } catch (error) {
    if (error instanceof CliError && error.code === 'difference') return 2
    if (!(error instanceof CliError && error.code === 'silent')) context.stderr.write(`Error: ${messageOf(error)}\n`)
    return 1
  }
}

async function dispatch (program: Program, argv: readonly string[], context: CliContext): Promise<void> {
  const globals = program.globalFlags(context)
  const { command, path, rest } = await find(program.root, argv, globals)
  if (isGroup(command)) {
    await groupHelp(command, path, rest, { context, globals })
    return
  }
  const shared = command.standalone === true ? [] : globals
  const parsed = parseFlags(rest, [...command.flags, ...shared])
  if (parsed.help) {
    context.stdout.write(helpText(command, path, shared))
    return
  }
  for (const flag of parsed.deprecated) context.stderr.write(`Flag --${flag.name} has been deprecated, ${flag.deprecated ?? ''}\n`)
  checkArguments(command, path, parsed.args.length)
  await runNamed(command, () => command.run(context, parsed.args, parsed.flags))
}

/** Puts the command's own prefix before what went wrong in it. */
async function runNamed (command: Command, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (command.errorPrefix === undefined || error instanceof CliError) throw error
    throw new Error(command.errorPrefix + messageOf(error), { cause: error })
  }
}

interface Found {
  readonly command: Command | CommandGroup
  readonly path: string
  readonly rest: readonly string[]
}

/** Walks down the tree; flags may stand before the command's name, as cobra allows. */
async function find (root: CommandGroup, argv: readonly string[], globals: readonly Flag[]): Promise<Found> {
  let command: Command | CommandGroup = root
  let path = root.name
  let rest = [...argv]
  while (isGroup(command)) {
    const at = firstWord(rest, globals)
    const word = at < 0 ? undefined : rest[at]
    const next: CommandGroup['commands'][number] | undefined = command.commands.find(each => each.name === word || (each.aliases ?? []).includes(word ?? ''))
    if (next === undefined) return { command, path, rest }
    command = await loaded(next)
    path = `${path} ${next.name}`
    rest = rest.filter((_, i) => i !== at)
  }
  return { command, path, rest }
}

/** Where the first word stands that is neither a flag nor a flag's value; -1 when there is none. */
function firstWord (words: readonly string[], globals: readonly Flag[]): number {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    if (word === '--') return -1
    if (!word.startsWith('-')) return i
    const flag = globals.find(each => word === `--${each.name}` || word === `-${each.short ?? ''}`)
    if (flag !== undefined && flag.type !== 'bool' && flag.bareValue === undefined) i++
  }
  return -1
}

interface GroupHelp {
  readonly context: CliContext
  readonly globals: readonly Flag[]
}

async function groupHelp (group: CommandGroup, path: string, rest: readonly string[], { context, globals }: GroupHelp): Promise<void> {
  const asked = rest[0] === 'help' ? await find(group, rest.slice(1), globals) : undefined
  if (asked !== undefined) {
    context.stdout.write(helpText(asked.command, asked.command === group ? path : asked.path, globals))
    return
  }
  const { args } = parseFlags(rest, [...globals])
  const word = args[0]
  if (word !== undefined && path === group.name) throw unknownCommand(group, path, word)
  context.stdout.write(helpText(group, path, globals))
}

function unknownCommand (group: CommandGroup, path: string, word: string): CliError {
  const near = group.commands.map(each => each.name).filter(name => distance(name, word) <= 2 || name.startsWith(word))
  const hint = near.length === 0 ? '' : `\n\nDid you mean this?\n${near.map(name => `\t${name}\n`).join('')}`
  return new CliError('unknown-command', `unknown command "${word}" for "${path}"${hint}\nRun '${path} --help' for usage.`)
}

/** Levenshtein's distance, without regard to case. */
function distance (a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a.charAt(i - 1).toLowerCase() === b.charAt(j - 1).toLowerCase() ? 0 : 1
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

function checkArguments (command: Command, path: string, count: number): void {
  const { min, max } = command.arguments
  if (count >= min && (max === undefined || count <= max)) return
  throw new CliError('arguments', `"${path}" ${arity(min, max, count)}\n\nUsage:  ${usageLine(command, path)}`)
}

/** The words Helm uses for a wrong number of arguments. */
function arity (min: number, max: number | undefined, count: number): string {
  const plural = (n: number): string => `${n} argument${n === 1 ? '' : 's'}`
  if (max === 0) return 'accepts no arguments'
  if (min === max) return `requires ${plural(min)}`
  return count < min ? `requires at least ${plural(min)}` : `accepts at most ${plural(max ?? 0)}`
}
