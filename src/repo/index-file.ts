import { readList, readString, readStringMap, readStrings, readStruct, readTime, mismatch, type Fields, type Place } from '../chart/decode.js'
import { withoutEmpty, type Draft } from '../chart/draft.js'
import { ChartError } from '../chart/errors.js'
import { JsonStruct, listField, mapField } from '../chart/json-struct.js'
import { sanitizeMetadata, validateMetadata } from '../chart/metadata.js'
import { compareBytes } from '../go/bytes.js'
import { JsonError, SemverError, YamlError } from '../go/errors.js'
import { marshalJson, unmarshalJson } from '../go/json.js'
import { Constraints, Version } from '../go/semver.js'
import type { Value } from '../go/value.js'
import { marshalYaml, unmarshalYamlStrict } from '../go/yaml.js'
import { chartVersionFields, chartVersionToStruct, zeroTime, type ChartVersion } from './chart-version.js'
import { RepoError } from './errors.js'

export type { ChartVersion } from './chart-version.js'
export { resolveReferenceUrl } from './go-url.js'

type Warn = (message: string) => void

/** A repository's index.yaml (helm.sh/helm/v4 pkg/repo/v1 IndexFile). */
export class IndexFile {
  apiVersion = 'v1'
  /** The versions of each chart by its name; in the order of `sort` after parsing. */
  readonly entries = new Map<string, ChartVersion[]>()
  /** RFC 3339; absent for never. */
  generated?: string
  publicKeys: readonly string[] = []
  annotations: ReadonlyMap<string, string> = new Map()

  /**
   * Reads an index: JSON leniently, YAML strictly (no unknown keys, no key twice), as Helm does. Entries that break a rule of Chart.yaml are
   * left out with a warning; the versions of each chart are sorted.
   *
   * @param text JSON or YAML
   * @param source where it comes from, for warnings
   * @param warn told of every entry that is left out
   * @throws {RepoError} empty-index, invalid-index or no-api-version
   */
  static parse (text: string, source: string, warn: Warn = () => {}): IndexFile {
    if (text === '') throw new RepoError('empty-index', 'empty index.yaml file')
    const index = decodeIndex(text)
    for (const [name, versions] of index.entries) index.entries.set(name, versions.flatMap(version => admit(version, { name, source, warn })))
    index.sort()
    if (index.apiVersion === '') throw new RepoError('no-api-version', 'no API version specified')
    return index
  }

  /** Sorts the versions of each chart, newest first by semantic version; what is no version comes last. */
  sort (): void {
    for (const [name, versions] of this.entries) this.entries.set(name, newestFirst(versions))
  }

  /**
   * The version of a chart that fits: the one with exactly this version, else the first that the constraint admits.
   *
   * @param name the chart's name
   * @param constraint a version or a constraint; empty for the newest that is no pre-release
   * @param warn told when a version was asked for and another one is given
   * @throws {RepoError} chart-not-found, version-not-found or invalid-constraint
   */
  get (name: string, constraint: string, warn: Warn = () => {}): ChartVersion {
    const versions = this.entries.get(name)
    if (versions === undefined) throw new RepoError('chart-not-found', 'no chart name found')
    if (versions.length === 0) throw new RepoError('version-not-found', 'no chart version found')
    const admitted = parseConstraint(constraint === '' ? '*' : constraint)
    const exact = versions.find(({ version }) => version === constraint)
    if (exact !== undefined) return exact
    const first = versions.find(({ version }) => admits(admitted, version))
    if (first === undefined) throw new RepoError('version-not-found', `no chart version found for ${name}-${constraint}`)
    if (constraint !== '' && !isVersionRange(constraint)) {
      warn(`unable to find exact version requested; falling back to closest available version: chart ${name}, requested ${constraint}, selected ${first.version}`)
    }
    return first
  }

  /** Whether `get` finds something. */
  has (name: string, version: string): boolean {
    try {
      this.get(name, version)
      return true
    } catch (thrown) {
      if (thrown instanceof RepoError) return false
      throw thrown
    }
  }

  /** Adds the entries of another index that this one has not; its own stay. The result is not sorted. */
  merge (other: IndexFile): void {
    for (const version of [...other.entries.values()].flat()) {
      if (!this.has(version.name, version.version)) this.add(version)
    }
  }

  /** Adds a version to those of its chart. */
  add (version: ChartVersion): void {
    this.entries.set(version.name, [...this.entries.get(version.name) ?? [], version])
  }

