import type { Database } from '../db/schema.js'
import { snapshot } from '../db/transaction.js'
import type { Fragment, FragmentRow } from './fragment.js'
import { buildFragment } from './fragment.js'
import { Fragments } from './fragments.js'
import type { IndexForm } from './index-view.js'
import { Records } from './records.js'
import type { Revisions } from './revisions.js'
import { fragmentOrders, TenantIndex } from './tenant-index.js'
import type { UrlOptions } from './urls.js'
import { urlPrefix } from './urls.js'

export interface IndexCacheOptions {
  readonly database: Database
  readonly revisions: Revisions
  readonly urls: UrlOptions
  /** How many bytes of serialised index to keep, over all tenants and both forms. One index at least is kept. */
  readonly capacity: number
}

/** How many changed charts are loaded at a time. */
const chartsAtATime = 100

/** When a tenant that never changed was changed: a time that every client can read. */
const never = new Date(0)

/** Which index: whose, and in which form. */
interface Place {
  readonly tenant: string
  readonly form: IndexForm
}

/**
 * The indexes asked for last, each form apart: most clients ask for one of them only. Each answer is checked against the tenant's revision in the
 * database, and what changed since is loaded, chart by chart: so it shows whatever any process has published before.
 */
export class IndexCache {
  readonly #database: Database
  readonly #revisions: Revisions
  readonly #urls: UrlOptions
  readonly #capacity: number
  /** By `keyOf`, in the order in which they were last asked for. */
  readonly #indexes = new Map<string, TenantIndex>()
  readonly #refreshing = new Map<string, Promise<TenantIndex>>()
  #weight = 0

  constructor ({ database, revisions, urls, capacity }: IndexCacheOptions) {
    this.#database = database
    this.#revisions = revisions
    this.#urls = urls
    this.#capacity = capacity
  }

  /**
   * A tenant's index, as of now.
   *
   * @throws {DatabaseError}
   */
  async get (tenant: string, form: IndexForm): Promise<TenantIndex> {
    const place = { tenant, form }
    const head = await this.#revisions.of(tenant)
    if (head === undefined) return this.#empty(place)
    for (;;) {
      const index = this.#indexes.get(keyOf(place))
      if (index !== undefined && index.revision >= BigInt(head.revision)) return this.#keep(place, index)
      // A refresh that was already running may have begun before the revision was raised: the loop looks again.
      const refreshed = await this.#refresh(place)
      if (refreshed.revision >= BigInt(head.revision)) return refreshed
    }
  }

  /** The indexes that are kept, as `FORM TENANT`, the one asked for last at the end. */
  get kept (): string[] {
    return [...this.#indexes.keys()]
  }

  #empty ({ tenant, form }: Place): TenantIndex {
    return new TenantIndex({ tenant, revision: 0, generated: never, urls: this.#urls }, form, Fragments.none(fragmentOrders[form]))
  }

  /** Loads what changed, once for all who ask meanwhile. */
  async #refresh (place: Place): Promise<TenantIndex> {
    const running = this.#refreshing.get(keyOf(place))
    if (running !== undefined) return await running
    const refresh = this.#load(place)
    this.#refreshing.set(keyOf(place), refresh)
    try {
      return this.#keep(place, await refresh)
    } finally {
      this.#refreshing.delete(keyOf(place))
    }
  }

  async #load (place: Place): Promise<TenantIndex> {
    const { tenant, form } = place
    const before = this.#indexes.get(keyOf(place))
    return await snapshot(this.#database, async transaction => {
      const records = new Records(transaction)
      const head = await records.tenant(tenant)
      if (head === undefined) return this.#empty(place)
      // In the index's order, what is loaded for the first time only adds to its end.
      const changed = (await records.changedSince(tenant, Number(before?.revision ?? 0n))).sort(fragmentOrders[form].compare)
      let fragments = before?.fragments ?? Fragments.none(fragmentOrders[form])
      for (let i = 0; i < changed.length; i += chartsAtATime) {
        fragments = fragments.with(await this.#loadFragments(records, place, changed.slice(i, i + chartsAtATime)))
        // Many charts take a while in which others are to have their turn.
        if (changed.length > chartsAtATime) await new Promise(resolve => setImmediate(resolve))
      }
      return new TenantIndex({ tenant, revision: head.revision, generated: new Date(head.changed_at), urls: this.#urls }, form, fragments)
    })
  }

  /** The fragments of some charts, as they are now; that of a chart without versions says so. */
  async #loadFragments (records: Records, { tenant, form }: Place, names: readonly string[]): Promise<Fragment[]> {
    const prefix = urlPrefix(tenant, this.#urls)
    const charts = new Map<string, FragmentRow[]>(names.map(name => [name, []]))
    for (const row of await records.entriesOf(tenant, names, form)) charts.get(row.chart)?.push(row)
    return Array.from(charts, ([name, rows]) => buildFragment(name, rows, { form, prefix }))
  }

  /** Makes an index the one asked for last, and lets go of those asked for longest ago. */
  #keep (place: Place, index: TenantIndex): TenantIndex {
    const key = keyOf(place)
    this.#drop(key)
    this.#indexes.set(key, index)
    this.#weight += index.weight
    for (const oldest of this.#indexes.keys()) {
      if (this.#weight <= this.#capacity || oldest === key) break
      this.#drop(oldest)
    }
    return index
  }

  #drop (key: string): void {
    this.#weight -= this.#indexes.get(key)?.weight ?? 0
    this.#indexes.delete(key)
  }
}

function keyOf ({ tenant, form }: Place): string {
  return `${form} ${tenant}`
}
