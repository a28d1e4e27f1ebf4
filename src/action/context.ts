import type { Chart } from '../chart/chart.js'
import type { LookUp } from '../engine/look-up.js'
import type { RenderBounds } from '../engine/options.js'
import type { KubeClient, ObjectReader, PodLogs } from '../kube/client.js'
import type { WaitProgress } from '../kube/wait-progress.js'
import type { LeaseTerms } from '../release/lease.js'
import type { History } from '../release/history.js'
import type { GoTime } from '../go/time.js'
import type { Dict } from '../go/value.js'
import type { Log } from './log.js'

/** What rendering takes from outside. */
export interface RenderContext extends RenderBounds {
  readonly clock: () => Date
  /** Random bytes, as many as asked for, fit for secrets. */
  readonly random: (size: number) => Uint8Array
  readonly log: Log
  /** The time as records have it, in the user's time zone. */
  readonly now: () => GoTime
  /** What `lookup` finds; nothing unless given. */
  readonly lookUp?: LookUp
  /** What `getHostByName` finds; nothing unless given. */
  readonly hostByName?: (name: string) => string
  /** Finds the address of a host, so that `getHostByName` can (--enable-dns). */
  readonly resolveHost?: (name: string) => Promise<string>
  /** Changes what was rendered, all documents as one stream (--post-renderer). */
  readonly postRender?: (manifests: string) => Promise<string>
  /** Checks values by the schemas of a chart and its sub-charts; Helm's way of it, loaded when a chart has a schema, unless given. */
  readonly validate?: (chart: Chart, values: Dict, log: Log) => void
}

/** What a context says of limits, for the engine. */
export function boundsOf ({ limits, limitHint }: RenderContext): RenderBounds {
  return { ...limits === undefined ? {} : { limits }, ...limitHint === undefined ? {} : { limitHint } }
}

/** What every action on releases works with: all of it is passed in. */
export interface ActionContext extends RenderContext {
  readonly kube: KubeClient
  readonly history: History
  /** Aborted by the user: an operation under way is ended, and recorded as failed. */
  readonly signal: AbortSignal
  /** How work on a release is announced to others; none is unless given. */
  readonly lease?: LeaseTerms
  /** Finds what templates look up; without it they find nothing. */
  readonly objects?: ObjectReader
  /** Reads what hooks printed, where their chart asks for it. */
  readonly podLogs?: PodLogs
  /** Told how waiting goes. */
  readonly progress?: WaitProgress
}
