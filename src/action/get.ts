import type { Release } from '../release/release.js'
import type { ActionContext } from './context.js'
import { ActionError } from './errors.js'
import { isReleaseName } from './release-name.js'

/**
 * A release's record: what the `get` commands show.
 *
 * @param context cluster and records
 * @param name the release
 * @param revision which revision; the newest when 0 or left out
 * @throws {KubeError|ReleaseError|ActionError} unreachable, not-found, invalid-name
 */
export async function get (context: ActionContext, name: string, revision = 0): Promise<Release> {
  await context.kube.reach()
  return await releaseContent(context, name, revision)
}

/** As `get`, for callers that have reached the cluster already. */
export async function releaseContent ({ history }: ActionContext, name: string, revision = 0): Promise<Release> {
  if (!isReleaseName(name)) throw new ActionError('invalid-name', `releaseContent: Release name is invalid: ${name}`)
  return revision <= 0 ? await history.last(name) : await history.get(name, revision)
}
