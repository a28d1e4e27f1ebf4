import { quote } from '../go/strconv.js'
import { isReleaseError } from '../release/errors.js'
import { isPending, type Release } from '../release/release.js'
import type { ActionContext } from './context.js'
import { ActionError } from './errors.js'

/** What an upgrade goes on from. */
export interface Base {
  /** The newest revision, whatever became of it. */
  readonly last: Release
  /** The revision whose objects are there: the one that is deployed, else the newest. */
  readonly current: Release
}

/**
 * The revisions that an upgrade goes on from. A revision that is pending locks the release.
 *
 * @param context cluster and records
 * @param name the release
 * @throws {ActionError} no-deployed, pending
 * @throws {ReleaseError}
 */
export async function baseRevision ({ history }: ActionContext, name: string): Promise<Base> {
  const last = await history.last(name).catch((error: unknown) => {
    if (isReleaseError(error, 'not-found')) throw noDeployed(name)
    throw error
  })
  const { status } = last.info
  if (isPending(status)) throw new ActionError('pending', 'another operation (install/upgrade/rollback) is in progress')
  if (status === 'deployed') return { last, current: last }
  const deployed = (await history.deployed(name)).at(-1)
  if (deployed !== undefined) return { last, current: deployed }
  if (status !== 'failed' && status !== 'superseded') throw noDeployed(name)
  return { last, current: last }
}

function noDeployed (name: string): ActionError {
  return new ActionError('no-deployed', `${quote(name)} has no deployed releases`)
}
