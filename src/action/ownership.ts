import { quote } from '../go/strconv.js'
import type { Value } from '../go/value.js'
import type { KubeClient } from '../kube/client.js'
import { isKubeError } from '../kube/errors.js'
import { textAt, textsAt, withMetadata, type KubeObject } from '../kube/objects.js'
import type { Resource } from '../kube/resource.js'
import { messageOf } from '../errors.js'
import { ActionError } from './errors.js'

/** The release that an object is to belong to. */
export interface Owner {
  readonly name: string
  readonly namespace: string
}

const managedBy = 'app.kubernetes.io/managed-by'
const releaseName = 'meta.helm.sh/release-name'
const releaseNamespace = 'meta.helm.sh/release-namespace'

/** The resource with the label and annotations by which Helm knows whose it is; others of that name are overwritten. */
export function owned (resource: Resource, owner: Owner): Resource {
  const labels = new Map<string, Value>([...textsAt(resource.object, 'metadata', 'labels'), [managedBy, 'Helm']])
  const annotations = new Map<string, Value>([
    ...textsAt(resource.object, 'metadata', 'annotations'), [releaseName, owner.name], [releaseNamespace, owner.namespace]
  ])
  return { ...resource, object: withMetadata(withMetadata(resource.object, 'labels', labels), 'annotations', annotations) }
}

/**
 * Why a live object does not belong to the release; undefined when it does.
 *
 * @param live the object
 * @param owner the release
 */
export function ownershipFault (live: KubeObject, owner: Owner): string | undefined {
  const labels = textsAt(live, 'metadata', 'labels')
  const annotations = textsAt(live, 'metadata', 'annotations')
  const faults = [
    fault('label', labels, managedBy, 'Helm'),
    fault('annotation', annotations, releaseName, owner.name),
    fault('annotation', annotations, releaseNamespace, owner.namespace)
  ].filter(each => each !== undefined)
  return faults.length === 0 ? undefined : `invalid ownership metadata; ${faults.join('; ')}`
}

function fault (what: string, texts: ReadonlyMap<string, string>, key: string, wanted: string): string | undefined {
  const actual = texts.get(key)
  if (actual === wanted) return undefined
  const words = actual === undefined
    ? `missing key ${quote(key)}: must be set to ${quote(wanted)}`
    : `key ${quote(key)} must equal ${quote(wanted)}: current value is ${quote(actual)}`
  return `${what} validation error: ${words}`
}

/**
 * Which of the resources exist already.
 *
 * @param kube the cluster
 * @param resources what is to be created
 * @param owner the release they must belong to then; undefined when any object may be taken over (`--take-ownership`)
 * @throws {ActionError} conflict: one exists, and belongs to nobody or to another release
 */
export async function existing (kube: KubeClient, resources: readonly Resource[], owner: Owner | undefined): Promise<Resource[]> {
  const found: Resource[] = []
  for (const { resource, look } of lookAll(kube, resources.filter(each => !hasGeneratedName(each)))) {
    const live = await look
    if (live === undefined) continue
    const wrong = owner === undefined ? undefined : ownershipFault(live, owner)
    if (wrong !== undefined) {
      throw new ActionError('conflict', `${described(resource)} exists and cannot be imported into the current release: ${wrong}`)
    }
    found.push(resource)
  }
  return found
}

/** Looks at all of them at once; who awaits the looks in their order meets the first complaint first. */
function lookAll (kube: KubeClient, resources: readonly Resource[]): Array<{ readonly resource: Resource, readonly look: Promise<KubeObject | undefined> }> {
  return resources.map(resource => {
    const look = liveObject(kube, resource)
    look.catch(() => {})
    return { resource, look }
  })
}

async function liveObject (kube: KubeClient, resource: Resource): Promise<KubeObject | undefined> {
  try {
    return await kube.get(resource)
  } catch (error) {
    if (isKubeError(error, 'not-found')) return undefined
    throw new ActionError('conflict', `could not get information about the resource ${described(resource)}: ${messageOf(error)}`, { cause: error })
  }
}

/** How Helm names an object in these errors: `ConfigMap "x" in namespace "d"`. */
export function described ({ mapping, name, namespace }: Resource): string {
  return `${mapping.kind} ${quote(name)} in namespace ${quote(namespace)}`
}

function hasGeneratedName ({ name, object }: Resource): boolean {
  const generated = textAt(object, ['metadata', 'generateName']) !== ''
  if (name !== '' && generated) throw new ActionError('manifest', 'metadata.name and metadata.generateName cannot both be set')
  return generated
}

/** The resources of a release that is to be deleted, by whether they are its own. */
export interface Sorted {
  readonly owned: readonly Resource[]
  readonly unowned: readonly Resource[]
  /** Those that could not be looked at, and why. */
  readonly unverifiable: ReadonlyArray<{ readonly resource: Resource, readonly reason: string }>
}

/**
 * Tells the release's own objects from those that somebody else has taken; what is gone already is left out (Helm 4.3).
 *
 * @param kube the cluster
 * @param resources of the release's manifest
 * @param owner the release
 */
export async function sortByOwner (kube: KubeClient, resources: readonly Resource[], owner: Owner): Promise<Sorted> {
  const sorted = { owned: [] as Resource[], unowned: [] as Resource[], unverifiable: [] as Array<{ resource: Resource, reason: string }> }
  const looks = await Promise.allSettled(resources.map(resource => kube.get(resource)))
  for (const [i, resource] of resources.entries()) {
    const look = looks[i]
    if (look?.status === 'fulfilled') sorted[ownershipFault(look.value, owner) === undefined ? 'owned' : 'unowned'].push(resource)
    else if (!isKubeError(look?.reason, 'not-found')) sorted.unverifiable.push({ resource, reason: messageOf(look?.reason) })
  }
  return sorted
}
