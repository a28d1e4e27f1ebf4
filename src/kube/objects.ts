import { Int, type Dict, type Value } from '../go/value.js'

/**
 * A Kubernetes object as plain data: what JSON gives, with whole numbers kept as 64-bit integers (see json.ts).
 * There are no generated types: a field is asked for by its path, and a field of another kind than asked for counts as absent.
 */
export type KubeObject = Dict

/** The value at a path of keys; undefined when any step is absent. */
export function at (object: Value | undefined, ...path: readonly string[]): Value | undefined {
  let value = object
  for (const key of path) {
    if (!(value instanceof Map)) return undefined
    value = value.get(key)
  }
  return value
}

/** The text at a path, or the fallback. */
export function textAt (object: Value | undefined, path: readonly string[], fallback = ''): string {
  const value = at(object, ...path)
  return typeof value === 'string' ? value : fallback
}

/** The whole number at a path (as kstatus' GetIntField: a fraction does not count), or the fallback. */
export function intAt<Fallback> (object: Value | undefined, path: readonly string[], fallback: Fallback): number | Fallback {
  const value = at(object, ...path)
  return value instanceof Int ? Number(value.value) : fallback
}

/** The mapping at a path; empty when there is none. */
export function dictAt (object: Value | undefined, ...path: readonly string[]): Dict {
  const value = at(object, ...path)
  return value instanceof Map ? value : new Map<string, Value>()
}

/** The list at a path; empty when there is none. */
export function listAt (object: Value | undefined, ...path: readonly string[]): Value[] {
  const value = at(object, ...path)
  return Array.isArray(value) ? value : []
}

/** The mapping of texts at a path, such as labels; entries of other kinds are left out. */
export function textsAt (object: Value | undefined, ...path: readonly string[]): Map<string, string> {
  const texts = new Map<string, string>()
  for (const [key, value] of dictAt(object, ...path)) if (typeof value === 'string') texts.set(key, value)
  return texts
}

/** The group, version and kind that an object says it is of. */
export interface GroupVersionKind {
  /** Empty for the core group. */
  readonly group: string
  readonly version: string
  readonly kind: string
}

/** Reads `apiVersion` (`apps/v1`, `v1`) and `kind`; empty where they are missing. */
export function kindOf (object: KubeObject): GroupVersionKind {
  const apiVersion = textAt(object, ['apiVersion'])
  const slash = apiVersion.indexOf('/')
  return { group: slash < 0 ? '' : apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1), kind: textAt(object, ['kind']) }
}

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf ({ group, version }: GroupVersionKind): string {
  return group === '' ? version : `${group}/${version}`
}

/** What Go's GroupVersionKind prints: `apps/v1, Kind=Deployment`, `/v1, Kind=Service`. */
export function kindText ({ group, version, kind }: GroupVersionKind): string {
  return `${group}/${version}, Kind=${kind}`
}

/** The object with a field of its metadata set; nothing else is copied or changed. */
export function withMetadata (object: KubeObject, key: string, value: Value | undefined): KubeObject {
  const metadata = new Map(dictAt(object, 'metadata'))
  if (value === undefined) metadata.delete(key)
  else metadata.set(key, value)
  return new Map(object).set('metadata', metadata)
}

/** The items of a list, each with the kind that the list implies (`Pod` of a `PodList`) where it says none itself. */
export function itemsOf (list: KubeObject): Value[] {
  const { kind } = kindOf(list)
  const implied: Array<[string, Value]> = [['apiVersion', list.get('apiVersion') ?? null], ['kind', kind.endsWith('List') ? kind.slice(0, -4) : kind]]
  return listAt(list, 'items').map(item => item instanceof Map ? new Map([...implied, ...item]) : item)
}
