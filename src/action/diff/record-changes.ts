import { readObjects } from '../../kube/build-resources.js'
import type { KubeClient } from '../../kube/client.js'
import { isKubeError } from '../../kube/errors.js'
import { apiVersionOf, kindOf, textAt } from '../../kube/objects.js'
import type { Resource } from '../../kube/resource.js'
import type { Release } from '../../release/release.js'
import { comparable, comparedResource } from './comparable.js'
import { changesBetween, type ComparedObject, type ObjectChange } from './object-change.js'

/** The parts of a record that are compared. */
export type RecordedObjects = Pick<Release, 'manifest' | 'hooks' | 'namespace'>

/** A record without objects: what comes before a first installation. */
export const nothingRecorded: RecordedObjects = { manifest: '', hooks: [], namespace: '' }

/**
 * What differs between the objects of two records.
 *
 * @param kube tells which kinds have namespaces
 * @param sides the record before, and the one after
 * @param options whether hooks count
 * @throws {KubeError} manifest: one cannot be read
 */
export async function recordChanges (kube: KubeClient, [before, after]: readonly [RecordedObjects, RecordedObjects], options: { readonly hooks: boolean }): Promise<ObjectChange[]> {
  const objects = changesBetween(...await objectsOf(kube, [before, after]))
  return options.hooks ? [...objects, ...hookChanges(before, after)] : objects
}

/** What differs between the hooks of two records, as they stand there. */
export function hookChanges (before: RecordedObjects, after: RecordedObjects): ObjectChange[] {
  const hooksOf = ({ hooks, namespace }: RecordedObjects): ComparedObject[] =>
    hooks.flatMap(({ manifest }) => asWritten(manifest, namespace)).map(each => ({ ...each, hook: true }))
  return changesBetween(hooksOf(before), hooksOf(after))
}

/** Both manifests read in the same way: as the cluster knows their kinds, or as they stand there when it does not know all of them. */
async function objectsOf (kube: KubeClient, sides: readonly [RecordedObjects, RecordedObjects]): Promise<[ComparedObject[], ComparedObject[]]> {
  const [before, after] = sides
  const written = [asWritten(before.manifest, before.namespace), asWritten(after.manifest, after.namespace)] as const
  const built = await resourcesOf(kube, sides)
  // Without a cluster none is built of any.
  if (built === undefined || built[0].length !== written[0].length || built[1].length !== written[1].length) return [...written]
  return [built[0].map(comparedResource), built[1].map(comparedResource)]
}

async function resourcesOf (kube: KubeClient, [before, after]: readonly [RecordedObjects, RecordedObjects]): Promise<[Resource[], Resource[]] | undefined> {
  try {
    return [await kube.build(before.manifest), await kube.build(after.manifest)]
  } catch (error) {
    if (isKubeError(error, 'no-match')) return undefined
    throw error
  }
}

/** Objects whose kinds are not asked for: one that names no namespace may have none, but is listed under the release's. */
function asWritten (manifest: string, namespace: string): ComparedObject[] {
  return readObjects(manifest).map(object => ({
    apiVersion: apiVersionOf(kindOf(object)),
    kind: kindOf(object).kind,
    namespace: textAt(object, ['metadata', 'namespace'], namespace),
    name: textAt(object, ['metadata', 'name']),
    hook: false,
    object: comparable(object)
  }))
}
