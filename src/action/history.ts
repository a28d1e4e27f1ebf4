import type { ReleaseHead } from '../release/record-index.js'
import type { ActionContext } from './context.js'
import { ActionError } from './errors.js'
import { isReleaseName } from './release-name.js'

/**
 * The revisions of a release: what `history` shows.
 *
 * @param context cluster and records
 * @param name the release
 * @returns all of them, oldest first
 * @throws {KubeError|ReleaseError|ActionError} unreachable, not-found, invalid-name
 */
export async function history (context: ActionContext, name: string): Promise<ReleaseHead[]> {
  await context.kube.reach()
  if (!isReleaseName(name)) throw new ActionError('invalid-name', `release name is invalid: ${name}`)
  context.log('DEBUG', 'getting history for release', { release: name })
  return await context.history.heads(name)
}
