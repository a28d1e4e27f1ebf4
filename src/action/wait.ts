import type { WaitFor } from '../kube/client.js'
import type { Condition, ConditionOn } from '../kube/condition.js'
import type { Resource } from '../kube/resource.js'
import type { ActionContext } from './context.js'
import type { WaitStrategy } from './wait-strategy.js'

/** What is waited for, and how long in milliseconds. */
export interface WaitTerms {
  readonly until: WaitFor
  readonly timeout: number
  /** By whose rules; only `legacy` makes a difference. */
  readonly wait: WaitStrategy
}

/**
 * Waits for objects; the user may end it, and is told how it goes.
 *
 * @param context cluster, and who is told
 * @param resources what to wait for
 * @param terms which state, and how long
 * @throws {KubeError} not-ready, still-exists or cancelled
 */
export async function waitUntil (context: ActionContext, resources: readonly Resource[], { until, timeout, wait }: WaitTerms): Promise<void> {
  const { kube, signal, progress } = context
  await kube.wait(resources, until, { timeout, signal, progress, legacy: wait === 'legacy' })
}

/** What a release is waited for by: all of its objects, and conditions on some. */
export interface Expected {
  readonly resources: readonly Resource[]
  readonly conditions: readonly ConditionOn[]
}

/** The flags of the commands that wait so. */
export interface ReadinessOptions {
  readonly wait: WaitStrategy
  readonly waitForJobs: boolean
  readonly timeout: number
}

/**
 * Waits once the objects of a release were sent: for all of them, if that is wanted, and then for conditions, both within one timeout.
 *
 * @param context cluster, time, and who is told
 * @param expected what to wait for
 * @param options how
 * @throws {KubeError} not-ready or cancelled
 */
export async function waitUntilReady (context: ActionContext, { resources, conditions }: Expected, { wait, waitForJobs, timeout }: ReadinessOptions): Promise<void> {
  const start = context.clock().getTime()
  if (wait !== 'hookOnly') await waitUntil(context, resources, { until: waitForJobs ? 'ready-with-jobs' : 'ready', timeout, wait })
  if (conditions.length === 0) return
  const { kube, signal, progress } = context
  // 0 is the waiter's own default.
  const left = timeout === 0 ? 0 : Math.max(1, timeout - (context.clock().getTime() - start))
  await kube.waitForConditions(conditions, { timeout: left, signal, progress })
}

/** Where conditions may find their objects: among those of a release, or else in its namespace. */
export interface ReleaseObjects {
  readonly resources: readonly Resource[]
  readonly namespace: string
}

/**
 * Finds the objects that conditions are about. A release may have several of a kind and name, in several namespaces: then all are to meet it.
 *
 * @param context the cluster
 * @param conditions what the user wrote
 * @param objects the release's
 * @throws {KubeError} no-match, for a kind that the cluster does not have
 */
export async function conditionsOn ({ kube }: ActionContext, conditions: readonly Condition[], { resources, namespace }: ReleaseObjects): Promise<ConditionOn[]> {
  const found = await Promise.all(conditions.map(async condition => {
    const own = resources.filter(resource => isMeant(resource, condition))
    const meant = own.length > 0 ? own : [await kube.locate(condition, namespace)]
    return meant.map(resource => ({ resource, condition }))
  }))
  return found.flat()
}

function isMeant ({ mapping, name }: Resource, condition: Condition): boolean {
  const kind = condition.kind.toLowerCase()
  const isKind = mapping.kind.toLowerCase() === kind || mapping.plural === kind
  return isKind && name === condition.name && (condition.group === undefined || condition.group === mapping.group)
}
