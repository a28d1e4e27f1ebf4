import { marshalYamlPretty } from '../../go/yaml.js'
import type { KubeObject } from '../../kube/objects.js'

/** Which object of a release is meant. */
export interface ObjectName {
  readonly apiVersion: string
  readonly kind: string
  /** Empty for kinds without namespaces. */
  readonly namespace: string
  readonly name: string
  /** Whether it is created at an event, rather than with the release. */
  readonly hook: boolean
}

/** An object as one side has it, fit to be compared. */
export interface ComparedObject extends ObjectName {
  readonly object: KubeObject
}

/** An object that the two sides have differently, or that only one of them has. */
export interface ObjectChange extends ObjectName {
  readonly before?: KubeObject
  readonly after?: KubeObject
}

/** What becomes of an object. */
export type ChangeKind = 'added' | 'removed' | 'changed'

/** What becomes of it. */
export function changeKind ({ before, after }: ObjectChange): ChangeKind {
  if (before === undefined) return 'added'
  return after === undefined ? 'removed' : 'changed'
}

/**
 * The change from one to the other; undefined when their YAML is the same.
 *
 * @param name which object
 * @param before as it is, undefined when it is not there
 * @param after as it will be, undefined when it will not be there
 */
export function changeOf (name: ObjectName, before: KubeObject | undefined, after: KubeObject | undefined): ObjectChange | undefined {
  if (yamlOf(before) === yamlOf(after)) return undefined
  const { apiVersion, kind, namespace, name: own, hook } = name
  return { apiVersion, kind, namespace, name: own, hook, ...before === undefined ? {} : { before }, ...after === undefined ? {} : { after } }
}

/**
 * An object as the diff shows it; an empty text when it is not there. This YAML folds no lines, and escapes what would move a terminal's cursor,
 * which the other kind refuses.
 */
export function yamlOf (object: KubeObject | undefined): string {
  return object === undefined ? '' : marshalYamlPretty(object)
}

/**
 * What differs between two sides. An object is the same one whatever the version of its API that it is written in.
 *
 * @param before the objects of one side
 * @param after those of the other
 * @returns in the order of the other side, then what is gone in its own
 */
export function changesBetween (before: readonly ComparedObject[], after: readonly ComparedObject[]): ObjectChange[] {
  const old = keyed(before)
  const current = keyed(after)
  const changes = [...current].map(([key, each]) => changeOf(each, old.get(key)?.object, each.object))
  const gone = [...old].filter(([key]) => !current.has(key)).map(([, each]) => changeOf(each, each.object, undefined))
  return [...changes, ...gone].filter(change => change !== undefined)
}

/** By what makes them the same object; one that stands there twice is another each time. */
function keyed (objects: readonly ComparedObject[]): Map<string, ComparedObject> {
  const all = new Map<string, ComparedObject>()
  const counts = new Map<string, number>()
  for (const each of objects) {
    const group = each.apiVersion.includes('/') ? each.apiVersion.slice(0, each.apiVersion.indexOf('/')) : ''
    const key = JSON.stringify([group, each.kind, each.namespace, each.name, each.hook])
    const count = counts.get(key) ?? 0
    counts.set(key, count + 1)
    all.set(`${key}${count}`, each)
  }
  return all
}
