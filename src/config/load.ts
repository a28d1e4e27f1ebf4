import { messageOf } from '../errors.js'
import { parseDuration } from '../go/time.js'
import { Int } from '../go/value.js'
import type { Value } from '../go/value.js'
import { unmarshalYaml } from '../go/yaml.js'
import type { Definition, ServerSettings, SettingName, SettingType } from './definitions.js'
import { definitions } from './definitions.js'
import { ConfigError } from './errors.js'

/** Where settings come from. */
export interface SettingSources {
  /** The flags that were given, by flag name. */
  readonly flags: ReadonlyMap<string, string>
  readonly env: Readonly<Record<string, string | undefined>>
  /** Reads a text file; rejects when it cannot. */
  readonly readFile: (path: string) => Promise<string>
}

/** A setting's text and where it came from, for messages. */
interface Sourced {
  readonly text: string
  readonly source: string
}

/**
 * Reads all settings: a flag wins over a variable, a variable over the file, the file over the default. An empty variable counts as not set.
 *
 * @throws {ConfigError} naming the flag, variable or key at fault
 */
export async function loadSettings (sources: SettingSources): Promise<ServerSettings> {
  const path = given(definitions.config, sources)?.text ?? ''
  checkExtension(path)
  const file = path === '' ? new Map<string, Sourced>() : await readConfigFile(path, sources.readFile)
  const entries = Object.entries<Definition>(definitions).map(([name, definition]) => {
    const found = given(definition, sources) ?? file.get(definition.file ?? '') ?? { text: definition.default, source: 'default' }
    return [name, read(definition, found)]
  })
  // Object.fromEntries forgets which name has which type; the loop above gives each name the type its definition declares.
  return Object.fromEntries(entries) as ServerSettings
}

/**
 * The settings that were given something other than their default, but do nothing here.
 *
 * @returns the flag of each, and why
 */
export function unusedSettings (settings: ServerSettings): Array<{ readonly flag: string, readonly why: string }> {
  return Object.entries<Definition>(definitions).flatMap(([name, definition]) => {
    if (definition.unused === undefined || settings[name as SettingName] === read(definition, { text: definition.default, source: 'default' })) return []
    return [{ flag: `--${definition.flag}`, why: definition.unused }]
  })
}

/** What a flag or variable says of a setting. */
function given (definition: Definition, { flags, env }: SettingSources): Sourced | undefined {
  const flag = flags.get(definition.flag)
  if (flag !== undefined) return { text: flag, source: `flag --${definition.flag}` }
  const variable = env[definition.env]
  return variable === undefined || variable === '' ? undefined : { text: variable, source: `environment variable ${definition.env}` }
}

function checkExtension (path: string): void {
  const extension = /\.[^./\\]*$/.exec(path)?.[0] ?? ''
  if (!['', '.yaml', '.yml'].includes(extension)) throw new ConfigError('unreadable-file', `config file must have .yaml/.yml extension (or no extension): ${path}`)
}

/** The keys of a configuration file, nested ones joined by dots (a file may also write them so), in lower case. */
async function readConfigFile (path: string, readFile: SettingSources['readFile']): Promise<Map<string, Sourced>> {
  const found = new Map<string, Sourced>()
  const known = new Set(Object.values<Definition>(definitions).map(definition => definition.file))
  for (const [key, value] of flatten(await parseConfigFile(path, readFile), '')) {
    if (!known.has(key)) throw new ConfigError('unknown-key', `${path}: unknown key ${key}`)
    found.set(key, { text: value, source: `${path}: key ${key}` })
  }
  return found
}

async function parseConfigFile (path: string, readFile: SettingSources['readFile']): Promise<Map<string, Value>> {
  try {
    const document = unmarshalYaml(await readFile(path))
    if (document === null) return new Map()
    if (document instanceof Map) return document
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new ConfigError('unreadable-file', `config file not found: ${path}`, { cause: error })
    throw new ConfigError('unreadable-file', `cannot read the configuration file ${path}: ${messageOf(error)}`, { cause: error })
  }
  throw new ConfigError('unreadable-file', `cannot read the configuration file ${path}: it holds no keys`)
}

/** Keys whose maps are the setting itself: what stands on the left is a name, whose case counts. */
const pairKeys = new Set(Object.values<Definition>(definitions).flatMap(({ type, file }) => type === 'pairs' && file !== undefined ? [file] : []))

function * flatten (node: Map<string, Value>, prefix: string): Generator<[string, string]> {
  for (const [name, value] of node) {
    const key = prefix + name.toLowerCase()
    if (value instanceof Map && pairKeys.has(key)) yield [key, [...value].map(([left, right]) => `${left}=${scalarText(right)}`).join('\n')]
    else if (value instanceof Map) yield * flatten(value, `${key}.`)
    else if (value !== null) yield [key, scalarText(value)]
  }
}

function scalarText (value: Value): string {
  if (value instanceof Int) return value.value.toString()
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value)
}

type Setting = string | number | boolean | ReadonlyMap<string, string>

const readers: Readonly<Record<SettingType, (text: string) => Setting | undefined>> = {
  string: text => text,
  bool: text => ['1', 't', 'true'].includes(text.toLowerCase()) ? true : ['0', 'f', 'false'].includes(text.toLowerCase()) ? false : undefined,
  int: text => /^-?\d{1,15}$/.test(text) ? Number(text) : undefined,
  count: text => /^\d{1,15}$/.test(text) ? Number(text) : undefined,
  port: text => /^\d{1,5}$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined,
  bytes: text => /^\d{1,15}$/.test(text) && Number(text) > 0 ? Number(text) : undefined,
  seconds: text => /^\d{1,9}$/.test(text) ? Number(text) * 1000 : undefined,
  duration: text => {
    const nanoseconds = parseDuration(text)
    return nanoseconds < 0n ? undefined : Number(nanoseconds / 1_000_000n)
  },
  pairs: text => new Map(splitPairs(text).map(pair => {
    const equals = pair.indexOf('=')
    return [pair.slice(0, Math.max(equals, 0)), pair.slice(equals + 1)]
  }))
}

/** A pair a line; a variable has only one line, in which commas may part them. */
function splitPairs (text: string): string[] {
  const lines = text.split('\n').filter(line => line !== '')
  const parts = lines.length === 1 ? text.split(',') : lines
  return parts.length > 1 && parts.every(part => part.includes('=')) ? parts : lines
}

const wanted: Readonly<Record<SettingType, string>> = {
  string: 'a text',
  bool: 'true or false',
  int: 'a whole number',
  count: 'a whole number, 0 or more',
  port: 'a port number (0 to 65535)',
  bytes: 'a number of bytes (1 or more)',
  seconds: 'a whole number of seconds',
  duration: 'a duration such as 30s or 5m',
  pairs: 'a list of names and texts'
}

function read (definition: Definition, { text, source }: Sourced): Setting {
  const value = attempt(definition.type, text)
  if (value === undefined) throw new ConfigError('invalid-value', `${source}: ${JSON.stringify(text)} is not ${wanted[definition.type]}`)
  if (definition.choices === undefined) return value
  const choice = text.toLowerCase()
  if (!definition.choices.includes(choice)) throw new ConfigError('invalid-value', `${source}: ${JSON.stringify(text)} is none of ${definition.choices.join(', ')}`)
  return choice
}

function attempt (type: SettingType, text: string): Setting | undefined {
  try {
    return readers[type](text)
  } catch {
    // Only the duration reader throws, and its complaint says less than ours.
    return undefined
  }
}
