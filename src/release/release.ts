import type { Chart } from '../chart/chart.js'
import type { GoTime } from '../go/time.js'
import type { Dict } from '../go/value.js'

/** The states a release can be in. */
export const statuses = [
  'unknown', 'deployed', 'uninstalled', 'superseded', 'failed', 'uninstalling', 'pending-install', 'pending-upgrade', 'pending-rollback'
] as const

/** The state of one revision of a release. */
export type Status = typeof statuses[number]

/** What is known about one revision beside its contents. Times are absent where Helm has its zero time. */
export interface Info {
  readonly firstDeployed?: GoTime
  readonly lastDeployed?: GoTime
  readonly deleted?: GoTime
  /** A sentence for people about how it came to its status. */
  readonly description: string
  /** One of `statuses`; a text that another tool wrote is kept as it is. */
  readonly status: string
  /** The revision that a rollback went back to; 0 when it was none. */
  readonly rollbackRevision: number
  /** The rendered NOTES.txt. */
  readonly notes: string
}

/** How the last run of a hook went. */
export interface HookExecution {
  readonly startedAt?: GoTime
  readonly completedAt?: GoTime
  /** Empty before the first run, else `Unknown`, `Running`, `Succeeded` or `Failed`. */
  readonly phase: string
}

/** An object that is created at an event of a release's life, rather than with the release. */
export interface Hook {
  readonly name: string
  readonly kind: string
  /** The template it came from. */
  readonly path: string
  readonly manifest: string
  readonly events: readonly string[]
  readonly lastRun: HookExecution
  readonly weight: number
  readonly deletePolicies: readonly string[]
  readonly outputLogPolicies: readonly string[]
}

/** How objects were sent: by server-side apply, by the client, or not told (Helm 3, which is by the client). */
export type ApplyMethod = 'ssa' | 'csa' | ''

/** One revision of a release: Helm's record of it. */
export interface Release {
  readonly name: string
  readonly info: Info
  /** What was installed. Sub-charts are not recorded, and so absent from a release that was read; a damaged record may lack the chart. */
  readonly chart?: Chart
  /** The values that the user gave; undefined where the record has none. */
  readonly config?: Dict
  readonly manifest: string
  readonly hooks: readonly Hook[]
  /** The revision, from 1. */
  readonly version: number
  readonly namespace: string
  readonly applyMethod: string
  /** Labels of the stored record: the user's, and Helm's own where a list or query gave the release. */
  readonly labels: ReadonlyMap<string, string>
}

/** The release in another state. */
export function withStatus (release: Release, status: Status, description: string): Release {
  return { ...release, info: { ...release.info, status, description } }
}

/** Whether an operation is under way that changes the release, removal included, or was when its process ended. */
export function isUnderWay (status: string): boolean {
  return status === 'uninstalling' || isPending(status)
}

/** Whether an operation is under way, or was when its process ended. */
export function isPending (status: string): boolean {
  return status === 'pending-install' || status === 'pending-upgrade' || status === 'pending-rollback'
}
