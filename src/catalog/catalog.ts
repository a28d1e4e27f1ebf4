import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Backend, ByteRange } from '../../storage/backend.js'
import { thisWriter } from '../../storage/writer.js'
import type { Database } from '../db/schema.js'
import type { Adoption, AdoptionOptions } from './adoption.js'
import { Adopter } from './adoption.js'
import type { CatalogContext } from './context.js'
import { CatalogError, named } from './errors.js'
import type { Examination, Finding } from './examination.js'
import { Examiner } from './examination.js'
import type { FoundFile } from './files.js'
import { Files } from './files.js'
import { IndexCache } from './index-cache.js'
import type { IndexForm, IndexView, Page } from './index-view.js'
import { KeptAnswers } from './kept-answers.js'
import { KeyLock } from './key-lock.js'
import { checkTenant } from './names.js'
import type { PublishOptions, Upload } from './publish.js'
import { Publisher } from './publish.js'
import type { ChartVersionRecord, StoredFile } from './record.js'
import { toChartVersion, toStoredFile } from './record.js'
import type { Silence } from './readiness.js'
import { Readiness } from './readiness.js'
import { Records } from './records.js'
import { Remover } from './remove.js'
import type { Removed } from './remove-many.js'
import { BulkRemover } from './remove-many.js'
import { Repair } from './repair.js'
import type { RetentionPolicy, Surplus } from './retention.js'
import { Retention } from './retention.js'
import { Revisions } from './revisions.js'
import type { Spooled } from './spool.js'
import { spool } from './spool.js'
import type { TenantDepth } from './store-files.js'
import type { UrlOptions } from './urls.js'
import { urlPrefix } from './urls.js'
import { newestFirst, pickVersion } from './versions.js'

export type { Adoption, AdoptionOptions } from './adoption.js'
export type { IndexForm, IndexView, Page } from './index-view.js'
export type { Examination, Finding, FindingKind } from './examination.js'
export type { FoundFile, OpenFile } from './files.js'
export type { RetentionPolicy, Surplus } from './retention.js'
export type { Removed } from './remove-many.js'
export type { Silence } from './readiness.js'
export type { PublishOptions, Upload } from './publish.js'
export type { ChartVersionRecord, StoredFile } from './record.js'

/** What a catalogue works with. */
export interface CatalogOptions extends UrlOptions {
  readonly database: Database
  readonly backend: Backend
  readonly clock: () => Date
  /** The folder for uploads that do not fit into memory; made when it is not there. */
  readonly spoolDirectory: string
  /** How many bytes of serialised index to keep in memory, over all tenants; 256 MiB when left out. */
  readonly indexCacheBytes?: number
  /** Milliseconds in which database and backend must answer whether they are there; 3 seconds when left out. */
  readonly answerTimeout?: number
  /** What is removed of a chart when a version of it was published; nothing when left out. */
  readonly retention?: RetentionPolicy
  /** Told how many versions went, whenever some did that the retention policy does not keep. */
  readonly onTrimmed?: ((versions: number) => void) | undefined
  /** Told of what went wrong without failing a request, such as bytes of a removed version that could not be deleted yet. */
  readonly onFault?: (fault: unknown) => void
}

/** What a publish made: a record for each part of the upload. */
export interface Published {
  readonly chart?: ChartVersionRecord
  readonly provenance?: StoredFile
}

/** How many charts and versions a tenant has. */
export interface Counts {
  readonly charts: number
  readonly versions: number
}

/** How much memory the versions may take that were asked for last, in bytes. */
const keptVersionBytes = 8 * 1024 * 1024

/**
 * The published charts of all tenants: their bytes in a backend, their records in a database, their index in memory.
 *
 * A tenant is '' or segments with `/` between them; one that never published is empty, and asking for it leaves nothing behind. Every method
 * may throw a `CatalogError` with `invalid-name` (the tenant), `storage-full` or `storage-failed`, besides what its comment says.
 */
