import type { StatusReader, LiveObjects } from '../kube/client.js'
import type { Release } from '../release/release.js'
import type { ActionContext } from './context.js'
import { get } from './get.js'

/** A release, and what lives of it in the cluster. */
export interface ReleaseStatus {
  readonly release: Release
  readonly resources: LiveObjects
}

/** What is asked for. */
export interface StatusOptions {
  readonly name: string
  /** The newest when 0. */
  readonly revision: number
  /** Whether objects are wanted as the API's tables, for people, or as they are. */
  readonly tables: boolean
}

/**
 * A release with its live objects and the Pods that belong to them; what is gone is left out.
 *
 * @param context cluster and records
 * @param options which release
 * @param reader looks the objects up
 * @throws {KubeError|ReleaseError|ActionError}
 */
export async function status (context: ActionContext, { name, revision, tables }: StatusOptions, reader: StatusReader): Promise<ReleaseStatus> {
  const release = await get(context, name, revision)
  const resources = await context.kube.build(release.manifest)
  return { release, resources: await reader.describe(resources, { tables }) }
}
