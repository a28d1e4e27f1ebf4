import { uninstallOrder } from '../engine/kind-order.js'
import { sortManifests, type Manifest } from '../engine/manifest.js'
import { messageOf } from '../errors.js'
import type { Propagation } from '../kube/client.js'
import type { Resource } from '../kube/resource.js'
import type { Release } from '../release/release.js'
import type { ActionContext } from './context.js'
import { ActionError } from './errors.js'
import { sortByOwner, type Sorted } from './ownership.js'

/** The objects of a release that may be deleted, and what is to be said about the others. */
export interface Deletable {
  readonly resources: readonly Resource[]
  readonly info: string
}

/**
 * Deletes the objects of a release, in Helm's order of kinds.
 *
 * @param context the cluster
 * @param release whose objects
 * @param cascade what happens to their dependents
 * @returns what was deleted, and what is to be said about the rest
 * @throws {ActionError} uninstall-failed: `failed to delete release: NAME`; its cause says why
 */
export async function deleteObjects (context: ActionContext, release: Release, cascade: Propagation): Promise<{ readonly deleted: readonly Resource[], readonly info: string }> {
  try {
    const { resources, info } = await deletable(context, release, 'skipping delete of resource')
    await context.kube.delete(resources, cascade)
    return { deleted: resources, info }
  } catch (error) {
    context.log('DEBUG', 'uninstall: Failed to delete release', { error: messageOf(error) })
    throw new ActionError('uninstall-failed', `failed to delete release: ${release.name}`, { cause: error })
  }
}

/**
 * Which objects of a release may be deleted: not those that its chart wants to keep, nor those that have become somebody else's.
 *
 * @param context the cluster
 * @param release whose objects
 * @param warning what is logged for each that is passed over
 * @throws {ActionError} manifest: the record's manifest cannot be read, or has kinds that the cluster does not know
 */
export async function deletable (context: ActionContext, release: Release, warning: string): Promise<Deletable> {
  const manifests = manifestsOf(release)
  const kept = manifests.filter(each => policyOf(each) === 'keep')
  const manifest = manifests.filter(each => policyOf(each) === undefined).map(({ content }) => `\n---\n${content}`).join('')
  const resources = await context.kube.build(manifest).catch((error: unknown) => {
    throw new ActionError('manifest', `unable to build kubernetes objects for delete: ${messageOf(error)}`, { cause: error })
  })
  const sorted = await sortByOwner(context.kube, resources, release)
  warn(context, release, sorted, warning)
  return { resources: sorted.owned, info: infoText(kept, sorted) }
}

function manifestsOf (release: Release): Manifest[] {
  try {
    return sortManifests(new Map([['manifest', release.manifest]]), { order: uninstallOrder }).manifests
  } catch (error) {
    throw new ActionError('manifest', `corrupted release record. You must manually delete the resources: ${messageOf(error)}`, { cause: error })
  }
}

/** The resource policy. Helm has only `keep`; an object with any other is not told of, and stays all the same. */
function policyOf ({ head }: Manifest): string | undefined {
  return head.annotations.get('helm.sh/resource-policy')?.trim().toLowerCase()
}

function warn ({ log }: ActionContext, release: Release, { unowned, unverifiable }: Sorted, warning: string): void {
  const facts = ({ mapping, name, namespace }: Resource): Record<string, string> => ({ kind: mapping.kind, name, namespace, release: release.name })
  for (const resource of unowned) log('WARN', `${warning} not owned by this release`, facts(resource))
  for (const { resource, reason } of unverifiable) log('WARN', `${warning} because ownership could not be verified`, { ...facts(resource), error: reason })
}

/** What `uninstall` prints about objects that stay. */
function infoText (kept: readonly Manifest[], { unowned, unverifiable }: Sorted): string {
  const named = ({ mapping, name }: Resource): string => `[${mapping.kind}] ${name}`
  return [
    paragraph('These resources were kept due to the resource policy:', kept.map(({ kind, head }) => `[${kind}] ${head.name}`)),
    paragraph(`${unowned.length} resource(s) were not deleted because they are not owned by this release:`, unowned.map(named)),
    paragraph(`${unverifiable.length} resource(s) were not deleted because their ownership could not be verified:`,
      unverifiable.map(({ resource, reason }) => `${named(resource)}: ${reason}`))
  ].filter(each => each !== '').join('\n')
}

function paragraph (head: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [head, ...lines].join('\n') + '\n'
}
