import type { Metadata } from '../chart/metadata.js'
import { metadataToDict } from '../chart/metadata.js'
import { marshalJson, unmarshalJson } from '../go/json.js'
import type { Value } from '../go/value.js'
import { GoObject } from '../go/value.js'
import { marshalYaml } from '../go/yaml.js'
import { rfc3339Nano } from './time.js'

/** A version's entry of the index, serialised. */
export interface EntryText {
  /** The lines as they stand in index.yaml: a list's element two columns in, with a line feed at the end. */
  readonly yaml: string
  /** A JSON object, on one line. */
  readonly json: string
}

/** What an entry says beside what Chart.yaml does. */
export interface EntryFacts {
  readonly url: string
  readonly created: Date
  /** SHA-256 in hex. */
  readonly digest: string
}

/** Chart.yaml's fields in the order in which Helm declares them, which is the order of encoding/json. */
const metadataOrder = ['name', 'home', 'sources', 'version', 'description', 'keywords', 'maintainers', 'icon', 'apiVersion', 'condition', 'tags',
  'appVersion', 'deprecated', 'annotations', 'kubeVersion', 'dependencies', 'type']

/**
 * Serialises a version's entry: every field of Chart.yaml that is not empty, and `urls`, `created` and `digest`.
 *
 * @returns what sigs.k8s.io/yaml and encoding/json print for Helm's repo.ChartVersion
 */
export function serializeEntry (metadata: Metadata, { url, created, digest }: EntryFacts): EntryText {
  const dict = metadataToDict(metadata)
  const fields = metadataOrder.flatMap(name => dict.has(name) ? [[name, inOrder(dict.get(name) ?? null)] as const] : [])
  const entry = new Struct([...fields, ['urls', [url]], ['created', rfc3339Nano(created)], ['digest', digest]])
  return { yaml: entryYaml(entry), json: marshalJson(entry) }
}

/**
 * A JSON entry with another URL, by changing the few bytes that differ.
 *
 * @param json as `serializeEntry` gave it
 * @param from the URL that it has
 * @param to the URL that it is to have
 */
export function jsonWithUrl (json: string, from: string, to: string): string {
  return replaceLast(json, urlsJson(from), urlsJson(to))
}

/**
 * The same with an entry's lines of YAML.
 *
 * @param yaml as `serializeEntry` gave it
 * @param from the URL that it has
 * @param to the URL that it is to have
 */
export function yamlWithUrl (yaml: string, from: string, to: string): string {
  // Whatever else stands at a key's column, no line does that reads `urls:`: what belongs to a key is indented further.
  return replaceLast(yaml, `\n    ${urlsYaml(from)}`, `\n    ${urlsYaml(to)}`)
}

/** The lines of entries for a chart whose name changes how they are indented, made from their JSON. */
export function entriesUnder (name: string, entries: readonly string[]): string {
  return below('entries:\n', marshalYaml(new Map([['entries', new Map([[name, entries.map(unmarshalJson)]])]])))
}

/**
 * The line of a chart's name in the index.
 *
 * @returns undefined when it takes more than a line, for which `entriesUnder` has the answer
 */
export function nameLine (name: string): string | undefined {
  const line = below('entries:\n', marshalYaml(new Map([['entries', new Map([[name, null]])]])))
  return line.startsWith('  ? ') ? undefined : line.replace(/ null\n$/, '\n')
}

/** The lines of an entry, which are the same below every name that takes one line. */
function entryYaml (entry: Value): string {
  return below('entries:\n  x:\n', marshalYaml(new Map([['entries', new Map([['x', [entry]]])]])))
}

function urlsYaml (url: string): string {
  return below('  - ', entryYaml(new Map([['urls', [url]]])))
}

function urlsJson (url: string): string {
  return `,"urls":${marshalJson([url])},`
}

/** What follows a heading, which must be there. */
function below (heading: string, text: string): string {
  if (!text.startsWith(heading)) throw new Error(`a document begins with ${JSON.stringify(text.slice(0, 40))}, not with ${JSON.stringify(heading)}`)
  return text.slice(heading.length)
}

function replaceLast (text: string, from: string, to: string): string {
  const at = text.lastIndexOf(from)
  if (at < 0) throw new Error(`an entry has no ${JSON.stringify(from.trim())}`)
  return text.slice(0, at) + to + text.slice(at + from.length)
}

/** Lists of maintainers and dependencies hold structs, whose fields have an order; annotations are a map, whose keys are sorted. */
function inOrder (value: Value): Value {
  return Array.isArray(value) ? value.map(element => element instanceof Map ? new Struct([...element]) : element) : value
}

/** A Go struct, for encoding/json: its fields in the order given. */
class Struct extends GoObject {
  readonly goType = 'repo.ChartVersion'
  readonly goKind = 'struct'
  readonly #fields: ReadonlyArray<readonly [string, Value]>

  constructor (fields: ReadonlyArray<readonly [string, Value]>) {
    super()
    this.#fields = fields
  }

  override field (name: string): Value | undefined {
    return this.#fields.find(([field]) => field === name)?.[1]
  }

  override fields (): ReadonlyArray<readonly [string, Value]> {
    return this.#fields
  }
}
