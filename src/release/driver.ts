import type { LeaseKeeper } from './lease.js'
import type { RecordIndex, ReleaseHead } from './record-index.js'
import type { Release } from './release.js'

/**
 * Where releases are kept. A key is `sh.helm.release.v1.NAME.vN`. Whatever fails is a ReleaseError: `not-found` when, and only when, there
 * is no such record.
 */
export interface ReleaseDriver {
  /** `Secret`, `ConfigMap`, `Memory`, `SQL`. */
  readonly name: string
  get (key: string): Promise<Release>
  /** Every release of the namespace that the predicate accepts; a record that cannot be read is left out. */
  list (accept: (release: Release) => boolean): Promise<Release[]>
  /** The releases whose record has all of these labels; rejects with not-found when there is none. */
  query (labels: ReadonlyMap<string, string>): Promise<Release[]>
  /** What lists show of the releases that `query` gives; absent where reading a record costs nothing. */
  heads? (labels: ReadonlyMap<string, string>): Promise<ReleaseHead[]>
  /** Rejects with already-exists when the key is taken. */
  create (key: string, release: Release): Promise<void>
  update (key: string, release: Release): Promise<void>
  delete (key: string): Promise<Release>
  /** Tells what there is without reading all of it; absent where reading costs nothing. */
  readonly index?: RecordIndex
  /** Keeps leases beside the records; absent where it cannot. */
  readonly leases?: LeaseKeeper
  /** Lets go of what the driver holds, such as a connection. */
  close? (): Promise<void>
}

/** Labels that a record's keeper sets itself. */
export const systemLabels = ['name', 'owner', 'status', 'version', 'createdAt', 'modifiedAt'] as const

/** Whether the user's labels take the place of one of Helm's. */
export function hasSystemLabel (labels: ReadonlyMap<string, string>): boolean {
  return systemLabels.some(name => labels.has(name))
}

/** The user's own labels. */
export function userLabels (labels: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...labels].filter(([name]) => !systemLabels.some(system => system === name)))
}

/** The labels under which a release can be found: the user's, then Helm's. */
export function recordLabels (release: Release): Map<string, string> {
  return new Map([
    ...release.labels,
    ['name', release.name], ['owner', 'helm'], ['status', release.info.status], ['version', String(release.version)]
  ])
}

/** The key of a release's revision. */
export function releaseKey (name: string, version: number): string {
  return `sh.helm.release.v1.${name}.v${version}`
}
