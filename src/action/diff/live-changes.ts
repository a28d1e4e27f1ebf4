import type { UpdateOptions } from '../../kube/client.js'
import { isKubeError } from '../../kube/errors.js'
import { textAt, type KubeObject } from '../../kube/objects.js'
import { isSameResource, type Resource } from '../../kube/resource.js'
import { isOfOtherVersion } from '../../kube/served-mapping.js'
import { comparable, comparedResource } from './comparable.js'
import { compareLive, tellInexact, type ComparingContext } from './compare-live.js'
import { changeOf, type ObjectChange } from './object-change.js'

/** What an update would start from, lead to, and how it would be done. */
export interface IntendedUpdate {
  readonly original: readonly Resource[]
  readonly target: readonly Resource[]
  readonly options: UpdateOptions
}

/**
 * What an update would change in the cluster: live objects against what they would be. What is to be kept (`helm.sh/resource-policy: keep`) is
 * not told of when the release lets go of it.
 *
 * @param context the cluster
 * @param update from what, to what, how
 * @throws {KubeError}
 */
export async function updateChanges (context: ComparingContext, update: IntendedUpdate): Promise<ObjectChange[]> {
  const { original, target } = update
  const gone = original.filter(each => !target.some(other => isSameResource(each, other)))
  return told(context, await Promise.all([...target.map(each => targetChange(context, each, update)), ...gone.map(each => removal(context, each))]))
}

/** What becomes of an object, if anything, and whether the API said so. */
interface Outcome {
  readonly change: ObjectChange | undefined
  readonly exact: boolean
}

function told ({ log }: ComparingContext, outcomes: readonly Outcome[]): ObjectChange[] {
  tellInexact(log, outcomes)
  return outcomes.map(({ change }) => change).filter(change => change !== undefined)
}

async function targetChange (context: ComparingContext, resource: Resource, { original, options }: IntendedUpdate): Promise<Outcome> {
  const name = comparedResource(resource)
  const live = resource.name === '' ? undefined : await liveObject(context, resource)
  if (live === undefined) return { change: changeOf(name, undefined, name.object), exact: true }
  const before = original.find(each => isSameResource(each, resource))
  const { threeWayMergeForUnstructured: threeWay = false } = options
  const compared = await compareLive(context, { original: before?.object ?? live, target: resource, live }, {
    ...options, threeWayMergeForUnstructured: threeWay || (before !== undefined && isOfOtherVersion(before))
  })
  return { change: changeOf(name, compared.live, compared.wanted), exact: compared.exact }
}

async function removal (context: ComparingContext, resource: Resource): Promise<Outcome> {
  const live = await liveObject(context, resource)
  const stays = live === undefined || textAt(live, ['metadata', 'annotations', 'helm.sh/resource-policy']) === 'keep'
  return { change: stays ? undefined : changeOf(comparedResource(resource), comparable(live), undefined), exact: true }
}

/**
 * What was changed in the cluster since objects were sent: what they would be if they were sent again, against what they are.
 *
 * @param context the cluster
 * @param resources as they were sent
 * @param serverSide how they were sent
 * @throws {KubeError}
 */
export async function driftChanges (context: ComparingContext, resources: readonly Resource[], serverSide: boolean): Promise<ObjectChange[]> {
  const options: UpdateOptions = { serverSide, forceConflicts: serverSide, threeWayMergeForUnstructured: !serverSide }
  return told(context, await Promise.all(resources.filter(({ name }) => name !== '').map(async resource => {
    const name = comparedResource(resource)
    const live = await liveObject(context, resource)
    if (live === undefined) return { change: changeOf(name, name.object, undefined), exact: true }
    const compared = await compareLive(context, { original: resource.object, target: resource, live }, options)
    return { change: changeOf(name, compared.wanted, compared.live), exact: compared.exact }
  })))
}

/** The live object; undefined when there is none. */
async function liveObject ({ kube }: ComparingContext, resource: Resource): Promise<KubeObject | undefined> {
  try {
    return await kube.get(resource)
  } catch (error) {
    if (isKubeError(error, 'not-found')) return undefined
    throw error
  }
}
