import type { Mapping } from './mapping.js'
import { kindText, type KubeObject } from './objects.js'

/** An object of a manifest, and where it lives (cli-runtime's resource.Info). */
export interface Resource {
  readonly mapping: Mapping
  /** Empty for kinds without namespaces. */
  readonly namespace: string
  /** Empty when the API is to make one up (`metadata.generateName`). */
  readonly name: string
  readonly object: KubeObject
}

/** How Helm's apply errors name an object: `ns/name apps/v1, Kind=Deployment`. */
export function resourceText ({ namespace, name, mapping }: Resource): string {
  return `${namespace}/${name} ${kindText(mapping)}`
}

/** Whether two resources are the same object, whatever the version they are written in (Helm's isMatchingInfo). */
export function isSameResource (a: Resource, b: Resource): boolean {
  return a.name === b.name && a.namespace === b.namespace && a.mapping.kind === b.mapping.kind && a.mapping.group === b.mapping.group
}
