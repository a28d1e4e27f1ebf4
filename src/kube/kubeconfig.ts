import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf } from '../errors.js'
import type { Dict, Value } from '../go/value.js'
import { unmarshalYaml } from '../go/yaml.js'
import { KubeError } from './errors.js'
import { listAt, textAt } from './objects.js'

/** A named part of a kubeconfig, and the folder that paths in it are relative to. */
export interface KubeconfigEntry {
  readonly fields: Dict
  readonly directory: string
}

/** Several kubeconfig files as one. */
export interface Kubeconfig {
  /** Empty when no file names one. */
  readonly currentContext: string
  readonly clusters: ReadonlyMap<string, KubeconfigEntry>
  readonly contexts: ReadonlyMap<string, KubeconfigEntry>
  readonly users: ReadonlyMap<string, KubeconfigEntry>
}

const sections = [['clusters', 'cluster'], ['contexts', 'context'], ['users', 'user']] as const

/**
 * Reads kubeconfig files and merges them as client-go's loading rules do: of two entries with one name the first file's counts, as a whole;
 * the current context is the first one that is named. A file that does not exist is passed over, unless it is the only one.
 *
 * @param paths files, separated by `:` (KUBECONFIG's form), or undefined for `~/.kube/config`, which may be absent
 * @param home the user's home folder
 * @throws {KubeError} kubeconfig, naming the file that is missing, unreadable or malformed
 */
export async function loadKubeconfig (paths: string | undefined, home: string): Promise<Kubeconfig> {
  const files = (paths ?? '').split(':').filter(path => path !== '')
  const required = files.length === 1
  const merged = { currentContext: '', clusters: new Map<string, KubeconfigEntry>(), contexts: new Map<string, KubeconfigEntry>(), users: new Map<string, KubeconfigEntry>() }
  for (const file of files.length > 0 ? files : [join(home, '.kube', 'config')]) {
    const text = readText(file, required)
    if (text === undefined) continue
    const config = parseConfig(text, file)
    merged.currentContext ||= textAt(config, ['current-context'])
    for (const [section, key] of sections) addEntries(merged[section], { entries: listAt(config, section), key, file })
  }
  return merged
}

function readText (file: string, required: boolean): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (missing && !required) return undefined
    throw new KubeError('kubeconfig', missing ? `stat ${file}: no such file or directory` : messageOf(error), { cause: error })
  }
}

function parseConfig (text: string, file: string): Dict {
  const config = parseYaml(text, file)
  if (config === null) return new Map()
  if (!(config instanceof Map)) throw new KubeError('kubeconfig', `error loading config file "${file}": it is no mapping`)
  const kind = textAt(config, ['kind'], 'Config')
  if (kind !== 'Config') throw new KubeError('kubeconfig', `error loading config file "${file}": kind "${kind}" is no kubeconfig`)
  return config
}

function parseYaml (text: string, file: string): Value {
  try {
    return unmarshalYaml(text)
  } catch (error) {
    throw new KubeError('kubeconfig', `error loading config file "${file}": ${messageOf(error)}`, { cause: error })
  }
}

interface Section {
  readonly entries: readonly Value[]
  readonly key: string
  readonly file: string
}

function addEntries (into: Map<string, KubeconfigEntry>, { entries, key, file }: Section): void {
  const seen = new Set<string>()
  for (const entry of entries) {
    const name = textAt(entry, ['name'])
    if (seen.has(name)) throw new KubeError('kubeconfig', `error loading config file "${file}": duplicate name "${name}" in the list of ${key}s`)
    seen.add(name)
    const fields = entry instanceof Map ? entry.get(key) : undefined
    if (!into.has(name)) into.set(name, { fields: fields instanceof Map ? fields : new Map<string, Value>(), directory: dirname(file) })
  }
}
