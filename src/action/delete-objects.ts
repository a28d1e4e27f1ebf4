import { uninstallOrder } from '../engine/kind-order.js'
import { sortManifests, type Manifest } from '../engine/manifest.js'
import { messageOf } from '../errors.js'
import type { Propagation } from '../kube/client.js'
import type { Resource } from '../kube/resource.js'
import type { Release } from '../release/release.js'
import { requireBuilt } from './build-manifest.js'
import type { ActionContext } from './context.js'
import { ActionError } from './errors.js'
import { sortByOwner, type Sorted } from './ownership.js'

/** The objects of a release, by what becomes of them when it is uninstalled. */
interface Deletable {
  /** Those that its chart wants to keep. */
  readonly kept: readonly Manifest[]
  readonly sorted: Sorted
}

/** What was deleted, and what is to be said about the rest. */
export interface Deleted {
  readonly resources: readonly Resource[]
  readonly info: string
}

/**
 * Deletes the objects of a release, in Helm's order of kinds: not those that its chart wants to keep, nor those that have become somebody
 * else's.
 *
 * @param context the cluster
 * @param release whose objects
 * @param cascade what happens to their dependents
 * @throws {ActionError} uninstall-failed: `failed to delete release: NAME`, and why, which Helm says with --debug only
 */
export async function deleteObjects (context: ActionContext, release: Release, cascade: Propagation): Promise<Deleted> {
  try {
    const found = await deletable(context, release)
    warnOfSkipped(context, release, found.sorted)
    await context.kube.delete(found.sorted.owned, cascade)
    return { resources: found.sorted.owned, info: infoText(found) }
  } catch (error) {
    context.log('DEBUG', 'uninstall: Failed to delete release', { error: messageOf(error) })
    throw new ActionError('uninstall-failed', `failed to delete release: ${release.name}: ${messageOf(error)}`, { cause: error })
  }
}

/**
 * Says what `deleteObjects` would pass over, and deletes nothing.
 *
 * @returns what is to be said about objects that are kept
 * @throws {ActionError} manifest: the record's manifest cannot be read
 */
export async function rehearseDeletion (context: ActionContext, release: Release): Promise<string> {
  const { kept, sorted: { unowned, unverifiable } } = await deletable(context, release)
  const { log } = context
  const counted = (why: string, count: number): void => {
    if (count > 0) log('WARN', `dry-run: resources would be skipped because ${why}`, { release: release.name, count: String(count) })
  }
  counted('they are not owned by this release', unowned.length)
  for (const resource of unowned) log('WARN', 'dry-run: would skip resource', factsOf(resource))
  counted('their ownership could not be verified', unverifiable.length)
  for (const { resource, reason } of unverifiable) log('WARN', 'dry-run: would skip resource (ownership could not be verified)', { ...factsOf(resource), error: reason })
  return keptText(kept)
}

async function deletable ({ kube }: ActionContext, release: Release): Promise<Deletable> {
  const manifests = manifestsOf(release)
  const manifest = manifests.filter(each => policyOf(each) === undefined).map(({ content }) => `\n---\n${content}`).join('')
  const resources = await requireBuilt(kube.buildRecorded(manifest), 'for delete')
  return { kept: manifests.filter(each => policyOf(each) === 'keep'), sorted: await sortByOwner(kube, resources, release) }
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

function factsOf ({ mapping, name, namespace }: Resource): Record<string, string> {
  return { kind: mapping.kind, name, namespace }
}

function warnOfSkipped ({ log }: ActionContext, release: Release, { unowned, unverifiable }: Sorted): void {
  for (const resource of unowned) log('WARN', 'skipping delete of resource not owned by this release', { ...factsOf(resource), release: release.name })
  for (const { resource, reason } of unverifiable) {
    log('WARN', 'skipping delete of resource because ownership could not be verified', { ...factsOf(resource), release: release.name, error: reason })
  }
}

/** What `uninstall` prints about objects that stay. */
function infoText ({ kept, sorted: { unowned, unverifiable } }: Deletable): string {
  const named = ({ mapping, name }: Resource): string => `[${mapping.kind}] ${name}`
  return [
    keptText(kept),
    paragraph(`${unowned.length} resource(s) were not deleted because they are not owned by this release:`, unowned.map(named)),
    paragraph(`${unverifiable.length} resource(s) were not deleted because their ownership could not be verified:`,
      unverifiable.map(({ resource, reason }) => `${named(resource)}: ${reason}`))
  ].filter(each => each !== '').join('\n')
}

function keptText (kept: readonly Manifest[]): string {
  return paragraph('These resources were kept due to the resource policy:', kept.map(({ kind, head }) => `[${kind}] ${head.name}`))
}

function paragraph (head: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [head, ...lines].join('\n') + '\n'
}
