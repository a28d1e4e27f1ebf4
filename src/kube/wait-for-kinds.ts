import type { Clock } from './clock.js'
import type { Discovery } from './discovery.js'
import { isKubeError } from './errors.js'
import type { GroupVersionKind } from './objects.js'
import { pause } from './wait.js'

/** How often it is looked, in milliseconds. */
const interval = 250

/**
 * Waits until the API has kinds whose definitions were just created or changed: it tells of them, and serves them, a little later.
 *
 * @param discovery what the API has
 * @param kinds what it is to have
 * @param options time, how long it may take, and what ends the waiting
 * @throws {KubeError} no-match: the API still lacks one; cancelled
 */
export async function waitForKinds (discovery: Discovery, kinds: readonly GroupVersionKind[], { clock, timeout, signal }: { readonly clock: Clock, readonly timeout: number, readonly signal?: AbortSignal | undefined }): Promise<void> {
  const deadline = clock.now().getTime() + timeout
  for (const kind of kinds) {
    while (!await isKnown(discovery, kind, clock.now().getTime() >= deadline)) await pause(interval, { clock, signal })
  }
}

async function isKnown (discovery: Discovery, kind: GroupVersionKind, last: boolean): Promise<boolean> {
  try {
    await discovery.mapping(kind)
    return true
  } catch (error) {
    if (last || !isKubeError(error, 'no-match')) throw error
    return false
  }
}
