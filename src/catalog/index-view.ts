import type { ByteRange } from '../../storage/backend.js'

/** How an index is written: as YAML, or as JSON, which is YAML too and which Helm reads several times faster. */
export type IndexForm = 'yaml' | 'json'

/** Names `offset` to `offset + limit`, by position in their bytewise order. */
export interface Page {
  readonly offset: number
  /** To the last one when left out. */
  readonly limit?: number
}

/**
 * A tenant's index in one form, as of one revision: nothing in it changes, however long it is held. The parts that its methods give are shared:
 * they must not be written to.
 */
export interface IndexView {
  /** Raised by each change of the tenant; 0 for one that never had any. */
  readonly revision: bigint
  /**
   * Opaque, without quotes; the same for both forms, so a server adds the form. It changes with the revision and with whatever else the bytes
   * depend on.
   */
  readonly etag: string
  /** When the tenant last changed; 1970 for one that never did. The body's `generated` is this, rounded to seconds. */
  readonly generated: Date
  /** The number of charts, and of their versions. */
  readonly charts: number
  readonly versions: number
  /** Of the document, in bytes. */
  readonly length: number
  /**
   * The document: as sigs.k8s.io/yaml would print it, or one line of JSON in the order of ChartMuseum's fields. In one piece where it is small.
   *
   * @param range the part to give; all when left out
   */
  parts (range?: ByteRange): Iterable<Uint8Array>
  /** The document as one gzip stream, made of parts that are compressed once and kept. */
  gzip (): AsyncIterable<Uint8Array>
}
