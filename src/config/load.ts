import { messageOf } from '../errors.js'
import { parseDuration } from '../go/time.js'
import { Int } from '../go/value.js'
import type { Value } from '../go/value.js'
import { unmarshalYaml } from '../go/yaml.js'
import type { Definition, ServerSettings, SettingType } from './definitions.js'
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
  const file = path === '' ? new Map<string, Sourced>() : await readConfigFile(path, sources.readFile)
  const entries = Object.entries<Definition>(definitions).map(([name, definition]) => {
    const found = given(definition, sources) ?? file.get(definition.file ?? '') ?? { text: definition.default, source: 'default' }
    return [name, read(definition, found)]
  })
  // Object.fromEntries forgets which name has which type; the loop above gives each name the type its definition declares.
  return Object.fromEntries(entries) as ServerSettings
}

/** What a flag or variable says of a setting. */
function given (definition: Definition, { flags, env }: SettingSources): Sourced | undefined {
  const flag = flags.get(definition.flag)
  if (flag !== undefined) return { text: flag, source: `flag --${definition.flag}` }
  const variable = env[definition.env]
  return variable === undefined || variable === '' ? undefined : { text: variable, source: `environment variable ${definition.env}` }
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
    throw new ConfigError('unreadable-file', `cannot read the configuration file ${path}: ${messageOf(error)}`, { cause: error })
  }
  throw new ConfigError('unreadable-file', `cannot read the configuration file ${path}: it holds no keys`)
}

function * flatten (node: Map<string, Value>, prefix: string): Generator<[string, string]> {
  for (const [name, value] of node) {
    const key = prefix + name.toLowerCase()
    if (value instanceof Map) yield * flatten(value, `${key}.`)
    else if (value !== null) yield [key, scalarText(value)]
  }
}

function scalarText (value: Value): string {
  if (value instanceof Int) return value.value.toString()
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value)
}

const readers: Readonly<Record<SettingType, (text: string) => string | number | boolean | undefined>> = {
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
  }
}

const wanted: Readonly<Record<SettingType, string>> = {
  string: 'a text',
  bool: 'true or false',
  int: 'a whole number',
  count: 'a whole number, 0 or more',
  port: 'a port number (0 to 65535)',
  bytes: 'a number of bytes (1 or more)',
  seconds: 'a whole number of seconds',
  duration: 'a duration such as 30s or 5m'
}

function read (definition: Definition, { text, source }: Sourced): string | number | boolean {
  const value = attempt(definition.type, text)
  if (value === undefined) throw new ConfigError('invalid-value', `${source}: ${JSON.stringify(text)} is not ${wanted[definition.type]}`)
  if (definition.choices === undefined) return value
  const choice = text.toLowerCase()
  if (!definition.choices.includes(choice)) throw new ConfigError('invalid-value', `${source}: ${JSON.stringify(text)} is none of ${definition.choices.join(', ')}`)
  return choice
}

function attempt (type: SettingType, text: string): string | number | boolean | undefined {
  try {
    return readers[type](text)
  } catch {
    // Only the duration reader throws, and its complaint says less than ours.
    return undefined
  }
}
