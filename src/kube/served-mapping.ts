import type { Discovery } from './discovery.js'
import { isKubeError } from './errors.js'
import type { Mapping } from './mapping.js'
import { apiVersionOf, kindOf, type GroupVersionKind } from './objects.js'
import type { Resource } from './resource.js'

/** Kinds that moved to a group of their own before `extensions` was given up (Kubernetes 1.16 and 1.22): the objects are the same. */
const moves: ReadonlyMap<string, string> = new Map([
  ['DaemonSet', 'apps'],
  ['Deployment', 'apps'],
  ['ReplicaSet', 'apps'],
  ['Ingress', 'networking.k8s.io'],
  ['NetworkPolicy', 'networking.k8s.io'],
  ['PodSecurityPolicy', 'policy']
])

/**
 * Where an object is that was sent once, perhaps in a version that the API has given up since: the same object is served in every version of its
 * kind. Where there are several, the one that the API prefers.
 *
 * @param kind as it was sent
 * @param discovery knows what is served
 * @returns undefined when the kind is served in no version, so that no such object can exist
 * @throws {KubeError} no-match while a server of the kind's group does not answer: what it serves is not known then
 */
export async function servedMapping (kind: GroupVersionKind, discovery: Discovery): Promise<Mapping | undefined> {
  try {
    return await discovery.mapping(kind)
  } catch (error) {
    if (!isKubeError(error, 'no-match')) throw error
    const groups = [kind.group, ...kind.group === 'extensions' ? [moves.get(kind.kind)] : []]
    const served = (await discovery.groups()).filter(({ name }) => groups.includes(groupOf(name)))
    if (served.some(({ failed }) => failed !== undefined)) throw error
    return served.flatMap(({ mappings }) => mappings).find(each => each.kind === kind.kind)
  }
}

/** The group of `apps/v1`. */
function groupOf (groupVersion: string): string {
  return groupVersion.slice(0, Math.max(0, groupVersion.indexOf('/')))
}

/** Whether an object is written in another version than the one in which the API is asked for it. */
export function isOfOtherVersion ({ mapping, object }: Resource): boolean {
  return apiVersionOf(kindOf(object)) !== apiVersionOf(mapping)
}
