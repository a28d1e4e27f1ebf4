import type { ActionContext } from './context.js'
import type { ObjectChange } from './diff/object-change.js'
import { recordChanges } from './diff/record-changes.js'
import { ActionError } from './errors.js'
import { releaseContent } from './get.js'

/** Which revisions of a release are compared. */
export interface RevisionsOptions {
  readonly name: string
  readonly from: number
  /** The newest when left out. */
  readonly to?: number
  /** Whether hooks count. */
  readonly hooks: boolean
}

/**
 * What differs between two revisions of a release, as they are recorded.
 *
 * @param context cluster and records
 * @param options which
 * @throws {KubeError|ReleaseError|ActionError} unreachable, not-found, invalid-name, invalid-option
 */
export async function diffRevisions (context: ActionContext, { name, from, to, hooks }: RevisionsOptions): Promise<ObjectChange[]> {
  if (from < 1 || (to !== undefined && to < 1)) throw new ActionError('invalid-option', 'invalid release revision')
  await context.kube.reach()
  const sides = [await releaseContent(context, name, from), await releaseContent(context, name, to)] as const
  return await recordChanges(context.kube, sides, { hooks })
}
