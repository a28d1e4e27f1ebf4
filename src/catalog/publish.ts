import type { Transaction } from '../db/schema.js'
import { transact } from '../db/transaction.js'
import { ByteWrites } from './byte-writes.js'
import { whileContended } from './contention.js'
import type { CatalogContext } from './context.js'
import { CatalogError, named } from './errors.js'
import { Gate } from './gate.js'
import { keyOf } from './names.js'
import type { Part, PartRows, UploadedPart } from './part.js'
import { readChartPart, readProvenancePart, recordParts } from './part.js'
import { Records } from './records.js'
import { Repair } from './repair.js'
import type { Spooled } from './spool.js'

/** What a client sent: a chart's archive, a provenance file, or both. */
export interface Upload {
  readonly chart?: Spooled
  readonly provenance?: Spooled
}

export interface PublishOptions {
  /** Whether a version or provenance file that is there is replaced, rather than refused. */
  readonly overwrite: boolean
  /** The most archives and provenance files that the tenant may have, after which only what is there is overwritten; no limit when left out. */
  readonly maxObjects?: number
}

/** How many uploads are validated at the same time: each may take as much memory as an archive may unpack to. */
const validations = 4

/**
 * Publishes uploads: validates, writes the bytes, and records them in one transaction, whose commit is the moment of publication.
 * What goes wrong before that is undone; what a killed process leaves is bytes without a record, which the next upload of the version
 * replaces, or an intent, which is repaired (repair.ts): an overwrite that was killed is then published if its bytes had arrived, each
 * file for itself.
 */
export class Publisher {
  readonly #context: CatalogContext
  readonly #records: Records
  readonly #repair: Repair
  readonly #validating = new Gate(validations)

  constructor (context: CatalogContext) {
    this.#context = context
    this.#records = new Records(context.database)
    this.#repair = new Repair(context)
  }

  /**
   * Publishes an upload, whole or not at all.
   *
   * @throws {CatalogError} `invalid-chart`, `invalid-provenance`, `already-exists`, `limit-reached`, `storage-full`, `storage-failed`
   */
  async publish (tenant: string, upload: Upload, options: PublishOptions): Promise<PartRows> {
    const parts = await named(async () => this.#placed(tenant, await this.#validating.run(() => readParts(upload))))
    const keys = parts.map(({ fileName }) => keyOf(tenant, fileName))
    return await this.#context.locks.run(keys, () => whileContended(() => named(() => this.#attempt(tenant, parts, options))))
  }

  async #attempt (tenant: string, parts: readonly UploadedPart[], options: PublishOptions): Promise<PartRows> {
    for (const { fileName } of parts) await this.#repair.settle(tenant, fileName)
    const published = new Set<string>()
    for (const part of parts) {
      if (await this.#isPublished(tenant, part, options.overwrite)) published.add(part.fileName)
    }
    const writes = new ByteWrites(this.#context, tenant)
    try {
      // Replacing comes last: to create can be undone without leaving a trace, whatever happens.
      const inOrder = [...parts].sort((a, b) => Number(published.has(a.fileName)) - Number(published.has(b.fileName)))
      for (const { fileName, spooled } of inOrder) await writes.write(fileName, spooled, published.has(fileName))
      const stored = parts.map(part => ({ ...part, etag: writes.etagOf(part.fileName) }))
      return await this.#commit(tenant, stored, async transaction => {
        await writes.confirm(transaction)
        await checkLimit(new Records(transaction), tenant, { parts, maxObjects: options.maxObjects })
      })
    } catch (error) {
      await writes.undo()
      throw error
    } finally {
      await writes.release()
    }
  }

  /** A version whose file has another name (it was put into the store by hand) is overwritten where it is. */
  async #placed (tenant: string, parts: readonly UploadedPart[]): Promise<UploadedPart[]> {
    return await Promise.all(parts.map(async part => {
      const { metadata } = part
      const fileName = metadata && await this.#records.fileNameOf(tenant, metadata.name, metadata.version)
      return fileName === undefined ? part : { ...part, fileName }
    }))
  }

  async #commit (tenant: string, parts: readonly Part[], confirm: (transaction: Transaction) => Promise<void>): Promise<PartRows> {
    const { database, clock } = this.#context
    return await transact(database, transaction =>
      recordParts(transaction, tenant, { parts, now: clock(), confirm: () => confirm(transaction) }))
  }

  /** Whether a part takes the place of one that is there, which must be allowed, and of the same chart and version. */
  async #isPublished (tenant: string, { fileName, metadata }: Part, overwrite: boolean): Promise<boolean> {
    if (metadata === undefined) {
      const record = await this.#records.file(tenant, fileName)
      if (record !== undefined && !overwrite) throw new CatalogError('already-exists', `${fileName} already exists`)
      return record !== undefined
    }
    const row = await this.#records.version(tenant, fileName)
    if (row === undefined) return false
    if (!overwrite) throw new CatalogError('already-exists', `${fileName} already exists`)
    // Overwriting a version is one thing; making another chart's version disappear, because two names come to the same, is another.
    if (row.chart !== metadata.name) throw new CatalogError('already-exists', `${fileName} already exists, with version ${row.version} of the chart ${row.chart}`)
    return true
  }
}

/** Refuses parts that are new where there is no room for them; to be called when nobody else can add any. */
async function checkLimit (records: Records, tenant: string, { parts, maxObjects = 0 }: { readonly parts: readonly Part[], readonly maxObjects: number | undefined }): Promise<void> {
  if (maxObjects === 0) return
  let added = 0
  for (const { fileName } of parts) if (await records.file(tenant, fileName) === undefined) added++
  if (added > 0 && await records.objects(tenant) + added > maxObjects) throw new CatalogError('limit-reached', 'repo has reached storage limit')
}

async function readParts ({ chart, provenance }: Upload): Promise<UploadedPart[]> {
  const parts: UploadedPart[] = []
  if (chart !== undefined) parts.push(await readChartPart(chart))
  if (provenance !== undefined) parts.push(await readProvenancePart(provenance))
  if (parts.length === 0) throw new CatalogError('invalid-chart', 'the upload has neither a chart nor a provenance file')
  return parts
}
