import { conditionStatus, type ConditionOn } from './condition.js'
import type { KubeObject } from './objects.js'
import type { ObjectStatus } from './ready.js'
import { ready, waitUntil, type Waiting } from './wait.js'

/**
 * Waits until all conditions are met; an object that is not there does not meet any.
 *
 * @param conditions on which objects
 * @param waiting how to look, and how long
 * @throws {KubeError} not-ready: a line for each condition that is not met, then `context deadline exceeded`
 */
export async function waitForConditions (conditions: readonly ConditionOn[], waiting: Waiting): Promise<void> {
  // A copy for each: an object may be to meet several.
  const awaited = conditions.map(({ resource, condition }) => ({ resource: { ...resource }, statusOf: (live: KubeObject): ObjectStatus => conditionStatus(live, condition) }))
  await waitUntil(awaited, ready, waiting)
}
