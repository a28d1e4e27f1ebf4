import { messageOf } from '../errors.js'
import type { Clock } from './clock.js'
import { isKubeError } from './errors.js'
import type { KubeObject } from './objects.js'
import type { ObjectStatus } from './ready.js'
import { finalizers, ownReasons } from './reasons.js'
import type { Resource } from './resource.js'
import type { WaitLook, WaitProgress } from './wait-progress.js'

/** What was seen of one object. */
export interface Look {
  readonly resource: Resource
  readonly status: ObjectStatus
  /** As it lives; undefined when it is absent or could not be read. */
  readonly live?: KubeObject
  /** Why there is nothing to see. */
  readonly error?: unknown
}

/**
 * Finds out, by asking the cluster, why an object is not ready.
 *
 * @throws {KubeError} when what would tell cannot be read
 */
export type Explain = (resource: Resource, live: KubeObject) => Promise<readonly string[]>

/** For how long an object is waited for before anybody asks why, and how long an answer counts, in milliseconds. */
const patience = 3000
const renewal = 10_000
/** How many objects are asked about at once: each costs a few requests. */
const atOnce = 4

/** What the report takes from outside. */
export interface WaitReportOptions {
  readonly goal: WaitLook['goal']
  readonly progress: WaitProgress
  readonly clock: Clock
  /** Asked about objects that are to be ready; nothing is unless given. */
  readonly explain: Explain | undefined
}

/**
 * Tells how one wait goes: what is not ready, since when, and why. The cluster is asked for reasons beside the waiting, never instead of it: an
 * answer that comes late is told later.
 */
export class WaitReport {
  readonly #options: WaitReportOptions
  readonly #since = new Map<Resource, number>()
  readonly #asked = new Map<Resource, number>()
  readonly #found = new Map<Resource, readonly string[]>()
  #asking = 0
  #trouble: string | undefined
  #isForbidden = false

  constructor (options: WaitReportOptions) {
    this.#options = options
  }

  /**
   * Tells of a look.
   *
   * @param total how many objects were looked at
   * @param open those that are not as they are to be
   */
  looked (total: number, open: readonly Look[]): void {
    const { clock, goal, progress } = this.#options
    const now = clock.now().getTime()
    this.#remember(open, now)
    this.#ask(open, now)
    const waiting = open.map(({ resource, status, live }) => ({
      kind: resource.mapping.kind,
      namespace: resource.namespace,
      name: resource.name,
      status,
      reasons: [...live === undefined ? [] : goal === 'gone' ? finalizers(live) : ownReasons(live, status.message), ...this.#found.get(resource) ?? []],
      age: now - (this.#since.get(resource) ?? now)
    }))
    progress.looked({ goal, total, waiting, ...this.#trouble === undefined ? {} : { trouble: this.#trouble } })
  }

  /** Tells that the wait is over. */
  ended (isMet: boolean): void {
    this.#options.progress.ended(isMet)
  }

  /** What became ready, and then is not any more, is waited for anew. */
  #remember (open: readonly Look[], now: number): void {
    const still = new Set(open.map(({ resource }) => resource))
    for (const resource of this.#since.keys()) if (!still.has(resource)) this.#since.delete(resource)
    for (const resource of still) if (!this.#since.has(resource)) this.#since.set(resource, now)
  }

  #ask (open: readonly Look[], now: number): void {
    const { explain, goal } = this.#options
    if (explain === undefined || goal === 'gone' || this.#isForbidden) return
    const isDue = ({ resource }: Look): boolean =>
      now - (this.#since.get(resource) ?? now) >= patience && now - (this.#asked.get(resource) ?? -renewal) >= renewal
    // Whoever was asked about longest ago is first, so that each has its turn.
    const due = open.filter(isDue).sort((a, b) => (this.#asked.get(a.resource) ?? 0) - (this.#asked.get(b.resource) ?? 0))
    for (const { resource, live } of due) {
      if (this.#asking >= atOnce) return
      if (live === undefined) continue
      this.#asked.set(resource, now)
      this.#askAbout(explain(resource, live), resource)
    }
  }

  #askAbout (answer: Promise<readonly string[]>, resource: Resource): void {
    this.#asking++
    answer.then(reasons => { this.#found.set(resource, reasons) }, (error: unknown) => {
      this.#trouble = `why cannot be told in full: ${messageOf(error)}`
      this.#isForbidden ||= isKubeError(error, 'forbidden')
    }).finally(() => { this.#asking-- })
  }
}