export class Catalog {
  readonly #context: CatalogContext
  readonly #urls: UrlOptions
  readonly #records: Records
  readonly #revisions: Revisions
  readonly #index: IndexCache
  readonly #versions = new KeptAnswers<ChartVersionRecord>(keptVersionBytes, ({ json }) => 2 * json.length + 500)
  readonly #files: Files
  readonly #publisher: Publisher
  readonly #remover: Remover
  readonly #bulkRemover: BulkRemover
  readonly #policy: RetentionPolicy | undefined
  readonly #retention: Retention
  readonly #adopter: Adopter
  readonly #examiner: Examiner
  readonly #repair: Repair
  readonly #readiness: Readiness

  constructor ({ database, backend, clock, spoolDirectory, indexCacheBytes = 256 * 1024 * 1024, answerTimeout = 3000, retention, onTrimmed = () => undefined, onFault, ...urls }: CatalogOptions) {
    const context = { database, backend, clock, spoolDirectory, locks: new KeyLock(), owner: `${thisWriter}.${randomUUID()}`, report: onFault ?? (() => undefined) }
    this.#context = context
    this.#urls = urls
    this.#records = new Records(database)
    this.#revisions = new Revisions(database)
    this.#index = new IndexCache({ database, revisions: this.#revisions, urls, capacity: indexCacheBytes })
    this.#files = new Files(context, this.#revisions)
    this.#publisher = new Publisher(context)
    this.#remover = new Remover(context)
    this.#bulkRemover = new BulkRemover(context)
    this.#policy = retention
    this.#retention = new Retention(this.#records, this.#bulkRemover, onTrimmed)
    this.#adopter = new Adopter(context)
    this.#repair = new Repair(context)
    this.#examiner = new Examiner(context, this.#repair)
    this.#readiness = new Readiness({ database, backend, timeout: answerTimeout })
  }

