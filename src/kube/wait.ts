import { messageOf } from '../errors.js'
import type { WaitFor } from './client.js'
import type { Clock } from './clock.js'
import { cancelled, isKubeError, KubeError } from './errors.js'
import type { KubeObject } from './objects.js'
import { hookStatus, isPaused, objectStatus, statusWithJobs, type ObjectStatus, type Progress } from './ready.js'
import type { Resource } from './resource.js'
import type { WaitLook, WaitProgress } from './wait-progress.js'
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

/** An object that is waited for, and the rule that says how far it is. */
export interface Awaited {
  readonly resource: Resource
  readonly statusOf: (live: KubeObject) => ObjectStatus | Promise<ObjectStatus>
}

/** When waiting is over, and what is complained about then. */
export interface Goal {
  readonly name: WaitLook['goal']
  /** What every object is to come to. */
  readonly wanted: Progress
  readonly isOver: (looks: readonly Look[]) => boolean
  /** What is wrong, a line each; nothing when all is as it is to be. */
  readonly complaints: (looks: readonly Look[], isTimeUp: boolean) => readonly string[]
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
  const awaited = until === 'deleted' ? resources : resources.filter(({ object }) => !isPaused(object))
  const statusOf = (live: KubeObject): ObjectStatus => statusUntil(live, until, waiting.clock.now())
  await waitUntil(awaited.map(resource => ({ resource, statusOf })), until === 'deleted' ? gone : ready, waiting)
}

/**
 * Looks at objects again and again, until the goal is met or time is up.
 *
 * @param awaited what to look at
 * @param goal when it is over
 * @param waiting how to look, and how long
 * @throws {KubeError} not-ready or still-exists with the goal's complaints; cancelled; or what forbids looking
 */
export async function waitUntil (awaited: readonly Awaited[], goal: Goal, waiting: Waiting): Promise<void> {
  const { progress, clock, explain } = waiting
  const report = progress === undefined ? undefined : new WaitReport({ goal: goal.name, progress, clock, explain })
  try {
    await lookUntilOver(awaited, goal, { waiting, report })
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

async function lookUntilOver (awaited: readonly Awaited[], goal: Goal, { waiting, report }: Looking): Promise<void> {
  const deadline = waiting.clock.now().getTime() + (waiting.timeout === 0 ? defaultTimeout : waiting.timeout)
  for (let round = 0; ; round++) {
    const looks = await Promise.all(awaited.map(async each => await look(each, waiting)))
    const left = deadline - waiting.clock.now().getTime()
    const isOver = goal.isOver(looks)
    if (isOver || left <= 0) {
      const lines = goal.complaints(looks, !isOver)
      if (lines.length > 0) throw new KubeError(goal.name === 'gone' ? 'still-exists' : 'not-ready', lines.join('\n'))
      return
    }
    report?.looked(looks.length, looks.filter(({ status }) => status.progress !== goal.wanted))
    await pause(Math.min(left, pauses[round] ?? longPause), waiting)
  }
}

/**
 * Waits between two looks.
 *
 * @param milliseconds how long
 * @param waiting time, and what ends it
 * @throws {KubeError} cancelled
 */
export async function pause (milliseconds: number, { clock, signal }: Pick<Waiting, 'clock' | 'signal'>): Promise<void> {
  try {
    signal?.throwIfAborted()
    await clock.sleep(milliseconds, signal)
  } catch (error) {
    throw cancelled(error)
  }
}

async function look ({ resource, statusOf }: Awaited, { get }: Waiting): Promise<Look> {
  try {
    const live = await get(resource)
    return { resource, status: await statusOf(live), live }
  } catch (error) {
    if (isKubeError(error, 'not-found')) return { resource, status: { progress: 'NotFound', message: 'Resource not found' }, error }
    if (isKubeError(error, 'cancelled') || isKubeError(error, 'forbidden') || isKubeError(error, 'unauthorized')) throw error
    return { resource, status: { progress: 'Unknown', message: messageOf(error) }, error }
  }
}

function statusUntil (live: KubeObject, until: WaitFor, now: Date): ObjectStatus {
  switch (until) {
    case 'hook': return hookStatus(live)
    case 'ready-with-jobs': return statusWithJobs(live, now)
    case 'ready':
    case 'deleted': return objectStatus(live, now)
  }
}

/** Every object is ready, or has failed for good. */
export const ready: Goal = {
  name: 'ready',
  wanted: 'Current',
  isOver: looks => looks.every(({ status: { progress } }) => progress === 'Current' || progress === 'Failed'),
  complaints: (looks, isTimeUp) => complaints(looks, { wanted: 'Current', words: 'not ready', isTimeUp })
}

/** No object is there any more. */
const gone: Goal = {
  name: 'gone',
  wanted: 'NotFound',
  isOver: looks => looks.every(({ status }) => status.progress === 'NotFound'),
  complaints: (looks, isTimeUp) => complaints(looks, { wanted: 'NotFound', words: 'still exists', isTimeUp })
}

interface Complaint {
  readonly wanted: Progress
  readonly words: string
  readonly isTimeUp: boolean
}

/** As Helm words it. */
function complaints (looks: readonly Look[], { wanted, words, isTimeUp }: Complaint): string[] {
  const lines = looks.filter(({ status }) => status.progress !== wanted).map(({ resource: { mapping, namespace, name }, status }) =>
    `resource ${mapping.kind}/${namespace}/${name} ${words}. status: ${status.progress}, message: ${status.message}`)
  return isTimeUp ? [...lines, 'context deadline exceeded'] : lines
}
