import type { Database, VersionsTable } from '../db/schema.js'
import { snapshot } from '../db/transaction.js'
import type { Fragment } from './fragment.js'
import { buildFragment } from './fragment.js'
import { Records } from './records.js'
import { TenantIndex } from './tenant-index.js'
import type { UrlOptions } from './urls.js'
import { urlPrefix } from './urls.js'

export interface IndexCacheOptions {
  readonly database: Database
  readonly urls: UrlOptions
  /** How many bytes of serialised index to keep, over all tenants. One index at least is kept. */
  readonly capacity: number
}

/** How many changed charts are loaded at a time. */
const chartsAtATime = 200

/** When a tenant that never changed was changed: a time that every client can read. */
const never = new Date(0)

/**
 * The indexes of the tenants asked for last. Each answer is checked against the tenant's revision in the database, and what changed since is
 * loaded, chart by chart: so it shows whatever any process has published before.
 */
export class IndexCache {
  readonly #database: Database
  readonly #records: Records
  readonly #urls: UrlOptions
  readonly #capacity: number
  /** In the order in which they were last asked for. */
  readonly #indexes = new Map<string, TenantIndex>()
  readonly #refreshing = new Map<string, Promise<TenantIndex>>()
  #weight = 0

  constructor ({ database, urls, capacity }: IndexCacheOptions) {
    this.#database = database
    this.#records = new Records(database)
    this.#urls = urls
    this.#capacity = capacity
  }

  /**
   * A tenant's index, as of now.
   *
   * @throws {DatabaseError}
   */
  async get (tenant: string): Promise<TenantIndex> {
    const head = await this.#records.tenant(tenant)
    if (head === undefined) return this.#empty(tenant)
    for (;;) {
      const index = this.#indexes.get(tenant)
      if (index !== undefined && index.revision >= BigInt(head.revision)) return this.#keep(tenant, index)
      // A refresh that was already running may have begun before the revision was raised: the loop looks again.
      const refreshed = await this.#refresh(tenant)
      if (refreshed.revision >= BigInt(head.revision)) return refreshed
    }
  }

  /** The tenants whose index is kept, the one asked for last at the end. */
  get kept (): string[] {
    return [...this.#indexes.keys()]
  }

  #empty (tenant: string): TenantIndex {
    return new TenantIndex({ tenant, revision: 0, generated: never, urls: this.#urls }, [])
  }

  /** Loads what changed, once for all who ask meanwhile. */
  async #refresh (tenant: string): Promise<TenantIndex> {
    const running = this.#refreshing.get(tenant)
    if (running !== undefined) return await running
    const refresh = this.#load(tenant)
    this.#refreshing.set(tenant, refresh)
    try {
      return this.#keep(tenant, await refresh)
    } finally {
      this.#refreshing.delete(tenant)
    }
  }

  async #load (tenant: string): Promise<TenantIndex> {
    const before = this.#indexes.get(tenant)
    return await snapshot(this.#database, async transaction => {
      const records = new Records(transaction)
      const head = await records.tenant(tenant)
      if (head === undefined) return this.#empty(tenant)
      const fragments = new Map(before?.fragments)
      const changed = await records.changedSince(tenant, Number(before?.revision ?? 0n))
      for (let i = 0; i < changed.length; i += chartsAtATime) {
        await this.#loadFragments(records, { tenant, names: changed.slice(i, i + chartsAtATime) }, fragments)
      }
      return new TenantIndex({ tenant, revision: head.revision, generated: new Date(head.changed_at), urls: this.#urls }, fragments.values())
    })
  }

  /** Replaces the fragments of some charts; a chart that has no versions left loses its own. */
  async #loadFragments (records: Records, { tenant, names }: { tenant: string, names: readonly string[] }, fragments: Map<string, Fragment>): Promise<void> {
    const prefix = urlPrefix(tenant, this.#urls)
    const charts = new Map<string, VersionsTable[]>(names.map(name => [name, []]))
    for (const row of await records.ofCharts(tenant, names)) charts.get(row.chart)?.push(row)
    for (const [name, rows] of charts) {
      if (rows.length === 0) fragments.delete(name)
      else fragments.set(name, buildFragment(name, rows, prefix))
    }
    // Building many fragments takes a while in which others are to have their turn.
    await new Promise(resolve => setImmediate(resolve))
  }

  /** Makes an index the one asked for last, and lets go of those asked for longest ago. */
  #keep (tenant: string, index: TenantIndex): TenantIndex {
    this.#drop(tenant)
    this.#indexes.set(tenant, index)
    this.#weight += index.weight
    for (const oldest of this.#indexes.keys()) {
      if (this.#weight <= this.#capacity || oldest === tenant) break
      this.#drop(oldest)
    }
    return index
  }

  #drop (tenant: string): void {
    this.#weight -= this.#indexes.get(tenant)?.weight ?? 0
    this.#indexes.delete(tenant)
  }
}
