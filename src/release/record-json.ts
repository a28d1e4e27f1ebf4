import type { Chart, ChartFile } from '../chart/chart.js'
import { JsonStruct, listField, textField } from '../chart/json-struct.js'
import { lockToStruct } from '../chart/lock.js'
import { metadataToStruct } from '../chart/metadata.js'
import { marshalJson } from '../go/json.js'
import type { GoTime } from '../go/time.js'
import { int, type Value } from '../go/value.js'
import type { LiveObjects } from '../kube/client.js'
import { modificationText } from './modification-text.js'
import type { Hook, HookExecution, Info, Release } from './release.js'

/** Go's zero time, where Helm writes even that. */
const zeroTime = '0001-01-01T00:00:00Z'

/**
 * A release as Helm 4.3.1 writes its record: encoding/json of release.Release, field by field in the order of the Go structs, empty fields
 * left out where Helm's tags say so. Labels are not part of it.
 *
 * @param release any release
 * @param resources its live objects: never recorded, but shown by `status`
 */
export function recordJson (release: Release, resources?: LiveObjects): string {
  return marshalJson(new JsonStruct('v1.Release', [
    ['name', textField(release.name)],
    ['info', infoOf(release.info, resources)],
    ['chart', release.chart === undefined ? undefined : chartOf(release.chart)],
    ['config', release.config === undefined || release.config.size === 0 ? undefined : release.config],
    ['manifest', textField(release.manifest)],
    ['hooks', listField(release.hooks.map(hookOf))],
    ['version', numberField(release.version)],
    ['namespace', textField(release.namespace)],
    ['apply_method', textField(release.applyMethod)]
  ]))
}

function numberField (number: number): Value | undefined {
  return number === 0 ? undefined : int(number)
}

function timeField (time: GoTime | undefined): Value | undefined {
  return time?.rfc3339Nano()
}

function infoOf (info: Info, resources: LiveObjects = new Map()): JsonStruct {
  return new JsonStruct('v1.Info', [
    ['first_deployed', timeField(info.firstDeployed)],
    ['last_deployed', timeField(info.lastDeployed)],
    ['deleted', timeField(info.deleted)],
    ['description', textField(info.description)],
    ['status', textField(info.status)],
    ['rollback_revision', numberField(info.rollbackRevision)],
    ['notes', textField(info.notes)],
    ['resources', resources.size === 0 ? undefined : new Map([...resources].map(([kind, objects]) => [kind, [...objects]]))]
  ])
}

function hookOf (hook: Hook): JsonStruct {
  return new JsonStruct('v1.Hook', [
    ['name', textField(hook.name)],
    ['kind', textField(hook.kind)],
    ['path', textField(hook.path)],
    ['manifest', textField(hook.manifest)],
    ['events', listField(hook.events)],
    ['last_run', executionOf(hook.lastRun)],
    ['weight', numberField(hook.weight)],
    ['delete_policies', listField(hook.deletePolicies)],
    ['output_log_policies', listField(hook.outputLogPolicies)]
  ])
}

function executionOf ({ startedAt, completedAt, phase }: HookExecution): JsonStruct {
  return new JsonStruct('v1.HookExecution', [['started_at', timeField(startedAt)], ['completed_at', timeField(completedAt)], ['phase', phase]])
}

function chartOf (chart: Chart): JsonStruct {
  return new JsonStruct('v2.Chart', [
    ['metadata', metadataToStruct(chart.metadata)],
    ['lock', chart.lock === undefined ? null : lockToStruct(chart.lock)],
    ['templates', filesOf(chart.templates)],
    ['values', hasValues(chart) ? chart.values : null],
    ['schema', chart.schema ?? null],
    ['schemamodtime', schemaTime(chart)],
    ['files', filesOf(chart.files)],
    ['modtime', modificationText(chart)]
  ])
}

/** A chart without values.yaml has none in its record, one with an empty file has an empty mapping. */
function hasValues ({ values, raw }: Chart): boolean {
  return values.size > 0 || raw.some(file => file.name === 'values.yaml')
}

function schemaTime ({ schema, raw }: Chart): string {
  const file = schema === undefined ? undefined : raw.find(each => each.name === 'values.schema.json')
  return (file === undefined ? undefined : modificationText(file)) ?? zeroTime
}

/** A Go slice is nil when nothing was appended to it. */
function filesOf (files: readonly ChartFile[]): Value {
  return files.length === 0
    ? null
    : files.map(file => new JsonStruct('common.File', [['name', file.name], ['data', file.data], ['modtime', modificationText(file)]]))
}
