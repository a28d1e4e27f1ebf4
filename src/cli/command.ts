import type { Readable } from 'node:stream'
import type { Flags } from './flags.js'
import type { Output } from './output/direct-output.js'
import type { LiveArea } from './output/live-area.js'

/** The type of a flag, named as Go's pflag names it in help texts. */
export type FlagType = 'bool' | 'string' | 'int' | 'uint' | 'float32' | 'duration' | 'strings' | 'stringArray' | 'stringToString'

/** A command-line flag, declared once: parsing, defaults and help come from it. */
export interface Flag {
  readonly name: string
  readonly short?: string
  readonly type: FlagType
  /** The default as text, as a user would write it; the type's zero value when left out. */
  readonly default?: string
  /** The value of the bare flag (`--wait` for `--wait=watcher`); such a flag takes a value only after `=`. */
  readonly bareValue?: string
  /** The type that help shows, where it is not `type` (such as `format`). */
  readonly typeName?: string
  readonly usage: string
  readonly hidden?: boolean
  /** Why it should not be used any more; said on stderr when it is. */
  readonly deprecated?: string
}

/** What a command may touch of the world around it: all of it is passed in, so that tests can. */
export interface CliContext {
  readonly stdout: Output
  readonly stderr: Output
  /** Where to show what passes, when stderr is a terminal. */
  readonly live?: LiveArea
  readonly stdin: Readable
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly clock: () => Date
  /** Random bytes, as many as asked for. */
  readonly random: (size: number) => Uint8Array
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal
}

/** How many positional arguments a command takes. */
export interface ArgumentCount {
  readonly min: number
  /** No limit when left out. */
  readonly max?: number
}

/** A command that does something. */
export interface Command {
  readonly name: string
  readonly aliases?: readonly string[]
  /** The arguments as help shows them, such as `[NAME] [URL]`. */
  readonly usage: string
  /** One line for the list of commands. */
  readonly summary: string
  readonly description?: string
  readonly hidden?: boolean
  /** It does not take the global flags (the server has its own settings). */
  readonly standalone?: boolean
  readonly arguments: ArgumentCount
  readonly flags: readonly Flag[]
  /** A prefix that its errors carry, such as `INSTALLATION FAILED: `. */
  readonly errorPrefix?: string
  /**
   * Does the work: reads its flags, calls one action, prints the result.
   *
   * @throws any error; the edge prints it as `Error: …` and exits with 1
   */
  readonly run: (context: CliContext, args: readonly string[], flags: Flags) => Promise<void>
}

/** A command that only holds others, such as `repo`. */
export interface CommandGroup {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly summary: string
  readonly description?: string
  readonly commands: readonly (Command | CommandGroup | LazyCommand)[]
}

/**
 * A command that is loaded when it is called, so that a call pays for its own command's modules only. What a group's help shows of it
 * stands here; the loaded command says the same of itself.
 */
export interface LazyCommand {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly summary: string
  readonly hidden?: boolean
  readonly load: () => Promise<Command | CommandGroup>
}

/** Tells a group from a command that runs, or that is still to be loaded. */
export function isGroup (command: Command | CommandGroup | LazyCommand): command is CommandGroup {
  return 'commands' in command
}

/** The command itself, loaded now if it was not yet. */
export async function loaded (command: Command | CommandGroup | LazyCommand): Promise<Command | CommandGroup> {
  return 'load' in command ? await command.load() : command
}
