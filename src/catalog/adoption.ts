import { setTimeout } from 'node:timers/promises'
import { isOneHost } from '../db/one-host.js'
import { AdoptionRecords } from './adoption-records.js'
import type { BatchOutcome } from './adoption-batch.js'
import { AdoptionBatch } from './adoption-batch.js'
import type { CatalogContext } from './context.js'
import { named } from './errors.js'
import { MissingFiles } from './missing-files.js'
import type { Withheld } from './missing-files.js'
import { keyOf, splitKey } from './names.js'
import { Pace } from './pace.js'
import type { StoreFile, TenantDepth } from './store-files.js'
import { isAtDepth, storeFiles } from './store-files.js'

/** How to go through the store. */
export interface AdoptionOptions {
  /** Which folders are tenants'. */
  readonly depth: TenantDepth
  /** Whether every record stays: also those of files that are gone, or that were replaced by something that is no chart. */
  readonly keepRecords?: boolean
  /** Ends the scan between two files, or two batches. */
  readonly signal?: AbortSignal
}

/** What a scan of the store changed. */
export interface Adoption extends BatchOutcome {
  /** Tenants of whose files so many are gone that the records were kept: see `MissingFiles`. */
  readonly withheld: readonly Withheld[]
}

/** How many files are read, and then recorded in one transaction. */
const filesAtATime = 100

/** How many files are compared with their records before others have their turn: nobody waits for what is known to be found unchanged. */
const comparedAtATime = 256

/** Milliseconds for which bytes without a record may be those of an upload in another process. */
const grace = 60_000

/**
 * Brings the records in line with the store: files that somebody else put there (ChartMuseum, a restored backup, a person) are read once and
 * recorded, those that were replaced are read again, those that are gone lose their record. What is being changed at the moment is passed over.
 */
export class Adopter {
  readonly #context: CatalogContext
  #running: Promise<Adoption> | undefined

  constructor (context: CatalogContext) {
    this.#context = context
  }

  /**
   * Goes through the whole store once. Who asks while that is under way gets what it finds.
   *
   * @throws {CatalogError} `storage-full`, `storage-failed` when the store cannot be listed or the records not be written; the signal's reason
   */
  async run (options: AdoptionOptions): Promise<Adoption> {
    this.#running ??= named(() => this.#scan(options)).finally(() => { this.#running = undefined })
    return await this.#running
  }

  async #scan (options: AdoptionOptions): Promise<Adoption> {
    const { depth, keepRecords = false, signal } = options
    const records = new AdoptionRecords(this.#context.database)
    const known = await this.#load(records, ['versions', 'provenances'], depth)
    const refused = await this.#load(records, ['refusals'], depth)
    for (const row of await records.outdatedRefusals()) refused.set(keyOf(row.tenant, row.file_name), '')
    const missing = new MissingFiles(this.#context, known)
    const tally = new Tally()
    const batch = new Map<StoreFile, string | undefined>()
    const pace = new Pace()
    let unchanged = 0
    for await (const file of storeFiles(this.#context.backend, depth)) {
      signal?.throwIfAborted()
      const key = file.info.key
      const recorded = missing.found(key)
      if (recorded === file.info.etag) {
        if (++unchanged % comparedAtATime === 0) await pace.rest()
        continue
      }
      const isRefused = refused.get(key) === file.info.etag
      refused.delete(key)
      if (recorded === undefined && (isRefused || this.#mayBeUnderWay(file))) continue
      batch.set(file, recorded)
      if (batch.size === filesAtATime) await this.#adopt(batch, tally, options)
    }
    await this.#adopt(batch, tally, options)
    // What is gone, or was published since, is no longer refused.
    for (const key of refused.keys()) await records.forgive(splitKey(key).tenant, [splitKey(key).fileName])
    if (keepRecords) return { ...tally.outcome, withheld: [] }
    const { removed, withheld } = await missing.drop(signal)
    return { ...tally.outcome, removed: tally.outcome.removed + removed, withheld }
  }

  async #load (records: AdoptionRecords, tables: ReadonlyArray<'versions' | 'provenances' | 'refusals'>, depth: TenantDepth): Promise<Map<string, string>> {
    const etags = new Map<string, string>()
    const pace = new Pace()
    for (const table of tables) {
      for await (const page of records.all(table)) {
        await pace.rest()
        for (const { tenant, file_name: fileName, etag } of page) if (isAtDepth(tenant, depth)) etags.set(keyOf(tenant, fileName), etag)
      }
    }
    return etags
  }

  async #adopt (batch: Map<StoreFile, string | undefined>, tally: Tally, { keepRecords = false, signal }: AdoptionOptions): Promise<void> {
    signal?.throwIfAborted()
    if (batch.size > 0) tally.add(await new AdoptionBatch(this.#context, batch, { keepRecords }).run())
    batch.clear()
    // Requests have their turn.
    await setTimeout(0)
  }

  /** Uploads of this process hold a lock; those of others are known by nothing but their age. */
  #mayBeUnderWay ({ info }: StoreFile): boolean {
    const { database, clock } = this.#context
    return !isOneHost(database) && clock().getTime() - info.modified.getTime() < grace
  }
}

class Tally {
  outcome: BatchOutcome = { adopted: 0, updated: 0, removed: 0, refused: [], unreadable: 0 }

  add (more: BatchOutcome): void {
    const { adopted, updated, removed, refused, unreadable } = this.outcome
    this.outcome = {
      adopted: adopted + more.adopted,
      updated: updated + more.updated,
      removed: removed + more.removed,
      refused: [...refused, ...more.refused],
      unreadable: unreadable + more.unreadable
    }
  }
}
