import { SemverError } from '../go/errors.js'
import { Version } from '../go/semver.js'
import { quote } from '../go/strconv.js'
import type { Dict, Value } from '../go/value.js'
import { readBoolean, readList, readString, readStringMap, readStrings, readStruct, type Fields, type Place } from './decode.js'
import { dependencyToStruct, readDependencies, sanitizeDependency, validateDependencies, type Dependency } from './dependency.js'
import { assign, withoutEmpty, type Draft } from './draft.js'
import { ChartError } from './errors.js'
import { maintainerToStruct, nullMaintainer, readMaintainer, sanitizeMaintainer, type Maintainer } from './maintainer.js'
import { JsonStruct, listField, mapField, textField } from './json-struct.js'
import { readYaml } from './read-yaml.js'
import { sanitizeString } from './sanitize.js'

export type { Dependency } from './dependency.js'
export type { Lock } from './lock.js'
export type { Maintainer } from './maintainer.js'
export { sanitizeString } from './sanitize.js'

/** Chart.yaml. An empty field and an absent one are the same, as in Helm: both are left out, except name and version. */
export interface Metadata {
  readonly name: string
  readonly home?: string
  readonly sources?: readonly string[]
  readonly version: string
  readonly description?: string
  readonly keywords?: readonly string[]
  readonly maintainers?: readonly Maintainer[]
  readonly icon?: string
  readonly apiVersion?: string
  readonly condition?: string
  readonly tags?: string
  readonly appVersion?: string
  readonly deprecated?: boolean
  readonly annotations?: ReadonlyMap<string, string>
  readonly kubeVersion?: string
  readonly dependencies?: readonly Dependency[]
  readonly type?: string
}

const texts = ['name', 'home', 'version', 'description', 'icon', 'apiVersion', 'condition', 'tags', 'appVersion', 'kubeVersion', 'type'] as const
const sanitized = ['home', 'description', 'icon', 'condition', 'tags', 'appVersion', 'kubeVersion'] as const

/**
 * Reads Chart.yaml as Helm does (sigs.k8s.io/yaml into chart.Metadata): unknown keys are ignored, numbers and booleans are taken for
 * text, key names match without regard to case. Nothing is checked beyond the kinds of the fields: see `validateMetadata`.
 *
 * @param yaml the text; its first document counts
 * @param base metadata that the text adds to or overrides (requirements.yaml on top of Chart.yaml)
 * @throws {ChartError} invalid-chart, worded `error converting YAML to JSON: …` or `error unmarshaling JSON: …`
 */
export function parseMetadata (yaml: string, base?: Metadata): Metadata {
  return readYaml(yaml, value => {
    const draft: Draft<Metadata> = { name: '', version: '', ...base }
    readStruct(value, 'v2.Metadata', metadataFields(draft))
    return withoutEmpty(draft, ['name', 'version'])
  })
}

/** The readers of Chart.yaml's fields into `draft`: an entry of an index has them beside its own. */
export function metadataFields (draft: Draft<Metadata>): Fields {
  const fields = new Map<string, (value: Value, place: Place) => void>()
  for (const name of texts) fields.set(name, (value, place) => { draft[name] = readString(value, place) ?? draft[name] ?? '' })
  fields.set('sources', (value, place) => { assign(draft, 'sources', readStrings(value, place)) })
  fields.set('keywords', (value, place) => { assign(draft, 'keywords', readStrings(value, place)) })
  fields.set('maintainers', (value, place) => {
    assign(draft, 'maintainers', readList(value, place, '*v2.Maintainer', element => readMaintainer(element, place)))
  })
  fields.set('deprecated', (value, place) => { draft.deprecated = readBoolean(value, place) ?? draft.deprecated ?? false })
  fields.set('annotations', (value, place) => { assign(draft, 'annotations', readStringMap(value, place, draft.annotations)) })
  fields.set('dependencies', (value, place) => { assign(draft, 'dependencies', readDependencies(value, place, draft.dependencies)) })
  return fields
}

