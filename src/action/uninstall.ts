import { messageOf } from '../errors.js'
import { quote } from '../go/strconv.js'
import type { Propagation } from '../kube/client.js'
import type { Resource } from '../kube/resource.js'
import { isReleaseError } from '../release/errors.js'
import { isUnderWay, type Release } from '../release/release.js'
import type { ActionContext } from './context.js'
import { ActionError } from './errors.js'
import { runHooks } from './hooks.js'
import { deleteObjects, rehearseDeletion } from './delete-objects.js'
import { lossOf, requireUnlocked, throwIfLost, withLease } from './lock.js'
import { isReleaseName } from './release-name.js'
import { releaseContent } from './get.js'
import { ReleaseUnderWay, supersede } from './under-way.js'
import { waitUntil } from './wait.js'
import { throwIfCancelled, type WaitStrategy } from './wait-strategy.js'

/** What is uninstalled, and how: `helm uninstall`'s flags. */
export interface UninstallOptions {
  readonly name: string
  readonly hooks: boolean
  /** Keeps the records, as `uninstalled`. */
  readonly keepHistory: boolean
  /** A release that is not there is a success. */
  readonly ignoreNotFound: boolean
  readonly dryRun: boolean
  readonly wait: WaitStrategy
  /** Milliseconds for each hook, and for waiting. */
  readonly timeout: number
  readonly cascade: Propagation
  /** `Uninstallation complete` unless given. */
  readonly description: string
  /** Milliseconds to wait for somebody who is at work on the release; 0 unless given. */
  readonly waitForLock?: number
}

/** What came of it. */
export interface Uninstalled {
  readonly release: Release
  /** Which objects were left, and why; empty when none was. */
  readonly info: string
}

/**
 * Uninstalls a release as Helm 4.3.1 does: hooks, then those of its objects that still are its own, in the order of kinds; what its chart
 * wants to keep stays. Then its records go, unless they are to be kept.
 *
 * @param context cluster, records, time
 * @param options what and how
 * @returns undefined when there was nothing, and that was fine
 * @throws {ActionError|KubeError|ReleaseError}
 */
export async function uninstall (context: ActionContext, options: UninstallOptions): Promise<Uninstalled | undefined> {
  await context.kube.reach()
  if (options.dryRun) return await rehearse(context, options)
  let revisions = await revisionsOf(context, options)
  if (isUnderWay(revisions?.at(-1)?.info.status ?? '')) {
    await requireUnlocked(context, options.name, options.waitForLock)
    revisions = await revisionsOf(context, options)
  }
  const last = revisions?.at(-1)
  if (revisions === undefined || last === undefined) return undefined
  if (last.info.status !== 'uninstalled') return await withLease(context, last, async context => await removeUnlessLost(context, options, { revisions, last }))
  if (options.keepHistory) throw new ActionError('already-uninstalled', `the release named ${quote(options.name)} is already deleted`)
  await purge(context, revisions)
  return { release: last, info: '' }
}

async function rehearse (context: ActionContext, options: UninstallOptions): Promise<Uninstalled | undefined> {
  const release = await releaseContent(context, options.name).catch((error: unknown) => {
    if (options.ignoreNotFound && isReleaseError(error, 'not-found')) return undefined
    throw error
  })
  if (release === undefined) return undefined
  return { release, info: await rehearseDeletion(context, release) }
}

async function revisionsOf ({ history }: ActionContext, { name, ignoreNotFound }: UninstallOptions): Promise<Release[] | undefined> {
  if (!isReleaseName(name)) throw new ActionError('invalid-name', `uninstall: Release name is invalid: ${name}`)
  try {
    return await history.revisions(name)
  } catch (error) {
    const absent = isReleaseError(error, 'not-found')
    if (absent && ignoreNotFound) return undefined
    throw new ActionError('not-found', `uninstall: Release not loaded: ${name}: ${messageOf(error)}`, { cause: error })
  }
}

async function purge ({ history }: ActionContext, revisions: readonly Release[]): Promise<void> {
  try {
    for (const { name, version } of revisions) await history.delete(name, version)
  } catch (error) {
    throw new ActionError('uninstall-failed', `uninstall: Failed to purge the release: ${messageOf(error)}`, { cause: error })
  }
}

interface Removal {
  readonly revisions: readonly Release[]
  readonly last: Release
}

async function removeUnlessLost (context: ActionContext, options: UninstallOptions, removal: Removal): Promise<Uninstalled> {
  try {
    return await remove(context, options, removal)
  } catch (error) {
    throw lossOf(context.signal) ?? error
  }
}

async function remove (context: ActionContext, options: UninstallOptions, { revisions, last }: Removal): Promise<Uninstalled> {
  const info = { ...last.info, status: 'uninstalling', deleted: context.now(), description: 'Deletion in progress (or silently failed)' }
  const underWay = new ReleaseUnderWay(context, { ...last, info })
  const { timeout, wait } = options
  if (options.hooks) await runHooks(context, underWay, 'pre-delete', { timeout, wait, serverSide: true })
  throwIfCancelled(context.signal)
  await underWay.record()
  const { resources: deleted, info: kept } = await deleteObjects(context, underWay.release, options.cascade)
  const failures = await afterwards(context, options, { underWay, deleted })
  // What is recorded by now is somebody else's.
  throwIfLost(context.signal)
  underWay.release = { ...underWay.release, info: { ...underWay.release.info, status: 'uninstalled', description: options.description || 'Uninstallation complete' } }
  if (options.keepHistory) await keep(context, underWay)
  else await purge(context, revisions).catch((error: unknown) => { failures.push(error) })
  if (failures.length > 0) {
    const messages = failures.map(messageOf).join('; ')
    throw new ActionError('uninstall-failed', `uninstallation completed with ${failures.length} error(s): ${messages}`, { cause: failures[0] })
  }
  return { release: underWay.release, info: kept }
}

interface Aftermath {
  readonly underWay: ReleaseUnderWay
  readonly deleted: readonly Resource[]
}

/** Waits until the objects are gone, if that is wanted, and runs the last hooks; what goes wrong no longer stops the removal. */
async function afterwards (context: ActionContext, options: UninstallOptions, { underWay, deleted }: Aftermath): Promise<unknown[]> {
  const { timeout, wait } = options
  const failures: unknown[] = []
  const attempt = async (work: () => Promise<void>): Promise<void> => { await work().catch((error: unknown) => { failures.push(error) }) }
  if (wait !== 'hookOnly') await attempt(async () => { await waitUntil(context, deleted, { until: 'deleted', timeout, wait }) })
  if (options.hooks) await attempt(async () => { await runHooks(context, underWay, 'post-delete', { timeout, wait, serverSide: true }) })
  return failures
}

/** Keeps the records: this revision uninstalled, those before it that are still called deployed superseded. */
async function keep (context: ActionContext, underWay: ReleaseUnderWay): Promise<void> {
  await underWay.record()
  for (const release of await context.history.deployed(underWay.release.name)) await supersede(context, release)
}
