import { apiVersionOf, type GroupVersionKind } from './objects.js'

/** Where objects of a kind live in the API (client-go's RESTMapping). */
export interface Mapping extends GroupVersionKind {
  /** The plural in the path, such as `deployments`. */
  readonly plural: string
  readonly namespaced: boolean
}

/**
 * The path of a kind's collection, or of one object in it.
 *
 * @param mapping where the kind lives
 * @param namespace ignored for kinds without namespaces; empty for all of them
 * @param name the object; the collection when left out
 */
export function pathOf (mapping: Mapping, namespace: string, name?: string): string {
  const root = mapping.group === '' ? `/api/${mapping.version}` : `/apis/${apiVersionOf(mapping)}`
  const scope = mapping.namespaced && namespace !== '' ? `/namespaces/${encodeURIComponent(namespace)}` : ''
  return `${root}${scope}/${mapping.plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`
}
