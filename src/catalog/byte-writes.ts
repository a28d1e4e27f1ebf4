import { ObjectExists, ObjectNotFound } from '../../storage/errors.js'
import type { IntentsTable, Transaction } from '../db/schema.js'
import { transact } from '../db/transaction.js'
import { addIntent, deleteIntent, holdTenant } from './changes.js'
import { Contention } from './contention.js'
import type { CatalogContext } from './context.js'
import { CatalogError } from './errors.js'
import { keyOf } from './names.js'
import { Records } from './records.js'
import { Repair } from './repair.js'
import type { Spooled } from './spool.js'
import { spool } from './spool.js'

/** A write that is made, but not yet recorded. */
interface Write {
  readonly fileName: string
  /** Whether bytes that were there made way, which an intent tells. */
  readonly replaced: boolean
  /** Whether there is a record of bytes that were there. */
  readonly published: boolean
  /** Those bytes, unless they were gone. */
  readonly before?: Spooled
  /** The backend's mark of the new bytes, once they are there. */
  etag?: string
}

/**
 * The bytes of one publish, from the first write to the commit or back. New bytes are created, so that of racing publishes one goes on; bytes
 * that are there are replaced under an intent. Who uses it holds the files' locks, and has settled their intents.
 */
export class ByteWrites {
  readonly #context: CatalogContext
  readonly #tenant: string
  readonly #repair: Repair
  readonly #writes: Write[] = []

  constructor (context: CatalogContext, tenant: string) {
    this.#context = context
    this.#tenant = tenant
    this.#repair = new Repair(context)
  }

  /**
   * Writes a file's bytes.
   *
   * @param published whether they replace published ones; bytes without a record are replaced in any case
   * @throws {CatalogError} `already-exists` when somebody else has published the file since
   * @throws {Contention} when somebody else is about to
   * @throws {StorageError}
   */
  async write (fileName: string, bytes: Spooled, published: boolean): Promise<void> {
    if (published || !await this.#create(fileName, bytes)) await this.#replace(fileName, bytes, published)
  }

  /**
   * Takes part in the transaction that records the writes, before it does: makes sure that the bytes are still ours, and strikes the intents out.
   *
   * @throws {CatalogError} `already-exists`
   * @throws {Contention}
   */
  async confirm (transaction: Transaction): Promise<void> {
    const records = new Records(transaction)
    for (const { fileName, replaced, published } of this.#writes) {
      const intent = await records.intent(this.#tenant, fileName)
      if (intent?.owner !== (replaced ? this.#context.owner : undefined)) throw new Contention(fileName)
      if (!published && await records.file(this.#tenant, fileName) !== undefined) throw taken(fileName)
      if (intent !== undefined) await deleteIntent(transaction, intent)
    }
  }

  /** The backend's mark of a file's new bytes, for its record. */
  etagOf (fileName: string): string {
    return this.#writes.find(write => write.fileName === fileName)?.etag ?? ''
  }

  /**
   * Puts everything back as it was, the last write first. What cannot be is reported, and repaired by its intent: at once, so that the index
   * says what is served; later, when that fails too.
   */
  async undo (): Promise<void> {
    const { report } = this.#context
    for (const write of this.#writes.reverse()) {
      await (write.replaced ? this.#putBack(write) : this.#withdraw(write.fileName)).catch(async (error: unknown) => {
        report(error)
        await this.#repair.settle(this.#tenant, write.fileName).catch(report)
      })
    }
  }

  /** Lets go of what was kept for `undo`. */
  async release (): Promise<void> {
    for (const { before } of this.#writes) await before?.discard()
  }

  /** Whether the bytes were created; false when there are some. */
  async #create (fileName: string, bytes: Spooled): Promise<boolean> {
    try {
      const { etag } = await this.#context.backend.create(this.#key(fileName), bytes.open())
      this.#writes.push({ fileName, replaced: false, published: false, etag })
      return true
    } catch (error) {
      if (error instanceof ObjectExists) return false
      // They may be there all the same.
      await this.#withdraw(fileName).catch(this.#context.report)
      throw error
    }
  }

  async #replace (fileName: string, bytes: Spooled, published: boolean): Promise<void> {
    const intent = this.#intent(fileName, 'put')
    await this.#holding(async transaction => {
      const records = new Records(transaction)
      if (await records.intent(this.#tenant, fileName) !== undefined) throw new Contention(fileName)
      if (!published && await records.file(this.#tenant, fileName) !== undefined) throw taken(fileName)
      await addIntent(transaction, intent)
    })
    const before = published ? await this.#keep(fileName, intent) : undefined
    const write: Write = { fileName, replaced: true, published, ...(before && { before }) }
    this.#writes.push(write)
    write.etag = (await this.#context.backend.put(this.#key(fileName), bytes.open())).etag
  }

  /** Keeps the bytes that are about to be replaced. */
  async #keep (fileName: string, intent: IntentsTable): Promise<Spooled | undefined> {
    const { database, backend, spoolDirectory } = this.#context
    try {
      return await spool(await backend.read(this.#key(fileName)), { limit: Infinity, directory: spoolDirectory })
    } catch (error) {
      if (error instanceof ObjectNotFound) return undefined
      await transact(database, transaction => deleteIntent(transaction, intent)).catch(this.#context.report)
      throw error
    }
  }

  /** Removes bytes that were created, unless somebody else has published them or is about to replace them. */
  async #withdraw (fileName: string): Promise<void> {
    const { database, backend } = this.#context
    const intent = this.#intent(fileName, 'delete')
    const ours = await this.#holding(async transaction => {
      const records = new Records(transaction)
      if (await records.intent(this.#tenant, fileName) !== undefined || await records.file(this.#tenant, fileName) !== undefined) return false
      await addIntent(transaction, intent)
      return true
    })
    if (!ours) return
    await backend.delete(this.#key(fileName))
    await transact(database, transaction => deleteIntent(transaction, intent))
  }

  /** Puts the bytes from before back, unless the intent is no longer ours. */
  async #putBack ({ fileName, before }: Write): Promise<void> {
    const { database, backend, owner } = this.#context
    const intent = await new Records(database).intent(this.#tenant, fileName)
    if (intent?.owner !== owner) return
    if (before === undefined) await backend.delete(this.#key(fileName))
    else await backend.put(this.#key(fileName), before.open())
    await transact(database, transaction => deleteIntent(transaction, intent))
  }

  /** Runs a transaction in which nobody else can record anything of the tenant, so that what it looked up stays so. */
  async #holding<Result> (work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const { database, clock } = this.#context
    return await transact(database, async transaction => {
      await holdTenant(transaction, this.#tenant, clock())
      return await work(transaction)
    })
  }

  #key (fileName: string): string {
    return keyOf(this.#tenant, fileName)
  }

  #intent (fileName: string, action: IntentsTable['action']): IntentsTable {
    const { owner, clock } = this.#context
    return { tenant: this.#tenant, file_name: fileName, action, owner, created_at: clock().toISOString() }
  }
}

function taken (fileName: string): CatalogError {
  return new CatalogError('already-exists', `${fileName} already exists`)
}
