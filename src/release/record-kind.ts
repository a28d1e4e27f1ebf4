import type { Mapping } from '../kube/mapping.js'
import type { Transport } from '../kube/transport.js'

/** How a kind of object holds a record. */
export interface RecordKind {
  readonly mapping: Mapping
  /** The `type` of the object, for Secrets. */
  readonly type?: string
  /** The payload from what stands in `data.release`. */
  readonly unwrap: (data: string) => string
  /** What stands in `data.release` for a payload. */
  readonly wrap: (payload: string) => string
}

/** What a driver in a cluster needs. */
export interface ObjectDriverOptions {
  readonly transport: Transport
  /** Where the releases are; empty for those of all namespaces (to list only). */
  readonly namespace: string
  readonly now: () => Date
  /** Told of records that cannot be read. */
  readonly debug?: (message: string) => void
}