  /** The index as `helm repo index` writes it. */
  toYaml (): string {
    return marshalYaml(this.#struct().toDict())
  }

  /** The index as `helm repo index --json` writes it: two spaces, fields in the order of Helm's structs, no line feed at the end. */
  toJson (): string {
    return marshalJson(this.#struct(), { indent: '  ' })
  }

  #struct (): JsonStruct {
    const names = [...this.entries.keys()].sort(compareBytes)
    return new JsonStruct('repo.IndexFile', [
      ['apiVersion', this.apiVersion],
      ['generated', this.generated ?? zeroTime],
      ['entries', new Map(names.map(name => [name, (this.entries.get(name) ?? []).map(chartVersionToStruct)]))],
      ['publicKeys', listField(this.publicKeys)],
      ['annotations', mapField(this.annotations)]
    ])
  }
}

/** The versions sorted as `IndexFile.sort` does; of equal ones the order stays. */
export function newestFirst (versions: readonly ChartVersion[]): ChartVersion[] {
  const parsed = versions.map(entry => ({ entry, version: parseVersion(entry.version) }))
  parsed.sort((a, b) => {
    if (a.version === undefined || b.version === undefined) return Number(a.version === undefined) - Number(b.version === undefined)
    return b.version.compare(a.version)
  })
  return parsed.map(({ entry }) => entry)
}

/** Whether a text asks for a range of versions, not for one. */
export function isVersionRange (text: string): boolean {
  return /[\^~<>=!*]|\|\|| - /.test(text) || /[xX]/.test(text.replace(/[-+].*$/s, ''))
}

function decodeIndex (text: string): IndexFile {
  const json = parseJson(text)
  try {
    return json === undefined ? readIndex(unmarshalYamlStrict(text), true) : readIndex(json.value, false)
  } catch (thrown) {
    if (!(thrown instanceof ChartError || thrown instanceof YamlError)) throw thrown
    // Errors of reading YAML have their prefix already; those of a wrong kind of value have one that says where the value came from.
    const prefix = thrown instanceof ChartError && json === undefined ? 'error unmarshaling JSON: while decoding JSON: ' : ''
    throw new RepoError('invalid-index', prefix + thrown.message, { cause: thrown })
  }
}

function parseJson (text: string): { value: Value } | undefined {
  try {
    return { value: unmarshalJson(text) }
  } catch (thrown) {
    if (thrown instanceof JsonError) return undefined
    throw thrown
  }
}

function readIndex (value: Value, strict: boolean): IndexFile {
  const index = new IndexFile()
  index.apiVersion = ''
  const fields: Fields = new Map<string, (value: Value, place: Place) => void>([
    ['apiVersion', (value, place) => { index.apiVersion = readString(value, place) ?? '' }],
    ['generated', value => { index.generated = readTime(value) ?? zeroTime }],
    ['entries', (value, place) => { readEntries(value, place, index.entries) }],
    ['publicKeys', (value, place) => { index.publicKeys = readStrings(value, place) ?? [] }],
    ['annotations', (value, place) => { index.annotations = readStringMap(value, place) ?? new Map<string, string>() }],
    // Only for older servers' sake; not kept.
    ['serverInfo', () => {}]
  ])
  readStruct(value, 'repo.IndexFile', fields, { strict })
  return index
}

function readEntries (value: Value, place: Place, entries: Map<string, ChartVersion[]>): void {
  if (value === null) return
  if (!(value instanceof Map)) throw mismatch(value, place, 'map[string]repo.ChartVersions')
  for (const [name, versions] of value) entries.set(name, readList(versions, place, '*repo.ChartVersion', element => readEntry(element, place)) ?? [])
}

/** What stands for a null in a list of versions, which is left out with a warning. */
const nullEntry: ChartVersion = Object.freeze({ name: '', version: '', urls: [] })

function readEntry (value: Value, place: Place): ChartVersion {
  if (value === null) return nullEntry
  const draft: Draft<ChartVersion> = { name: '', version: '', urls: [] }
  readStruct(value, 'repo.ChartVersion', chartVersionFields(draft), { place })
  return withoutEmpty(draft, ['name', 'version', 'urls'])
}

/** The entry, or nothing when it breaks a rule. An alias used twice is let pass: some repositories lose aliases. */
function admit (entry: ChartVersion, { name, source, warn }: { name: string, source: string, warn: Warn }): ChartVersion[] {
  if (entry === nullEntry) {
    warn(`skipping loading invalid entry for chart: empty entry: chart ${name}, source ${source}`)
    return []
  }
  const clean = sanitizeMetadata({ ...entry, apiVersion: entry.apiVersion ?? 'v1' })
  try {
    validateMetadata(clean)
  } catch (thrown) {
    if (!(thrown instanceof ChartError)) throw thrown
    if (thrown.message.startsWith('validation: more than one dependency with name or alias')) return [clean]
    warn(`skipping loading invalid entry for chart: ${thrown.message}: chart ${name}, version ${entry.version}, source ${source}`)
    return []
  }
  return [clean]
}

function parseConstraint (text: string): Constraints {
  try {
    return Constraints.parse(text)
  } catch (thrown) {
    if (!(thrown instanceof SemverError)) throw thrown
    throw new RepoError('invalid-constraint', thrown.message, { cause: thrown })
  }
}

function admits (constraint: Constraints, text: string): boolean {
  const version = parseVersion(text)
  return version !== undefined && constraint.check(version)
}

function parseVersion (text: string): Version | undefined {
  try {
    return Version.parse(text)
  } catch (thrown) {
    if (thrown instanceof SemverError) return undefined
    throw thrown
  }
}
