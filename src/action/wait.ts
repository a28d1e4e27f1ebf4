import type { WaitFor } from '../kube/client.js'
import type { Resource } from '../kube/resource.js'
import type { ActionContext } from './context.js'

/** What is waited for, and how long in milliseconds. */
export interface WaitTerms {
  readonly until: WaitFor
  readonly timeout: number
}

/**
 * Waits for objects; the user may end it, and is told how it goes.
 *
 * @param context cluster, and who is told
 * @param resources what to wait for
 * @param terms which state, and how long
 * @throws {KubeError} not-ready, still-exists or cancelled
 */
export async function waitUntil (context: ActionContext, resources: readonly Resource[], { until, timeout }: WaitTerms): Promise<void> {
  const { kube, signal, progress } = context
  await kube.wait(resources, until, { timeout, signal, progress })
}
