import type { Limits } from '../template/runtime.js'
import type { Sources } from '../sprig/sources.js'
import type { Warn } from '../chart/warn.js'
import type { LookUp } from './look-up.js'

/** Bounds on a render, and how errors tell of them. */
export interface RenderBounds {
  /** Bounds on the whole render, where they differ from the template engine's defaults. */
  readonly limits?: Partial<Limits>
  /** What errors of these limits say at their end: how they are raised. */
  readonly limitHint?: string
}

/** What rendering takes from outside besides the chart and its values. */
export interface EngineOptions extends Sources, RenderBounds {
  /** What `lookup` finds; nothing unless given, as without a cluster. */
  readonly lookUp?: LookUp
  /** The address that `getHostByName` finds; without it, as without --enable-dns, it is empty. */
  readonly hostByName?: (name: string) => string
  /** Whether `required` and `fail` let the template go on, and say it through `warn`: what `lint` wants. */
  readonly lint?: boolean
  /** Whether a missing key is an error. */
  readonly strict?: boolean
  /** Told what Helm logs. */
  readonly warn?: Warn
}
