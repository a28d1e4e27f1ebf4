import { marshalJson, quoteJson } from '../go/json.js'
import type { GoTime } from '../go/time.js'
import type { Value } from '../go/value.js'
import type { Chart, ChartFile } from '../chart/chart.js'
import { metadataToDict, type Dependency, type Lock, type Maintainer, type Metadata } from '../chart/metadata.js'
import { modificationText } from './modification-text.js'
import type { Hook, HookExecution, Info, Release } from './release.js'

/** Go's zero time, where Helm writes even that. */
const zeroTime = '"0001-01-01T00:00:00Z"'

/**
 * A release as Helm 4.3.1 writes its record: encoding/json of release.Release, field by field in the order of the Go structs, empty fields
 * left out where Helm's tags say so. Labels are not part of it.
 *
 * @param release any release
 */
export function recordJson (release: Release): string {
  return struct([
    ['name', nonEmpty(release.name)],
    ['info', infoJson(release.info)],
    ['chart', release.chart === undefined ? undefined : chartJson(release.chart)],
    ['config', release.config === undefined || release.config.size === 0 ? undefined : marshalJson(release.config)],
    ['manifest', nonEmpty(release.manifest)],
    ['hooks', release.hooks.length === 0 ? undefined : list(release.hooks, hookJson)],
    ['version', nonZero(release.version)],
    ['namespace', nonEmpty(release.namespace)],
    ['apply_method', nonEmpty(release.applyMethod)]
  ])
}

/** A Go struct: fields without JSON are left out. */
function struct (fields: ReadonlyArray<readonly [string, string | undefined]>): string {
  return `{${fields.filter(([, json]) => json !== undefined).map(([name, json]) => `"${name}":${json ?? ''}`).join(',')}}`
}

function list<T> (items: readonly T[], json: (item: T) => string): string {
  return `[${items.map(json).join(',')}]`
}

/** A Go slice that is nil when nothing was appended to it. */
function nilable<T> (items: readonly T[], json: (item: T) => string): string {
  return items.length === 0 ? 'null' : list(items, json)
}

function nonEmpty (text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : quoteJson(text)
}

function nonZero (number: number): string | undefined {
  return number === 0 ? undefined : String(number)
}

function nonEmptyTexts (texts: readonly string[] | undefined): string | undefined {
  return texts === undefined || texts.length === 0 ? undefined : list(texts, quoteJson)
}

function time (moment: GoTime | undefined): string | undefined {
  return moment === undefined ? undefined : quoteJson(moment.rfc3339Nano())
}

function infoJson (info: Info): string {
  return struct([
    ['first_deployed', time(info.firstDeployed)],
    ['last_deployed', time(info.lastDeployed)],
    ['deleted', time(info.deleted)],
    ['description', nonEmpty(info.description)],
    ['status', nonEmpty(info.status)],
    ['rollback_revision', nonZero(info.rollbackRevision)],
    ['notes', nonEmpty(info.notes)]
  ])
}

function hookJson (hook: Hook): string {
  return struct([
    ['name', nonEmpty(hook.name)],
    ['kind', nonEmpty(hook.kind)],
    ['path', nonEmpty(hook.path)],
    ['manifest', nonEmpty(hook.manifest)],
    ['events', nonEmptyTexts(hook.events)],
    ['last_run', executionJson(hook.lastRun)],
    ['weight', nonZero(hook.weight)],
    ['delete_policies', nonEmptyTexts(hook.deletePolicies)],
    ['output_log_policies', nonEmptyTexts(hook.outputLogPolicies)]
  ])
}

function executionJson ({ startedAt, completedAt, phase }: HookExecution): string {
  return struct([['started_at', time(startedAt)], ['completed_at', time(completedAt)], ['phase', quoteJson(phase)]])
}

function chartJson (chart: Chart): string {
  return struct([
    ['metadata', metadataJson(chart.metadata)],
    ['lock', chart.lock === undefined ? 'null' : lockJson(chart.lock)],
    ['templates', nilable(chart.templates, fileJson)],
    ['values', hasValues(chart) ? marshalJson(chart.values) : 'null'],
    ['schema', chart.schema === undefined ? 'null' : marshalJson(chart.schema)],
    ['schemamodtime', schemaTime(chart)],
    ['files', nilable(chart.files, fileJson)],
    ['modtime', modified(chart)]
  ])
}

/** A chart without values.yaml has none in its record, one with an empty file has an empty mapping. */
function hasValues ({ values, raw }: Chart): boolean {
  return values.size > 0 || raw.some(file => file.name === 'values.yaml')
}

function schemaTime ({ schema, raw }: Chart): string {
  const file = schema === undefined ? undefined : raw.find(each => each.name === 'values.schema.json')
  return (file === undefined ? undefined : modified(file)) ?? zeroTime
}

function fileJson (file: ChartFile): string {
  return struct([['name', quoteJson(file.name)], ['data', marshalJson(file.data)], ['modtime', modified(file)]])
}

function modified (file: { readonly modified?: Date }): string | undefined {
  const text = modificationText(file)
  return text === undefined ? undefined : quoteJson(text)
}

function metadataJson (metadata: Metadata): string {
  return struct([
    ['name', nonEmpty(metadata.name)],
    ['home', nonEmpty(metadata.home)],
    ['sources', nonEmptyTexts(metadata.sources)],
    ['version', nonEmpty(metadata.version)],
    ['description', nonEmpty(metadata.description)],
    ['keywords', nonEmptyTexts(metadata.keywords)],
    ['maintainers', metadata.maintainers === undefined ? undefined : list(metadata.maintainers, maintainerJson)],
    ['icon', nonEmpty(metadata.icon)],
    ['apiVersion', nonEmpty(metadata.apiVersion)],
    ['condition', nonEmpty(metadata.condition)],
    ['tags', nonEmpty(metadata.tags)],
    ['appVersion', nonEmpty(metadata.appVersion)],
    ['deprecated', metadata.deprecated === true ? 'true' : undefined],
    ['annotations', metadata.annotations === undefined ? undefined : marshalJson(metadataToDict(metadata).get('annotations') ?? null)],
    ['kubeVersion', nonEmpty(metadata.kubeVersion)],
    ['dependencies', metadata.dependencies === undefined || metadata.dependencies.length === 0 ? undefined : list(metadata.dependencies, dependencyJson)],
    ['type', nonEmpty(metadata.type)]
  ])
}

function maintainerJson ({ name, email, url }: Maintainer): string {
  return struct([['name', nonEmpty(name)], ['email', nonEmpty(email)], ['url', nonEmpty(url)]])
}

function dependencyJson (dependency: Dependency): string {
  const imports: Value[] = [...dependency.importValues ?? []]
  return struct([
    ['name', quoteJson(dependency.name)],
    ['version', nonEmpty(dependency.version)],
    ['repository', quoteJson(dependency.repository)],
    ['condition', nonEmpty(dependency.condition)],
    ['tags', nonEmptyTexts(dependency.tags)],
    ['enabled', dependency.enabled === true ? 'true' : undefined],
    ['import-values', imports.length === 0 ? undefined : marshalJson(imports)],
    ['alias', nonEmpty(dependency.alias)]
  ])
}

function lockJson (lock: Lock): string {
  return struct([['generated', quoteJson(lock.generated)], ['digest', quoteJson(lock.digest)], ['dependencies', list(lock.dependencies, dependencyJson)]])
}
