import type { Readable } from 'node:stream'
import type { ByteRange } from '../../storage/backend.js'
import { ObjectNotFound } from '../../storage/errors.js'
import { whileContended } from './contention.js'
import type { CatalogContext } from './context.js'
import { CatalogError, named } from './errors.js'
import { keyOf } from './names.js'
import type { StoredFile } from './record.js'
import type { FileState } from './records.js'
import { Records } from './records.js'
import { Repair } from './repair.js'

/** A file to send. */
export interface OpenFile {
  readonly info: StoredFile
  /** Must be read to the end or destroyed. */
  readonly body: Readable
}

/** Opens published files, by their records only. */
export class Files {
  readonly #context: CatalogContext
  readonly #records: Records
  readonly #repair: Repair

  constructor (context: CatalogContext) {
    this.#context = context
    this.#records = new Records(context.database)
    this.#repair = new Repair(context)
  }

  /**
   * Looks a file up.
   *
   * @throws {CatalogError} `file-not-found`
   */
  async stat (tenant: string, fileName: string): Promise<StoredFile> {
    const record = await named(() => this.#records.file(tenant, fileName))
    if (record === undefined) throw notFound()
    return record
  }

  /**
   * Opens a file. Its bytes are those of the record that comes with them: the record is looked up before and after opening, and the
   * two must agree, with nothing being done to the bytes in between.
   *
   * @throws {CatalogError} `file-not-found`, `storage-failed`
   */
  async open (tenant: string, fileName: string, range?: ByteRange): Promise<OpenFile> {
    for (;;) {
      const opened = await named(() => this.#tryOpen(tenant, fileName, range))
      if (opened !== undefined) return opened
      await this.#context.locks.run([keyOf(tenant, fileName)], () => whileContended(() => this.#repair.settle(tenant, fileName)))
    }
  }

  async #tryOpen (tenant: string, fileName: string, range?: ByteRange): Promise<OpenFile | undefined> {
    const before = await this.#records.state(tenant, fileName)
    if (before.record === undefined) throw notFound()
    if (before.intent !== undefined) return undefined
    const body = await this.#read(tenant, fileName, range)
    const after = await this.#records.state(tenant, fileName).catch((error: unknown) => {
      body?.destroy()
      throw error
    })
    if (body !== undefined && isSame(before, after)) return { info: before.record, body }
    body?.destroy()
    // Bytes that are not there, and that nobody has removed or replaced meanwhile, are a fault of the store.
    if (body === undefined && isSame(before, after)) throw new CatalogError('storage-failed', `${keyOf(tenant, fileName)} is published, but its bytes are gone`)
    return undefined
  }

  async #read (tenant: string, fileName: string, range?: ByteRange): Promise<Readable | undefined> {
    try {
      return await this.#context.backend.read(keyOf(tenant, fileName), range)
    } catch (error) {
      if (error instanceof ObjectNotFound) return undefined
      throw error
    }
  }
}

function isSame (before: FileState, after: FileState): boolean {
  return after.intent === undefined && after.record?.digest === before.record?.digest && after.record?.created.getTime() === before.record?.created.getTime()
}

function notFound (): CatalogError {
  return new CatalogError('file-not-found', 'object not found')
}
