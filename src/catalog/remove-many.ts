import { isOneHost } from '../db/one-host.js'
import type { IntentsTable, Transaction, VersionsTable } from '../db/schema.js'
import { transact } from '../db/transaction.js'
import { addIntents, deleteFiles, deleteIntents, holdTenant, raiseRevision } from './changes.js'
import { Contention, whileContended } from './contention.js'
import type { CatalogContext } from './context.js'
import { named } from './errors.js'
import { forEachLimited } from './for-each-limited.js'
import { isArchive, isProvenance, keyOf, provenanceName } from './names.js'
import { Records } from './records.js'
import { Repair } from './repair.js'

/** A version to remove. */
export type Removal = Pick<VersionsTable, 'file_name' | 'chart'>

/** What a removal of many took away. */
export interface Removed {
  readonly charts: number
  readonly versions: number
}

/** What is to be removed, as the transaction sees it that removes it. */
interface Selection {
  readonly versions: readonly Removal[]
  /** Provenance files besides those of the versions. */
  readonly provenances: readonly string[]
}

type Choose = (records: Records) => Promise<Selection>

/** How many files' bytes are locked and deleted together. */
const filesAtATime = 64

/** How many deletions run at the same time. */
const deletions = 8

/** Milliseconds after which bytes without a record cannot be those of an upload in another process. */
const grace = 60_000

/**
 * Removes many versions as one: all their records go in one transaction with an intent for each file, whose commit is the moment from which
 * nobody sees any of them; then the bytes, which the intents see to if that breaks off.
 */
export class BulkRemover {
  readonly #context: CatalogContext
  readonly #repair: Repair

  constructor (context: CatalogContext) {
    this.#context = context
    this.#repair = new Repair(context)
  }

  /**
   * Removes versions that are chosen within the transaction, with their provenance files.
   *
   * @param choose looks up which; it may be called more than once
   * @throws {CatalogError} `storage-full`, `storage-failed`
   */
  async removeVersions (tenant: string, choose: (records: Records) => Promise<readonly Removal[]>): Promise<Removed> {
    return await this.#remove(tenant, async records => ({ versions: await choose(records), provenances: [] }))
  }

  /**
   * Removes all that a tenant has: versions, provenance files, and chart files in its folder that have no record.
   *
   * @throws {CatalogError} `storage-full`, `storage-failed`
   */
  async removeTenant (tenant: string): Promise<Removed> {
    const removed = await this.#remove(tenant, async records => ({ versions: await records.removals(tenant), provenances: await records.provenanceNames(tenant) }))
    await this.#removeUnrecorded(tenant).catch(this.#context.report)
    return removed
  }

  async #remove (tenant: string, choose: Choose): Promise<Removed> {
    const { database } = this.#context
    const { versions, files } = await whileContended(() => named(async () => {
      await this.#settle(tenant, choose)
      return await transact(database, transaction => this.#removeRecords(transaction, tenant, choose))
    }))
    for (let i = 0; i < files.length; i += filesAtATime) await this.#removeBytes(tenant, files.slice(i, i + filesAtATime)).catch(this.#context.report)
    return { charts: new Set(versions.map(({ chart }) => chart)).size, versions: versions.length }
  }

  /** Repairs what was left over of earlier changes to what is to be removed. */
  async #settle (tenant: string, choose: Choose): Promise<void> {
    const records = new Records(this.#context.database)
    const intents = await records.intentsOf(tenant)
    if (intents.length === 0) return
    const wanted = new Set(filesOf(await choose(records)))
    for (const { file_name: fileName } of intents) {
      if (wanted.has(fileName)) await this.#context.locks.run([keyOf(tenant, fileName)], () => this.#repair.settle(tenant, fileName))
    }
  }

  async #removeRecords (transaction: Transaction, tenant: string, choose: Choose): Promise<{ versions: readonly Removal[], files: readonly string[] }> {
    const records = new Records(transaction)
    const sight = await choose(records)
    // Nothing is raised for what is not there; what is found is looked up again when nobody else can change it.
    if (filesOf(sight).length === 0) return { versions: [], files: [] }
    const now = this.#context.clock()
    const revision = sight.versions.length > 0 ? await raiseRevision(transaction, tenant, now) : await holdTenant(transaction, tenant, now)
    const selection = await choose(records)
    const files = filesOf(selection)
    const wanted = new Set(files)
    const busy = (await records.intentsOf(tenant)).find(({ file_name: fileName }) => wanted.has(fileName))
    if (busy !== undefined) throw new Contention(busy.file_name)
    await deleteFiles(transaction, tenant, { versions: selection.versions, files, revision })
    await addIntents(transaction, files.map(fileName => this.#intent(tenant, fileName)))
    return { versions: selection.versions, files }
  }

  /** Deletes bytes whose intents are ours; what somebody else has repaired meanwhile may be a new version's already. */
  async #removeBytes (tenant: string, files: readonly string[]): Promise<void> {
    const { backend, database, locks, owner } = this.#context
    await locks.run(files.map(fileName => keyOf(tenant, fileName)), async () => {
      const intents = await new Records(database).intentsAmong(tenant, files)
      const ours = intents.filter(intent => intent.owner === owner && intent.action === 'delete').map(({ file_name: fileName }) => fileName)
      await forEachLimited(ours, deletions, fileName => backend.delete(keyOf(tenant, fileName)))
      await transact(database, transaction => deleteIntents(transaction, tenant, ours))
    })
  }

  /** Removes the chart files of a tenant's folder that nobody has published, nor is about to. */
  async #removeUnrecorded (tenant: string): Promise<void> {
    let files: string[] = []
    for await (const fileName of this.#listed(tenant)) {
      files.push(fileName)
      if (files.length < filesAtATime) continue
      await this.#removeOrphans(tenant, files)
      files = []
    }
    if (files.length > 0) await this.#removeOrphans(tenant, files)
  }

  async * #listed (tenant: string): AsyncGenerator<string> {
    const { backend, database, clock } = this.#context
    const folder = keyOf(tenant, '')
    const before = isOneHost(database) ? Infinity : clock().getTime() - grace
    for await (const { key, modified } of backend.list(folder)) {
      const fileName = key.slice(folder.length)
      if (fileName.includes('/') || modified.getTime() > before) continue
      if (isArchive(fileName) || isProvenance(fileName) || fileName === 'index-cache.yaml') yield fileName
    }
  }

  async #removeOrphans (tenant: string, files: readonly string[]): Promise<void> {
    const { database, locks, clock } = this.#context
    const orphans = await locks.run(files.map(fileName => keyOf(tenant, fileName)), () => transact(database, async transaction => {
      await holdTenant(transaction, tenant, clock())
      const records = new Records(transaction)
      const taken = new Set([...await records.recordedAmong(tenant, files), ...(await records.intentsAmong(tenant, files)).map(intent => intent.file_name)])
      const free = files.filter(fileName => !taken.has(fileName))
      await addIntents(transaction, free.map(fileName => this.#intent(tenant, fileName)))
      return free
    }))
    await this.#removeBytes(tenant, orphans)
  }

  #intent (tenant: string, fileName: string): IntentsTable {
    const { owner, clock } = this.#context
    return { tenant, file_name: fileName, action: 'delete', owner, created_at: clock().toISOString() }
  }
}

/** Every file of a selection, once. */
function filesOf ({ versions, provenances }: Selection): string[] {
  return [...new Set([...versions.flatMap(({ file_name: archive }) => [archive, provenanceName(archive)]), ...provenances])]
}
