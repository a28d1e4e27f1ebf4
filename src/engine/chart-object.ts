import type { Metadata } from '../chart/metadata.js'
import type { Dict, List, Value } from '../go/value.js'
import { StringMap } from '../sprig/typed.js'

/**
 * `.Chart` as Helm 4 shows it: a map with the Go names of Chart.yaml's fields, all of them present, and `IsRoot`.
 *
 * @param metadata Chart.yaml
 * @param isRoot whether the chart is no sub-chart
 * @returns a new map
 */
export function chartObject (metadata: Metadata, isRoot: boolean): Dict {
  return new Map<string, Value>([
    ['Name', metadata.name],
    ['Home', metadata.home ?? ''],
    ['Sources', [...metadata.sources ?? []]],
    ['Version', metadata.version],
    ['Description', metadata.description ?? ''],
    ['Keywords', [...metadata.keywords ?? []]],
    ['Maintainers', maintainers(metadata)],
    ['Icon', metadata.icon ?? ''],
    ['APIVersion', metadata.apiVersion ?? ''],
    ['Condition', metadata.condition ?? ''],
    ['Tags', metadata.tags ?? ''],
    ['AppVersion', metadata.appVersion ?? ''],
    ['Deprecated', metadata.deprecated ?? false],
    ['Annotations', new StringMap(metadata.annotations)],
    ['KubeVersion', metadata.kubeVersion ?? ''],
    ['Dependencies', dependencies(metadata)],
    ['Type', metadata.type ?? ''],
    ['IsRoot', isRoot]
  ])
}

function maintainers (metadata: Metadata): List {
  return (metadata.maintainers ?? []).map(maintainer => new Map<string, Value>([
    ['Name', maintainer.name ?? ''], ['Email', maintainer.email ?? ''], ['URL', maintainer.url ?? '']
  ]))
}

function dependencies (metadata: Metadata): List {
  return (metadata.dependencies ?? []).map(dependency => new Map<string, Value>([
    ['Name', dependency.name],
    ['Version', dependency.version ?? ''],
    ['Repository', dependency.repository],
    ['Condition', dependency.condition ?? ''],
    ['Tags', [...dependency.tags ?? []]],
    ['Enabled', dependency.enabled ?? false],
    ['ImportValues', [...dependency.importValues ?? []]],
    ['Alias', dependency.alias ?? '']
  ]))
}
