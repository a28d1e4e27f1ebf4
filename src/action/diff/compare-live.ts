import { messageOf } from '../../errors.js'
import type { KubeClient, UpdateOptions } from '../../kube/client.js'
import { isKubeError } from '../../kube/errors.js'
import type { KubeObject } from '../../kube/objects.js'
import type { Revision } from '../../kube/patch.js'
import { resourceText } from '../../kube/resource.js'
import type { Log } from '../log.js'
import { comparable } from './comparable.js'
import { allFields, namedFields } from './named-fields.js'

/** A live object, and what an update would make of it; fit to be compared. */
export interface LiveComparison {
  readonly live: KubeObject
  readonly wanted: KubeObject
  /** Whether the API said so; otherwise only the fields that the manifests name are there, as the manifest has them. */
  readonly exact: boolean
}

/** What comparing takes. */
export interface ComparingContext {
  readonly kube: KubeClient
  readonly log: Log
}

/**
 * Compares a live object with what an update would make of it. The API is asked (a dry run); where it may not be, or cannot say, the fields count
 * that the manifests name. Fields that others manage are told of, and taken over for the comparison.
 *
 * @param context the cluster, and the log for what the update would be refused for
 * @param revision the object as it was sent last, as it is to be, and as it is
 * @param options how it would be updated
 * @throws {KubeError} when the API cannot be reached
 */
export async function compareLive (context: ComparingContext, revision: Revision, options: UpdateOptions): Promise<LiveComparison> {
  const wanted = await previewed(context, revision, options)
  if (wanted !== undefined) return { live: comparable(revision.live), wanted: comparable(wanted), exact: true }
  const target = comparable(revision.target.object)
  return { live: namedFields(comparable(revision.live), allFields(comparable(revision.original), target)), wanted: target, exact: false }
}

/** What the API says; undefined when it does not. */
async function previewed (context: ComparingContext, revision: Revision, options: UpdateOptions): Promise<KubeObject | undefined> {
  const { kube, log } = context
  try {
    return await kube.preview(revision, options)
  } catch (error) {
    if (isKubeError(error, 'conflict') && options.serverSide && options.forceConflicts !== true) {
      log('WARN', 'others manage fields of an object: an update needs --force-conflicts', { object: resourceText(revision.target), error: messageOf(error) })
      return await previewed(context, revision, { ...options, forceConflicts: true })
    }
    if (isKubeError(error, 'unreachable') || isKubeError(error, 'cancelled') || isKubeError(error, 'unauthorized')) throw error
    // Of those that nobody can help, how many there are is told once.
    const level = isKubeError(error, 'forbidden') || isKubeError(error, 'unsupported') ? 'DEBUG' : 'WARN'
    log(level, 'a dry run is not possible', { object: resourceText(revision.target), error: messageOf(error) })
    return undefined
  }
}

/**
 * Says of how many objects only the named fields were compared.
 *
 * @param log where to
 * @param comparisons all of them
 */
export function tellInexact (log: Log, comparisons: ReadonlyArray<Pick<LiveComparison, 'exact'>>): void {
  const count = comparisons.filter(({ exact }) => !exact).length
  if (count > 0) log('WARN', 'without a dry run only the fields that the manifest names are compared', { objects: String(count) })
}
