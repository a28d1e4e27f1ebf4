import { messageOf } from '../errors.js'
import { quote } from '../go/strconv.js'
import type { Resource } from '../kube/resource.js'
import { withStatus, type Release } from '../release/release.js'
import type { ActionContext } from './context.js'
import { ActionError } from './errors.js'
import { rollback } from './rollback.js'
import type { ReleaseUnderWay } from './under-way.js'
import type { UpgradeOptions } from './upgrade.js'

/** An upgrade that failed, and how far it had come. */
export interface FailedUpgrade {
  readonly underWay: ReleaseUnderWay
  readonly created: readonly Resource[]
  readonly error: unknown
}

/**
 * Records that an upgrade failed; then deletes what it created, and goes back to the last good revision, where that is wanted.
 *
 * @param context cluster, records, time
 * @param options the upgrade's
 * @param failure what happened
 * @returns the error to throw, in Helm's words
 */
export async function failedUpgrade (context: ActionContext, options: UpgradeOptions, { underWay, created, error }: FailedUpgrade): Promise<unknown> {
  const { name } = options
  context.log('WARN', 'upgrade failed', { name, error: messageOf(error) })
  underWay.release = withStatus(underWay.release, 'failed', `Upgrade ${quote(name)} failed: ${messageOf(error)}`)
  await underWay.record()
  const trouble = await undo(context, options, created)
  if (trouble !== undefined) {
    const { what, detail } = trouble
    return new ActionError('upgrade-failed', [`${what}. original upgrade error`, messageOf(error), ...detail === undefined ? [] : [detail]].join(': '), { cause: error })
  }
  if (!options.rollbackOnFailure) return error
  return new ActionError('upgrade-failed', `release ${name} failed, and has been rolled back due to rollback-on-failure being set: ${messageOf(error)}`, { cause: error })
}

/** What went wrong with the undoing itself. */
interface Trouble {
  readonly what: string
  readonly detail?: string
}

async function undo (context: ActionContext, options: UpgradeOptions, created: readonly Resource[]): Promise<Trouble | undefined> {
  if (options.cleanupOnFail && created.length > 0) {
    context.log('DEBUG', 'cleanup on fail set', { cleaning_resources: String(created.length) })
    const trouble = await troubleOf('an error occurred while cleaning up resources', async () => { await cleanUp(context, created) })
    if (trouble !== undefined) return trouble
  }
  return options.rollbackOnFailure ? await goBack(context, options) : undefined
}

async function cleanUp ({ kube }: ActionContext, created: readonly Resource[]): Promise<void> {
  await kube.delete(created, 'background').catch((error: unknown) => {
    throw new ActionError('upgrade-failed', `unable to cleanup resources: ${messageOf(error)}`, { cause: error })
  })
}

/** Goes back to the newest revision that was deployed once: one that failed is not superseded before another succeeds. */
async function goBack (context: ActionContext, options: UpgradeOptions): Promise<Trouble | undefined> {
  context.log('DEBUG', 'Upgrade failed and rollback-on-failure is set, rolling back to previous successful release')
  let revisions: Release[] = []
  const trouble = await troubleOf('an error occurred while finding last successful release', async () => { revisions = await context.history.revisions(options.name) })
  if (trouble !== undefined) return trouble
  const good = revisions.findLast(({ info: { status } }) => status === 'superseded' || status === 'deployed')
  if (good === undefined) return { what: 'unable to find a previously successful release when attempting to rollback' }
  const { name, wait, waitForJobs, hooks, forceReplace, forceConflicts, serverSide, timeout } = options
  // The user may have ended the upgrade; going back is not ended by that.
  const lasting = { ...context, signal: new AbortController().signal }
  return await troubleOf('an error occurred while rolling back the release', async () => {
    await rollback(lasting, { name, revision: good.version, wait, waitForJobs, hooks, forceReplace, forceConflicts, serverSide, timeout, ...plainly })
  })
}

const plainly = { dryRun: false, cleanupOnFail: false, maxHistory: 0, description: '' } as const

async function troubleOf (what: string, work: () => Promise<void>): Promise<Trouble | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    return { what, detail: messageOf(error) }
  }
}
