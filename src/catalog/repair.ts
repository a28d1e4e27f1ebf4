import { ObjectNotFound } from '../../storage/errors.js'
import { isGone } from '../../storage/writer.js'
import { isOneHost } from '../db/one-host.js'
import type { IntentsTable } from '../db/schema.js'
import { transact } from '../db/transaction.js'
import { deleteIntent } from './changes.js'
import { Contention } from './contention.js'
import type { CatalogContext } from './context.js'
import { CatalogError, named } from './errors.js'
import { isProvenance, keyOf } from './names.js'
import type { Part } from './part.js'
import { readChartPart, readProvenancePart, recordParts } from './part.js'
import { Records } from './records.js'
import type { Spooled } from './spool.js'
import { spool } from './spool.js'

/** Brings bytes and records together again where a change of both broke off: see `IntentsTable`. */
export class Repair {
  readonly #context: CatalogContext
  readonly #records: Records

  constructor (context: CatalogContext) {
    this.#context = context
    this.#records = new Records(context.database)
  }

  /**
   * Repairs what processes that have ended left behind.
   *
   * @throws {CatalogError} the first failure, when all that can be repaired is
   */
  async all (): Promise<void> {
    const failures: unknown[] = []
    for (const intent of await this.#records.intents()) {
      if (!this.#isLeftOver(intent)) continue
      const { tenant, file_name: fileName } = intent
      await this.#context.locks.run([keyOf(tenant, fileName)], () => this.settle(tenant, fileName)).catch((error: unknown) => {
        if (!(error instanceof Contention)) failures.push(error)
      })
    }
    if (failures.length > 0) throw failures[0]
  }

  /** What processes that have ended left behind. */
  async leftOver (): Promise<IntentsTable[]> {
    return (await this.#records.intents()).filter(intent => this.#isLeftOver(intent))
  }

  /**
   * Makes sure that nothing is being done to a file's bytes: repairs what was left over. Who calls it holds the file's lock.
   *
   * @throws {Contention} when another process that lives is at work
   */
  async settle (tenant: string, fileName: string): Promise<void> {
    const intent = await this.#records.intent(tenant, fileName)
    if (intent === undefined) return
    if (!this.#isLeftOver(intent)) throw new Contention(fileName)
    await named(() => this.#finish(intent))
  }

  /** An intent of our own, seen by who holds the lock, is one that we failed to finish. */
  #isLeftOver ({ owner, created_at: since }: IntentsTable): boolean {
    const { owner: ourselves, clock, database } = this.#context
    const writer = owner.split('.').slice(0, 3).join('.')
    return owner === ourselves || isGone(writer, { since: new Date(since), now: clock(), oneHost: isOneHost(database) })
  }

  async #finish (intent: IntentsTable): Promise<void> {
    const { tenant, file_name: fileName } = intent
    const record = await this.#records.file(tenant, fileName)
    if (record === undefined) {
      // Bytes that were never published, or no longer are.
      await this.#context.backend.delete(keyOf(tenant, fileName))
    } else if (intent.action === 'put') {
      await this.#follow(intent, record.digest)
      return
    }
    await transact(this.#context.database, transaction => deleteIntent(transaction, intent))
  }

  /** Lets the record say what the bytes are: those from before, or those that were to replace them. */
  async #follow (intent: IntentsTable, recorded: string): Promise<void> {
    const { database, clock } = this.#context
    const bytes = await this.#read(intent)
    try {
      const part = bytes === undefined || bytes.digest === recorded ? undefined : await this.#recognise(intent, bytes)
      await transact(database, async transaction => {
        if (part !== undefined) await recordParts(transaction, intent.tenant, { parts: [part], now: clock() })
        await deleteIntent(transaction, intent)
      })
    } finally {
      await bytes?.discard()
    }
  }

  async #read ({ tenant, file_name: fileName }: IntentsTable): Promise<Spooled | undefined> {
    const { backend, spoolDirectory, report } = this.#context
    try {
      return await spool(await backend.read(keyOf(tenant, fileName)), { limit: Infinity, directory: spoolDirectory })
    } catch (error) {
      if (!(error instanceof ObjectNotFound)) throw error
      report(new CatalogError('storage-failed', `${keyOf(tenant, fileName)} is published, but its bytes are gone`, { cause: error }))
      return undefined
    }
  }

  /** What the bytes are; undefined, and a report, when they are not what the record is about. */
  async #recognise ({ tenant, file_name: fileName }: IntentsTable, bytes: Spooled): Promise<Part | undefined> {
    const fault = (reason: string, cause?: unknown): void =>
      this.#context.report(new CatalogError('storage-failed', `${keyOf(tenant, fileName)} is published, but has other bytes: ${reason}`, { cause }))
    try {
      const part = isProvenance(fileName) ? await readProvenancePart(bytes) : await readChartPart(bytes)
      if (part.fileName === fileName) return part
      fault(`they belong to ${part.fileName}`)
    } catch (error) {
      if (!(error instanceof CatalogError) || !error.code.startsWith('invalid-')) throw error
      fault(error.message, error)
    }
    return undefined
  }
}