/**
 * The metadata with its texts sanitised (except apiVersion, version, type and annotations), which Helm's validation does as it goes.
 */
export function sanitizeMetadata<T extends Metadata> (metadata: T): T {
  const clean: Draft<Metadata> = { name: sanitizeString(metadata.name), version: metadata.version }
  for (const name of sanitized) if (metadata[name] !== undefined) clean[name] = sanitizeString(metadata[name])
  if (metadata.sources !== undefined) clean.sources = metadata.sources.map(sanitizeString)
  if (metadata.keywords !== undefined) clean.keywords = metadata.keywords.map(sanitizeString)
  if (metadata.maintainers !== undefined) clean.maintainers = metadata.maintainers.map(sanitizeMaintainer)
  if (metadata.dependencies !== undefined) clean.dependencies = metadata.dependencies.map(sanitizeDependency)
  return withoutEmpty({ ...metadata, ...clean }, ['name', 'version', 'urls'])
}

/**
 * Checks metadata by Helm's rules, in Helm's order (chart.Metadata.Validate).
 *
 * @param metadata sanitised metadata
 * @throws {ChartError} invalid-chart: the first rule that is broken, prefixed `validation: `
 */
export function validateMetadata (metadata: Metadata): void {
  if (metadata.apiVersion === undefined) throw invalid('chart.metadata.apiVersion is required')
  validateName(metadata.name)
  validateVersion(metadata.version)
  if (metadata.type !== undefined && metadata.type !== 'application' && metadata.type !== 'library') {
    throw invalid('chart.metadata.type must be application or library')
  }
  if (metadata.maintainers?.includes(nullMaintainer) === true) throw invalid('maintainers must not contain empty or null nodes')
  validateDependencies(metadata.dependencies ?? [])
}

function validateName (name: string): void {
  if (name === '') throw invalid('chart.metadata.name is required')
  if (name === '.' || name === '..') throw invalid(`chart.metadata.name ${quote(name)} is not allowed`)
  if (name.includes('/')) throw invalid(`chart.metadata.name ${quote(name)} is invalid`)
}

function validateVersion (version: string): void {
  if (version === '') throw invalid('chart.metadata.version is required')
  try {
    Version.parse(version)
  } catch (thrown) {
    if (!(thrown instanceof SemverError)) throw thrown
    throw invalid(`chart.metadata.version ${quote(version)} is invalid`, thrown)
  }
}

function invalid (message: string, cause?: unknown): ChartError {
  return new ChartError('invalid-chart', `validation: ${message}`, { cause })
}

/** The metadata with Chart.yaml's own key names, for output as YAML or sorted JSON; empty fields are left out. */
export function metadataToDict (metadata: Metadata): Dict {
  return metadataToStruct(metadata).toDict()
}

/** The metadata for output in the order of Helm's struct (which its JSON has); empty fields are left out. */
export function metadataToStruct (metadata: Metadata): JsonStruct {
  return new JsonStruct('v2.Metadata', metadataJsonFields(metadata))
}

/** The fields of that struct: an entry of an index has them before its own. */
export function metadataJsonFields (metadata: Metadata): Array<readonly [name: string, value: Value | undefined]> {
  return [
    ['name', textField(metadata.name)],
    ['home', textField(metadata.home)],
    ['sources', listField(metadata.sources)],
    ['version', textField(metadata.version)],
    ['description', textField(metadata.description)],
    ['keywords', listField(metadata.keywords)],
    ['maintainers', listField(metadata.maintainers?.map(maintainerToStruct))],
    ['icon', textField(metadata.icon)],
    ['apiVersion', textField(metadata.apiVersion)],
    ['condition', textField(metadata.condition)],
    ['tags', textField(metadata.tags)],
    ['appVersion', textField(metadata.appVersion)],
    ['deprecated', metadata.deprecated === true ? true : undefined],
    ['annotations', mapField(metadata.annotations)],
    ['kubeVersion', textField(metadata.kubeVersion)],
    ['dependencies', listField(metadata.dependencies?.map(dependencyToStruct))],
    ['type', textField(metadata.type)]
  ]
}
