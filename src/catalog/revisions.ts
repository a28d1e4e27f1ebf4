import type { Database, TenantsTable } from '../db/schema.js'
import { named } from './errors.js'
import { Records } from './records.js'

/**
 * Asks for the revisions of tenants, which every answer from memory begins with. All who ask in one turn of the event loop share a query, which
 * is sent at the end of the turn: so it shows whatever was published before any of them asked.
 */
export class Revisions {
  readonly #records: Records
  /** Queries that are about to be sent. */
  readonly #next = new Map<string, Promise<TenantsTable | undefined>>()

  constructor (database: Database) {
    this.#records = new Records(database)
  }

  /**
   * The tenant's revision as of now, and when it last changed; undefined when it never did.
   *
   * @throws {CatalogError} see `nameFault`
   */
  of (tenant: string): Promise<TenantsTable | undefined> {
    const known = this.#next.get(tenant)
    if (known !== undefined) return known
    const next = named(() => this.#ask(tenant))
    this.#next.set(tenant, next)
    return next
  }

  async #ask (tenant: string): Promise<TenantsTable | undefined> {
    await new Promise(resolve => setImmediate(resolve))
    this.#next.delete(tenant)
    return await this.#records.tenant(tenant)
  }
}
