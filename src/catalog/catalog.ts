import type { Readable } from 'node:stream'
import type { Backend, ByteRange } from '../../storage/backend.js'
import type { Database } from '../db/schema.js'
import type { IndexView, Page } from './index-view.js'
import type { Spooled } from './spool.js'

/** What a catalogue works with. */
export interface CatalogOptions {
  readonly database: Database
  readonly backend: Backend
  readonly clock: () => Date
  /** The folder for uploads that do not fit into memory; made when it is not there. */
  readonly spoolDirectory: string
  /** The base of absolute URLs in the index, such as `https://charts.example.com`; URLs are relative when left out. */
  readonly chartUrl?: string
  /** The path that the server answers below, such as `/charts`; stands in `serverInfo` and in absolute URLs. */
  readonly contextPath?: string
  /** How many bytes of serialised index to keep in memory, over all tenants; 256 MiB when left out. */
  readonly indexCacheBytes?: number
}

/** What a client sent: a chart's archive, a provenance file, or both. */
export interface Upload {
  readonly chart?: Spooled
  readonly provenance?: Spooled
}

export interface PublishOptions {
  /** Whether a version or provenance file that is there is replaced, rather than refused. */
  readonly overwrite: boolean
}

/** A file of the store, as recorded. */
export interface StoredFile {
  /** Without the tenant, such as `mychart-0.1.0.tgz` or `mychart-0.1.0.tgz.prov`. */
  readonly fileName: string
  /** In bytes. */
  readonly size: number
  /** SHA-256 in lower-case hex, without prefix. */
  readonly digest: string
  /** When it was published. */
  readonly created: Date
}

/** A published version of a chart. */
export interface ChartVersionRecord extends StoredFile {
  readonly name: string
  /** As Chart.yaml has it. */
  readonly version: string
  /** The version's entry of the index, as JSON: what ChartMuseum's API answers for it. */
  readonly json: string
}

/** What a publish made: a record for each part of the upload. */
export interface Published {
  readonly chart?: ChartVersionRecord
  readonly provenance?: StoredFile
}

/** A file to send. */
export interface OpenFile {
  readonly info: StoredFile
  /** Must be read to the end or destroyed. */
  readonly body: Readable
}

/** How many charts and versions a tenant has. */
export interface Counts {
  readonly charts: number
  readonly versions: number
}

/**
 * The published charts of all tenants: their bytes in a backend, their records in a database, their index in memory.
 *
 * A tenant is '' or segments with `/` between them; one that never published is empty, and asking for it leaves nothing behind. Every method
 * may throw a `CatalogError` with `invalid-name` (the tenant), `storage-full` or `storage-failed`, besides what its comment says.
 */
export declare class Catalog {
  constructor (options: CatalogOptions)

  /**
   * Repairs what a killed process left half done (its intents only: the cost does not grow with the catalogue). To be called once, before
   * anything else.
   */
  recover (): Promise<void>

  /**
   * Takes a request's body in, hashing it as it passes: in memory up to 256 KiB, then in a temporary file. Who calls it discards the result.
   *
   * @param limit the most bytes to take
   * @throws {CatalogError} `too-large`; what the body itself fails with is thrown as it is
   */
  spool (body: Readable, limit: number): Promise<Spooled>

  /**
   * Publishes: when it resolves, the parts are durable and every reader sees them; when it rejects, none is published.
   * The upload is not discarded.
   *
   * @throws {CatalogError} `invalid-chart`, `invalid-provenance`, `already-exists` (any part of the upload exists)
   */
  publish (tenant: string, upload: Upload, options: PublishOptions): Promise<Published>

  /**
   * Removes the version whose file is called `NAME-VERSION.tgz` (as ChartMuseum does, so `a-1` and `2` is also `a` and `1-2`), and its
   * provenance file.
   *
   * @throws {CatalogError} `version-not-found`
   */
  remove (tenant: string, name: string, version: string): Promise<void>

  /**
   * Charts by name, in the bytewise order of names, each with its versions, the highest first.
   *
   * @param page which of the names; all when left out
   */
  charts (tenant: string, page?: Page): Promise<Map<string, ChartVersionRecord[]>>

  /**
   * The versions of a chart, the highest first.
   *
   * @throws {CatalogError} `chart-not-found`
   */
  versions (tenant: string, name: string): Promise<ChartVersionRecord[]>

  /**
   * One version of a chart: the one that is called exactly so, or the highest that meets the constraint.
   *
   * @param reference `latest`, a version, or a constraint such as `^1.2`
   * @throws {CatalogError} `chart-not-found`, `version-not-found` (also for no constraint at all), in ChartMuseum's words
   */
  version (tenant: string, name: string, reference: string): Promise<ChartVersionRecord>

  /**
   * Looks a file up.
   *
   * @param fileName of an archive (`.tgz`) or a provenance file (`.tgz.prov`)
   * @throws {CatalogError} `file-not-found` when it has no record, whatever the backend holds
   */
  stat (tenant: string, fileName: string): Promise<StoredFile>

  /**
   * Opens a file; its bytes have the digest of the info that comes with them.
   *
   * @param range the part to give; all when left out
   * @throws {CatalogError} `file-not-found` when it has no record, whatever the backend holds
   */
  open (tenant: string, fileName: string, range?: ByteRange): Promise<OpenFile>

  /** The index, as of now: everything whose publish has resolved is in it. */
  index (tenant: string): Promise<IndexView>

  counts (tenant: string): Promise<Counts>

  /** The tenants that have published something at some time, in the bytewise order of their names. */
  tenants (): Promise<string[]>

  /** Resolves when both the database and the backend answer. */
  check (): Promise<void>
}
