import type { Command, CommandGroup, Flag } from './command.js'
import { isGroup } from './command.js'

/**
 * The help text of a command or group, laid out as cobra lays it out.
 *
 * @param command what help is asked for
 * @param path the words that lead to it, such as `portolan repo add`
 * @param globals the flags every command has
 */
export function helpText (command: Command | CommandGroup, path: string, globals: readonly Flag[]): string {
  const parts = [command.description ?? command.summary, '', 'Usage:', ...usageLines(command, path)]
  const aliases = command.aliases ?? []
  if (aliases.length > 0) parts.push('', 'Aliases:', `  ${[command.name, ...aliases].join(', ')}`)
  if (isGroup(command)) parts.push('', 'Available Commands:', ...commandLines(command))
  parts.push('', 'Flags:', ...flagLines([...(isGroup(command) ? [] : command.flags), helpFlag(command.name)]))
  if (globals.length > 0) parts.push('', 'Global Flags:', ...flagLines(globals))
  if (isGroup(command)) parts.push('', `Use "${path} [command] --help" for more information about a command.`)
  return parts.join('\n') + '\n'
}

/** The one usage line of a command, as error messages show it. */
export function usageLine (command: Command | CommandGroup, path: string): string {
  return isGroup(command) ? `${path} [command]` : [path, command.usage, '[flags]'].filter(word => word !== '').join(' ')
}

function usageLines (command: Command | CommandGroup, path: string): string[] {
  return [`  ${usageLine(command, path)}`]
}

function commandLines (group: CommandGroup): string[] {
  const shown = group.commands.filter(command => isGroup(command) || command.hidden !== true)
  const width = Math.max(11, ...shown.map(command => command.name.length))
  return [...shown]
    .sort((a, b) => a.name < b.name ? -1 : 1)
    .map(command => `  ${command.name.padEnd(width)} ${command.summary}`)
}

function helpFlag (name: string): Flag {
  return { name: 'help', short: 'h', type: 'bool', usage: `help for ${name}` }
}

/** Flags as pflag's FlagUsages prints them: sorted by name, the usages in one column. */
function flagLines (flags: readonly Flag[]): string[] {
  const shown = flags.filter(flag => flag.hidden !== true && flag.deprecated === undefined).sort((a, b) => a.name < b.name ? -1 : 1)
  const heads = shown.map(flag => `  ${flag.short === undefined ? '   ' : `-${flag.short},`} --${flag.name}${typeSuffix(flag)}`)
  const width = Math.max(...heads.map(head => head.length))
  return shown.map((flag, i) => `${(heads[i] ?? '').padEnd(width)}   ${flag.usage}${defaultSuffix(flag)}`)
}

function typeSuffix (flag: Flag): string {
  const shown = flag.typeName ?? (flag.type === 'bool' ? '' : flag.type)
  const bare = flag.bareValue === undefined || flag.type === 'bool' ? '' : flag.type === 'string' ? `[="${flag.bareValue}"]` : `[=${flag.bareValue}]`
  return (shown === '' ? '' : ` ${shown}`) + bare
}

function defaultSuffix (flag: Flag): string {
  const text = flag.default
  if (text === undefined || ['', 'false', '0', '0s'].includes(text)) return ''
  return flag.type === 'string' && flag.typeName === undefined ? ` (default ${JSON.stringify(text)})` : ` (default ${text})`
}
