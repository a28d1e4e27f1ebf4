/** Names `offset` to `offset + limit`, by position in their bytewise order. */
export interface Page {
  readonly offset: number
  /** To the last one when left out. */
  readonly limit?: number
}

/**
 * A tenant's index as of one revision: nothing in it changes, however long it is held. The parts that its methods give are shared: they must
 * not be written to.
 */
export interface IndexView {
  /** Raised by each change of the tenant; 0 for one that never had any. */
  readonly revision: bigint
  /**
   * Opaque, without quotes; the same for YAML and JSON, so a server adds the form. It changes with the revision and with whatever else the
   * bytes depend on.
   */
  readonly etag: string
  /** When the tenant last changed; 1970 for one that never did. The body's `generated` is this, rounded to seconds. */
  readonly generated: Date
  /** The number of charts, and of their versions. */
  readonly charts: number
  readonly versions: number
  /** The document as sigs.k8s.io/yaml would print it. */
  yaml (): Iterable<Uint8Array>
  readonly yamlLength: number
  /** The same as one line of JSON, in the order of ChartMuseum's fields. */
  json (): Iterable<Uint8Array>
  readonly jsonLength: number
  /** Only the entries, as a JSON object of name to array of versions: what ChartMuseum's `GET /api/charts` answers. */
  entriesJson (page?: Page): Iterable<Uint8Array>
}