  /**
   * Repairs what a killed process left half done (its intents only: the cost does not grow with the catalogue). To be called once, before
   * anything else.
   */
  async recover (): Promise<void> {
    await named(() => this.#repair.all())
  }

  /**
   * Brings the records in line with the store: adopts files that have no record, reads those again that were replaced by hand, and drops the
   * records of those that are gone. Meanwhile everything else goes on.
   *
   * @throws the signal's reason, if it ends the scan
   */
  async adopt (options: AdoptionOptions): Promise<Adoption> {
    return await this.#adopter.run(options)
  }

  /**
   * Reads the whole store, and compares every file with its record. Nothing is changed.
   *
   * @param depth which folders are tenants'
   */
  async examine (depth: TenantDepth): Promise<Examination> {
    return await named(() => this.#examiner.run(depth))
  }

  /**
   * Drops the records of published files whose bytes are gone; a file whose bytes are there keeps its record.
   *
   * @returns how many were dropped
   */
  async forget (files: ReadonlyArray<Pick<Finding, 'tenant' | 'fileName'>>): Promise<number> {
    return await named(() => this.#examiner.forget(files))
  }

  /**
   * Takes a request's body in, hashing it as it passes: in memory up to 256 KiB, then in a temporary file. Who calls it discards the result.
   * A body that is refused is not destroyed, so that there can still be an answer; what is left of it is not read.
   *
   * @param limit the most bytes to take
   * @throws {CatalogError} `too-large`; what the body itself fails with is thrown as it is
   */
  async spool (body: Readable, limit: number): Promise<Spooled> {
    return await spool(body, { limit, directory: this.#context.spoolDirectory })
  }

  /**
   * Publishes: when it resolves, the parts are durable and every reader sees them; when it rejects, none is published. Then it removes what the
   * retention policy does not keep of the chart, but never the version just published.
   * The upload is not discarded.
   *
   * @throws {CatalogError} `invalid-chart`, `invalid-provenance`, `already-exists` (any part of the upload exists), `limit-reached`
   */
  async publish (tenant: string, upload: Upload, options: PublishOptions): Promise<Published> {
    checkTenant(tenant)
    const { version, provenance } = await this.#publisher.publish(tenant, upload, options)
    if (version !== undefined && this.#policy !== undefined) {
      const published = { tenant, chart: version.chart, spare: version.file_name }
      // What was published stays so, whatever becomes of the others.
      await this.#retention.trim(this.#policy, published).catch(this.#context.report)
    }
    return {
      ...(version && { chart: toChartVersion(version, this.#prefix(tenant)) }),
      ...(provenance && { provenance: toStoredFile(provenance) })
    }
  }

  /**
   * Removes the version whose file is called `NAME-VERSION.tgz` (as ChartMuseum does, so `a-1` and `2` is also `a` and `1-2`), or that is of that
   * chart and version in a file of another name; and its provenance file.
   *
   * @throws {CatalogError} `version-not-found`
   */
  async remove (tenant: string, name: string, version: string): Promise<void> {
    checkTenant(tenant)
    await this.#remover.remove(tenant, name, version)
  }

  /**
   * Removes all versions of a chart, and their provenance files: readers see all of them or none. It resolves when the bytes are gone too; those
   * that could not be deleted are reported, and go later.
   *
   * @throws {CatalogError} `chart-not-found`
   */
  async removeChart (tenant: string, name: string): Promise<Removed> {
    checkTenant(tenant)
    const removed = await this.#bulkRemover.removeVersions(tenant, records => records.removals(tenant, name))
    if (removed.versions === 0) throw new CatalogError('chart-not-found', 'chart not found')
    return removed
  }

  /**
   * Removes all that a tenant has, as `removeChart` does with a chart; and the chart files in its folder that have no record.
   *
   * @returns how much that was: nothing for a tenant that nobody knows
   */
  async removeTenant (tenant: string): Promise<Removed> {
    checkTenant(tenant)
    return await this.#bulkRemover.removeTenant(tenant)
  }

  /**
   * What a retention policy does not keep, by tenant and chart in the bytewise order of their names. Nothing is changed.
   *
   * @param tenant all when left out
   */
  async surplus (policy: RetentionPolicy, tenant?: string): Promise<Surplus[]> {
    if (tenant !== undefined) checkTenant(tenant)
    return await named(() => this.#retention.plan(policy, tenant))
  }

  /**
   * Removes what a retention policy does not keep, chart by chart, with the provenance files.
   *
   * @param tenant all when left out
   * @returns what was to be removed
   */
  async prune (policy: RetentionPolicy, tenant?: string): Promise<Surplus[]> {
    const surplus = await this.surplus(policy, tenant)
    const charts = new Map(surplus.map(({ tenant, chart }) => [`${tenant}/${chart}`, { tenant, chart }]))
    for (const chart of charts.values()) await this.#retention.trim(policy, chart)
    return surplus
  }

  /**
   * Charts by name, in the bytewise order of names, each with its versions, the highest first.
   *
   * @param page which of the names; all when left out
   */
  async charts (tenant: string, page?: Page): Promise<Map<string, ChartVersionRecord[]>> {
    checkTenant(tenant)
    const prefix = this.#prefix(tenant)
    const charts = await named(() => this.#records.charts(tenant, page))
    return new Map(Array.from(charts, ([name, rows]) => [name, newestFirst(rows.map(row => toChartVersion(row, prefix)))]))
  }

  /**
   * The versions of a chart, the highest first.
   *
   * @throws {CatalogError} `chart-not-found`
   */
  async versions (tenant: string, name: string): Promise<ChartVersionRecord[]> {
    checkTenant(tenant)
    const rows = await named(() => this.#records.ofCharts(tenant, [name]))
    if (rows.length === 0) throw new CatalogError('chart-not-found', 'chart not found')
    const prefix = this.#prefix(tenant)
    return newestFirst(rows.map(row => toChartVersion(row, prefix)))
  }

  /**
   * One version of a chart: the one that is called exactly so, or the highest that meets the constraint.
   *
   * @param reference `latest`, a version, or a constraint such as `^1.2`
   * @throws {CatalogError} `chart-not-found`, `version-not-found` (also for no constraint at all), in ChartMuseum's words
   */
  async version (tenant: string, name: string, reference: string): Promise<ChartVersionRecord> {
    checkTenant(tenant)
    const revision = (await this.#revisions.of(tenant))?.revision ?? 0
    const question = `${name}\n${reference}`
    const kept = this.#versions.get(tenant, question, revision)
    if (kept !== undefined) return kept
    const found = await this.#findVersion(tenant, name, reference)
    this.#versions.set(tenant, question, { revision, value: found })
    return found
  }

  /**
   * Looks a file up.
   *
   * @param fileName of an archive (`.tgz`) or a provenance file (`.tgz.prov`)
   * @throws {CatalogError} `file-not-found` when it has no record, whatever the backend holds
   */
  async stat (tenant: string, fileName: string): Promise<StoredFile> {
    checkTenant(tenant)
    return (await this.#files.find(tenant, fileName)).info
  }

  /**
   * Looks a file up that may be opened then.
   *
   * @param fileName of an archive (`.tgz`) or a provenance file (`.tgz.prov`)
   * @throws {CatalogError} `file-not-found` when it has no record, whatever the backend holds
   */
  async find (tenant: string, fileName: string): Promise<FoundFile> {
    checkTenant(tenant)
    return await this.#files.find(tenant, fileName)
  }

  /**
   * Opens a file; its bytes have the digest of the info that comes with them.
   *
   * @param range the part to give; all when left out
   * @throws {CatalogError} `file-not-found` when it has no record, whatever the backend holds
   */
  async open (tenant: string, fileName: string, range?: ByteRange): Promise<{ readonly info: StoredFile, readonly body: Readable }> {
    checkTenant(tenant)
    return await this.#files.open(tenant, fileName, range)
  }

  /** The index, as of now: everything whose publish has resolved is in it. */
  async index (tenant: string, form: IndexForm): Promise<IndexView> {
    checkTenant(tenant)
    return await named(() => this.#index.get(tenant, form))
  }

  /**
   * Only the index's entries, as a JSON object of name to array of versions: what ChartMuseum's `GET /api/charts` answers.
   *
   * @param page which of the names; all when left out
   */
  async entries (tenant: string, page?: Page): Promise<Iterable<Uint8Array>> {
    checkTenant(tenant)
    return (await named(() => this.#index.get(tenant, 'json'))).entries(page)
  }

  async counts (tenant: string): Promise<Counts> {
    checkTenant(tenant)
    return await named(() => this.#records.counts(tenant))
  }

  /** The numbers of every tenant that has charts, in the bytewise order of their names. */
  async countsByTenant (): Promise<Map<string, Counts>> {
    return await named(() => this.#records.countsByTenant())
  }

  /** The tenants that have versions or provenance files, in the bytewise order of their names. */
  async tenants (): Promise<string[]> {
    return await named(() => this.#records.tenants())
  }

  /** Which of database and backend cannot be read now: none when both can. Never rejects. */
  async check (): Promise<Silence[]> {
    return await this.#readiness.silent()
  }

  async #findVersion (tenant: string, name: string, reference: string): Promise<ChartVersionRecord> {
    for (;;) {
      const keys = await named(() => this.#records.versionKeys(tenant, name))
      const { fileName } = pickVersion(newestFirst(keys), name, reference)
      const row = await named(() => this.#records.version(tenant, fileName))
      if (row !== undefined) return toChartVersion(row, this.#prefix(tenant))
      // It was removed in between: another may be the right one now.
    }
  }

  #prefix (tenant: string): string {
    return urlPrefix(tenant, this.#urls)
  }
}
