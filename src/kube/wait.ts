import { messageOf } from '../errors.js'
import type { WaitFor } from './client.js'
import type { Clock } from './clock.js'
import { isKubeError, KubeError } from './errors.js'
import type { KubeObject } from './objects.js'
import { hookStatus, isPaused, objectStatus, statusWithJobs, type ObjectStatus, type Progress } from './ready.js'
import type { Resource } from './resource.js'
import type { WaitProgress } from './wait-progress.js'
import { WaitReport, type Explain, type Look } from './wait-report.js'

/** What waiting needs. */
export interface Waiting {
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
  /** Milliseconds; 0 means 30 seconds. */
  readonly timeout: number
  /** The live object; rejects with not-found. */
  readonly get: (resource: Resource) => Promise<KubeObject>
  /** Told how it goes. */
  readonly progress?: WaitProgress | undefined
  /** Finds out why an object is not ready, for those who are told. */
  readonly explain?: Explain
}

const defaultTimeout = 30_000
/** The first looks come quickly, later ones once a second. */
const pauses = [100, 200, 300, 400, 500, 500]
const longPause = 1000

/**
 * Waits until all resources are as asked for, looking at each again and again. An object that failed for good is not waited for; it is
 * complained about when the others are ready.
 *
 * @param resources what to wait for
 * @param until which state
 * @param waiting how to look, and how long
 * @throws {KubeError} not-ready or still-exists: a line for each object that is not as asked for, then `context deadline exceeded` when time ran out
 */
export async function waitFor (resources: readonly Resource[], until: WaitFor, waiting: Waiting): Promise<void> {
  const { progress, clock, explain } = waiting
  const report = progress === undefined ? undefined : new WaitReport({ goal: until === 'deleted' ? 'gone' : 'ready', progress, clock, explain })
  try {
    await lookUntilDone(resources, until, { waiting, report })
  } catch (error) {
    report?.ended(false)
    throw error
  }
  report?.ended(true)
}

interface Looking {
  readonly waiting: Waiting
  readonly report: WaitReport | undefined
}

async function lookUntilDone (resources: readonly Resource[], until: WaitFor, { waiting, report }: Looking): Promise<void> {
  const deadline = waiting.clock.now().getTime() + (waiting.timeout === 0 ? defaultTimeout : waiting.timeout)
  const awaited = until === 'deleted' ? resources : resources.filter(({ object }) => !isPaused(object))
  for (let round = 0; ; round++) {
    const looks = await Promise.all(awaited.map(async resource => ({ resource, ...await look(resource, until, waiting) })))
    if (looks.every(({ status }) => isSettled(status.progress, until))) {
      complain(looks, until, [])
      return
    }
    const left = deadline - waiting.clock.now().getTime()
    if (left <= 0) complain(looks, until, ['context deadline exceeded'])
    report?.looked(looks.length, looks.filter(({ status }) => status.progress !== wantedProgress(until)))
    await pause(Math.min(left, pauses[round] ?? longPause), waiting)
  }
}

async function pause (milliseconds: number, { clock, signal }: Waiting): Promise<void> {
  try {
    signal?.throwIfAborted()
    await clock.sleep(milliseconds, signal)
  } catch (error) {
    throw new KubeError('cancelled', 'context canceled', { cause: error })
  }
}

async function look (resource: Resource, until: WaitFor, { get, clock }: Waiting): Promise<Omit<Look, 'resource'>> {
  try {
    const live = await get(resource)
    return { status: statusOf(live, until, clock.now()), live }
  } catch (error) {
    if (isKubeError(error, 'not-found')) return { status: { progress: 'NotFound', message: 'Resource not found' } }
    if (isKubeError(error, 'cancelled') || isKubeError(error, 'forbidden') || isKubeError(error, 'unauthorized')) throw error
    return { status: { progress: 'Unknown', message: messageOf(error) } }
  }
}

function statusOf (live: KubeObject, until: WaitFor, now: Date): ObjectStatus {
  switch (until) {
    case 'hook': return hookStatus(live)
    case 'ready-with-jobs': return statusWithJobs(live, now)
    case 'ready':
    case 'deleted': return objectStatus(live, now)
  }
}

function wantedProgress (until: WaitFor): Progress {
  return until === 'deleted' ? 'NotFound' : 'Current'
}

function isSettled (progress: Progress, until: WaitFor): boolean {
  return until === 'deleted' ? progress === 'NotFound' : progress === 'Current' || progress === 'Failed'
}

function complain (looks: readonly Look[], until: WaitFor, more: readonly string[]): void {
  const words = until === 'deleted' ? 'still exists' : 'not ready'
  const lines = looks.filter(({ status }) => status.progress !== wantedProgress(until)).map(({ resource: { mapping, namespace, name }, status }) =>
    `resource ${mapping.kind}/${namespace}/${name} ${words}. status: ${status.progress}, message: ${status.message}`)
  if (lines.length + more.length > 0) throw new KubeError(until === 'deleted' ? 'still-exists' : 'not-ready', [...lines, ...more].join('\n'))
}
