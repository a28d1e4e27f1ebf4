import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Definition, ServerSettings, SettingName } from '../config/definitions.js'
import { definitions } from '../config/definitions.js'
import { loadSettings } from '../config/load.js'
import type { CliContext, Flag } from './command.js'
import type { Flags } from './flags.js'

const flagTypes: Readonly<Record<Definition['type'], Flag['type']>> = {
  string: 'string', bool: 'bool', int: 'int', count: 'int', port: 'int', seconds: 'int', bytes: 'int', duration: 'duration', pairs: 'stringArray'
}

const settingNames = Object.keys(definitions) as SettingName[]

/**
 * The flags of settings.
 *
 * @param wanted which settings; all when left out
 */
export function settingFlags (wanted: readonly SettingName[] = settingNames): Flag[] {
  return wanted.map(name => flagOf(definitions[name]))
}

/**
 * Reads all settings of the server, whichever of them the command has flags for.
 *
 * @throws {ConfigError} naming the flag, variable or key at fault
 */
export async function readSettings (context: CliContext, flags: Flags): Promise<ServerSettings> {
  const readConfig = (path: string): Promise<string> => readFile(resolve(context.cwd, path), 'utf8')
  return await loadSettings({ flags: givenSettings(flags), env: context.env, readFile: readConfig })
}

function flagOf ({ flag, short, type, default: initial, help, env }: Definition): Flag {
  return { name: flag, ...(short !== undefined && { short }), type: flagTypes[type], default: initial, usage: `${help} [$${env}]` }
}

/** What the command line says of settings, by flag name. */
function givenSettings (flags: Flags): Map<string, string> {
  const settings = new Map(Object.values<Definition>(definitions).map(({ flag, type }) => [flag, type]))
  return new Map(flags.changedNames().filter(name => settings.has(name)).map(name => [name, settings.get(name) === 'pairs' ? flags.list(name).join('\n') : flags.string(name)]))
}
