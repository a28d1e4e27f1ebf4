import type { Release } from '../release/release.js'
import { requireBuilt } from './build-manifest.js'
import type { ActionContext } from './context.js'
import { driftChanges } from './diff/live-changes.js'
import type { ObjectChange } from './diff/object-change.js'
import { releaseContent } from './get.js'
import { owned } from './ownership.js'

/**
 * What was changed in the cluster since a release was deployed: its manifest against the live objects.
 *
 * @param context cluster and records
 * @param name the release
 * @param revision whose manifest; that of the deployed one when 0, or the newest when none is deployed
 * @throws {KubeError|ReleaseError|ActionError} unreachable, not-found, invalid-name, manifest
 */
export async function diffLive (context: ActionContext, name: string, revision: number): Promise<ObjectChange[]> {
  await context.kube.reach()
  const release = await revisionOf(context, name, revision)
  const resources = await requireBuilt(context.kube.build(release.manifest), 'from release manifest')
  return await driftChanges(context, resources.map(resource => owned(resource, release)), release.applyMethod === 'ssa')
}

async function revisionOf (context: ActionContext, name: string, revision: number): Promise<Release> {
  const release = await releaseContent(context, name, revision)
  return revision > 0 || release.info.status === 'deployed' ? release : (await context.history.deployed(name)).at(-1) ?? release
}
