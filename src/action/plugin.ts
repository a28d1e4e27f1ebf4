import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../errors.js'
import { compareBytes } from '../go/bytes.js'
import { SemverError, YamlError } from '../go/errors.js'
import { Version } from '../go/semver.js'
import { quote } from '../go/strconv.js'
import type { Dict, Value } from '../go/value.js'
import { unmarshalYaml } from '../go/yaml.js'
import { ActionError } from './errors.js'
import type { Log } from './log.js'

/** A command of a plugin, for some or all systems. */
export interface PlatformCommand {
  readonly os: string
  readonly arch: string
  /** The program, and arguments after spaces. */
  readonly command: string
  readonly args: readonly string[]
}

/** A plugin that runs as a process of its own: what plugin.yaml says of it (Helm 4's form, apiVersion v1). */
export interface Plugin {
  readonly name: string
  /** Such as `postrenderer/v1`. */
  readonly type: string
  readonly folder: string
  readonly commands: readonly PlatformCommand[]
}

/**
 * Finds a plugin. One that cannot be read is passed over, and logged; plugins of Helm 3's form are no post-renderers.
 *
 * @param folders that hold a folder for each plugin
 * @param wanted the plugin's name and type
 * @param log told of plugins that cannot be read
 * @throws {ActionError} not-found: `plugin: {Name:x Type:y} not found`
 */
export async function findPlugin (folders: readonly string[], { name, type }: Pick<Plugin, 'name' | 'type'>, log: Log): Promise<Plugin> {
  for (const folder of folders) {
    for (const plugin of await pluginsIn(folder, log)) if (plugin.name === name && plugin.type === type) return plugin
  }
  throw new ActionError('not-found', `plugin: {Name:${name} Type:${type}} not found`)
}

async function pluginsIn (folder: string, log: Log): Promise<Plugin[]> {
  const names = await readdir(folder).catch(() => [])
  const plugins: Plugin[] = []
  for (const name of names.sort(compareBytes)) {
    const path = join(folder, name, 'plugin.yaml')
    if (!await stat(path).then(stats => stats.isFile(), () => false)) continue
    try {
      const plugin = parsePlugin(await readFile(path, 'utf8'), join(folder, name))
      if (plugin !== undefined) plugins.push(plugin)
    } catch (error) {
      log('WARN', 'failed to load plugin (ignoring)', { plugin_yaml: path, error: `failed to load plugin ${quote(join(folder, name))}: ${messageOf(error)}` })
    }
  }
  return plugins
}

const fields = ['apiVersion', 'name', 'type', 'runtime', 'version', 'sourceURL', 'config', 'runtimeConfig']

/**
 * Reads a plugin.yaml.
 *
 * @param text YAML
 * @param folder where it lies
 * @returns undefined for a plugin of Helm 3's form
 * @throws {ActionError} invalid-option, in Helm's words
 */
export function parsePlugin (text: string, folder: string): Plugin | undefined {
  const root = parse(text)
  const apiVersion = textAt(root, 'apiVersion')
  if (apiVersion === '') return undefined
  if (apiVersion !== 'v1') throw invalid(`invalid plugin apiVersion: ${quote(apiVersion)}`)
  const unknown = [...root.keys()].find(key => !fields.includes(key))
  if (unknown !== undefined) throw invalid(`field ${unknown} not found in type plugin.MetadataV1`)
  const name = textAt(root, 'name')
  const type = textAt(root, 'type')
  if (!/^[A-Za-z0-9_-]+$/.test(name)) throw invalid('invalid plugin `name`')
  checkVersion(textAt(root, 'version'))
  if (type === '') throw invalid('`type` missing')
  checkRuntime(textAt(root, 'runtime'), name)
  return { name, type, folder, commands: commandsOf(root.get('runtimeConfig') ?? null) }
}

function parse (text: string): Dict {
  try {
    const root = unmarshalYaml(text)
    if (root instanceof Map) return root
    throw invalid('plugin.yaml holds no map')
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    throw invalid(`failed to peek plugin.yaml API version: ${error.message.replace('error converting YAML to JSON: ', '')}`, error)
  }
}

function checkVersion (version: string): void {
  if (version === '') throw invalid('plugin `version` is required')
  try {
    Version.strict(version)
  } catch (error) {
    if (!(error instanceof SemverError)) throw error
    throw invalid(`invalid plugin \`version\` ${quote(version)}: must be valid semver`, error)
  }
}

function checkRuntime (runtime: string, name: string): void {
  if (runtime === '') throw invalid('`runtime` missing')
  if (runtime === 'extism/v1') throw invalid(`the plugin ${name} runs in WebAssembly (extism/v1), which is not supported yet`)
  if (runtime !== 'subprocess') throw invalid(`failed to convert MetadataV1 to Metadata: unsupported plugin runtime type: ${quote(runtime)}`)
}

function commandsOf (config: Value): PlatformCommand[] {
  const list = config instanceof Map ? config.get('platformCommand') : undefined
  return (Array.isArray(list) ? list : []).filter(item => item instanceof Map).map(item => ({
    os: textAt(item, 'os'),
    arch: textAt(item, 'arch'),
    command: textAt(item, 'command'),
    args: textsAt(item, 'args')
  }))
}

function textAt (dict: Dict, key: string): string {
  const value = dict.get(key) ?? ''
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw invalid(`${key} is no text`)
}

function textsAt (dict: Dict, key: string): string[] {
  const list = dict.get(key) ?? []
  if (!Array.isArray(list)) throw invalid(`${key} is no list`)
  return list.map((item, i) => textAt(new Map([[`${key}[${i}]`, item]]), `${key}[${i}]`))
}

function invalid (message: string, cause?: unknown): ActionError {
  return new ActionError('invalid-option', message, { cause })
}
