import type { Chart, ChartFile } from '../../chart/chart.js'
import type { Dependency } from '../../chart/dependency.js'
import type { Lock } from '../../chart/lock.js'
import type { Metadata } from '../../chart/metadata.js'
import { GoStruct } from '../../engine/go-struct.js'
import { GoTime } from '../../go/time.js'
import { int, type GoFunc, type Value } from '../../go/value.js'
import type { Hook, Info, Release } from '../../release/release.js'
import { define } from '../../sprig/define.js'
import { TimeObject } from '../../sprig/time-object.js'
import { StringMap, strings, TypedSlice } from '../../sprig/typed.js'
import { TemplateSet } from '../../template/template.js'

/**
 * Runs a Go template, without functions beyond Go's own, on a release as Helm shows it to one (`get all --template`).
 *
 * @param template such as `{{.Release.Name}}`
 * @param release the release
 * @throws {TemplateError} parse or exec, in Go's words
 */
export function runReleaseTemplate (template: string, release: Release): string {
  const set = new TemplateSet({ functions: new Map(), missingKey: 'default', name: '_' })
  set.parse('_', template)
  return set.execute('_', new Map<string, Value>([['Release', releaseObject(release)]]))
}

/** A release with the names of Go's fields. */
function releaseObject (release: Release): GoStruct {
  return new GoStruct('*v1.Release', [
    ['Name', release.name],
    ['Info', infoObject(release.info)],
    ['Chart', release.chart === undefined ? null : chartObject(release.chart)],
    ['Config', release.config ?? new Map<string, Value>()],
    ['Manifest', release.manifest],
    ['Hooks', new TypedSlice('[]*v1.Hook', release.hooks.map(hookObject))],
    ['Version', int(release.version)],
    ['Namespace', release.namespace],
    ['Labels', new StringMap(release.labels)],
    ['ApplyMethod', release.applyMethod]
  ])
}

function infoObject (info: Info): GoStruct {
  return new GoStruct('*v1.Info', [
    ['FirstDeployed', timeObject(info.firstDeployed)],
    ['LastDeployed', timeObject(info.lastDeployed)],
    ['Deleted', timeObject(info.deleted)],
    ['Description', info.description],
    ['Status', info.status],
    ['RollbackRevision', int(info.rollbackRevision)],
    ['Notes', info.notes],
    ['Resources', new Map<string, Value>()]
  ])
}

function timeObject (time: GoTime | undefined): TimeObject {
  return new TimeObject(time ?? GoTime.zero)
}

function hookObject (hook: Hook): GoStruct {
  const { startedAt, completedAt, phase } = hook.lastRun
  return new GoStruct('*v1.Hook', [
    ['Name', hook.name],
    ['Kind', hook.kind],
    ['Path', hook.path],
    ['Manifest', hook.manifest],
    ['Events', strings([...hook.events])],
    ['LastRun', new GoStruct('v1.HookExecution', [['StartedAt', timeObject(startedAt)], ['CompletedAt', timeObject(completedAt)], ['Phase', phase]])],
    ['Weight', int(hook.weight)],
    ['DeletePolicies', strings([...hook.deletePolicies])],
    ['OutputLogPolicies', strings([...hook.outputLogPolicies])]
  ])
}

function chartObject ({ metadata, lock, templates, values, schema, files, modified }: Chart): GoStruct {
  const texts: ReadonlyArray<readonly [string, GoFunc]> = [['Name', define([], () => metadata.name)], ['AppVersion', define([], () => metadata.appVersion ?? '')]]
  return new GoStruct('*v2.Chart', [
    ['Metadata', metadataObject(metadata)],
    ['Lock', lock === undefined ? null : lockObject(lock)],
    ['Templates', fileObjects(templates)],
    ['Values', values],
    ['Schema', schema ?? new Uint8Array()],
    ['Files', fileObjects(files)],
    ['ModTime', timeObject(modified === undefined ? undefined : GoTime.fromDate(modified.getTime()))]
  ], texts)
}

function fileObjects (files: readonly ChartFile[]): TypedSlice {
  return new TypedSlice('[]*common.File', files.map(({ name, data }) => new GoStruct('*common.File', [['Name', name], ['Data', data]])))
}

function lockObject ({ generated, digest, dependencies }: Lock): GoStruct {
  return new GoStruct('*v2.Lock', [
    ['Generated', timeObject(GoTime.parseRfc3339(generated))], ['Digest', digest], ['Dependencies', dependencyObjects(dependencies)]
  ])
}

function metadataObject (metadata: Metadata): GoStruct {
  const maintainers = (metadata.maintainers ?? []).map(({ name = '', email = '', url = '' }) => new GoStruct('*v2.Maintainer', [['Name', name], ['Email', email], ['URL', url]]))
  return new GoStruct('*v2.Metadata', [
    ['Name', metadata.name],
    ['Home', metadata.home ?? ''],
    ['Sources', strings([...metadata.sources ?? []])],
    ['Version', metadata.version],
    ['Description', metadata.description ?? ''],
    ['Keywords', strings([...metadata.keywords ?? []])],
    ['Maintainers', new TypedSlice('[]*v2.Maintainer', maintainers)],
    ['Icon', metadata.icon ?? ''],
    ['APIVersion', metadata.apiVersion ?? ''],
    ['Condition', metadata.condition ?? ''],
    ['Tags', metadata.tags ?? ''],
    ['AppVersion', metadata.appVersion ?? ''],
    ['Deprecated', metadata.deprecated ?? false],
    ['Annotations', new StringMap(metadata.annotations)],
    ['KubeVersion', metadata.kubeVersion ?? ''],
    ['Dependencies', dependencyObjects(metadata.dependencies ?? [])],
    ['Type', metadata.type ?? '']
  ])
}

function dependencyObjects (dependencies: readonly Dependency[]): TypedSlice {
  return new TypedSlice('[]*v2.Dependency', dependencies.map(dependency => new GoStruct('*v2.Dependency', [
    ['Name', dependency.name],
    ['Version', dependency.version ?? ''],
    ['Repository', dependency.repository],
    ['Condition', dependency.condition ?? ''],
    ['Tags', strings([...dependency.tags ?? []])],
    ['Enabled', dependency.enabled ?? false],
    ['ImportValues', [...dependency.importValues ?? []]],
    ['Alias', dependency.alias ?? '']
  ])))
}
