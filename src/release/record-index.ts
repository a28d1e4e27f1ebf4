import type { Chart } from '../chart/chart.js'
import type { Release } from './release.js'

/** What a record's keeper knows of a release without looking into its record. */
export interface RecordEntry {
  readonly key: string
  readonly namespace: string
  readonly name: string
  readonly version: number
  readonly status: string
  readonly labels: ReadonlyMap<string, string>
}

/** What lists show of a release. */
export type ReleaseHead = Pick<Release, 'name' | 'namespace' | 'version' | 'info' | 'labels'> & {
  /** Absent where a damaged record has none. */
  readonly chart?: Pick<Chart, 'metadata'>
}

/**
 * An ability of drivers: what there is, without the records; then the heads of the few that are of interest. Of thousands of revisions a
 * list shows hundreds, and of each a hundredth.
 */
export interface RecordIndex {
  /** Every record of the namespace, or of all. */
  entries (): Promise<RecordEntry[]>
  /** The heads, in the order of their entries; undefined for what is gone or cannot be read. */
  heads (entries: readonly RecordEntry[]): Promise<Array<ReleaseHead | undefined>>
}

/** The entry of labels as drivers keep them; undefined when they are none of a release. */
export function entryOf (key: string, namespace: string, labels: ReadonlyMap<string, string>): RecordEntry | undefined {
  const [name, version, status] = [labels.get('name'), Number(labels.get('version')), labels.get('status')]
  return name === undefined || status === undefined || !Number.isInteger(version) ? undefined : { key, namespace, name, version, status, labels }
}
