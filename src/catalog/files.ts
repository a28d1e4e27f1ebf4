import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { ByteRange } from '../../storage/backend.js'
import { ObjectNotFound } from '../../storage/errors.js'
import { whileContended } from './contention.js'
import type { CatalogContext } from './context.js'
import { CatalogError, named } from './errors.js'
import { KeptAnswers } from './kept-answers.js'
import { isArchive, keyOf } from './names.js'
import type { StoredFile } from './record.js'
import type { FileState } from './records.js'
import { Records } from './records.js'
import { Repair } from './repair.js'
import type { Revisions } from './revisions.js'

/** A file to send. */
export interface OpenFile {
  readonly info: StoredFile
  /** The bytes themselves where they are kept, as a text of Latin-1 (a character for each byte); otherwise what must be read to the end or destroyed. */
  readonly body: Readable | string
}

/** A file that was looked up. */
export interface FoundFile {
  readonly info: StoredFile
  /**
   * Opens it, at once where its bytes are kept. What comes is told by the info that comes with it: the file may have been overwritten since it was
   * looked up.
   *
   * @param range the part to give; all when left out
   * @throws {CatalogError} `file-not-found` when it was removed since
   */
  open (range?: ByteRange): OpenFile | Promise<OpenFile>
}

/** An archive in memory. */
interface KeptFile {
  readonly info: StoredFile
  /** A character for each byte: a socket takes such a text with the headers of an answer in one write, which takes half of what two take. */
  readonly latin1: string
}

/** The largest archive that is kept, and how much all of them may take, in bytes. */
const maxKept = 256 * 1024
const capacity = 32 * 1024 * 1024

/** Opens published files, by their records only. Small archives that are asked for are kept, for as long as their tenant does not change. */
export class Files {
  readonly #context: CatalogContext
  readonly #records: Records
  readonly #repair: Repair
  readonly #revisions: Revisions
  readonly #kept = new KeptAnswers<KeptFile>(capacity, ({ latin1 }) => latin1.length + 500)

  constructor (context: CatalogContext, revisions: Revisions) {
    this.#context = context
    this.#records = new Records(context.database)
    this.#repair = new Repair(context)
    this.#revisions = revisions
  }

  /**
   * Looks a file up.
   *
   * @throws {CatalogError} `file-not-found`
   */
  async find (tenant: string, fileName: string): Promise<FoundFile> {
    // A provenance file comes and goes without its tenant's revision being raised: the index does not show it.
    const revision = isArchive(fileName) ? (await this.#revisions.of(tenant))?.revision : undefined
    const kept = revision === undefined ? undefined : this.#kept.get(tenant, fileName, revision)
    if (kept !== undefined) return { info: kept.info, open: range => ({ info: kept.info, body: partOf(kept.latin1, range) }) }
    const info = await named(() => this.#records.file(tenant, fileName))
    if (info === undefined) throw notFound()
    return { info, open: async range => range === undefined && revision !== undefined && info.size <= maxKept ? await this.#keep(tenant, fileName, revision) : await this.open(tenant, fileName, range) }
  }

  /**
   * Opens a file. Its bytes are those of the record that comes with them: the record is looked up before and after opening, and the
   * two must agree, with nothing being done to the bytes in between.
   *
   * @throws {CatalogError} `file-not-found`, `storage-failed`
   */
  async open (tenant: string, fileName: string, range?: ByteRange): Promise<{ info: StoredFile, body: Readable }> {
    for (;;) {
      const opened = await named(() => this.#tryOpen(tenant, fileName, range))
      if (opened !== undefined) return opened
      await this.#context.locks.run([keyOf(tenant, fileName)], () => whileContended(() => this.#repair.settle(tenant, fileName)))
    }
  }

  async #tryOpen (tenant: string, fileName: string, range?: ByteRange): Promise<{ info: StoredFile, body: Readable } | undefined> {
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

  /** Reads a small archive whole, for whoever asks next too. */
  async #keep (tenant: string, fileName: string, revision: number): Promise<OpenFile> {
    const { info, body } = await this.open(tenant, fileName)
    if (info.size > maxKept) return { info, body }
    const latin1 = (await named(() => buffer(body))).toString('latin1')
    this.#kept.set(tenant, fileName, { revision, value: { info, latin1 } })
    return { info, body: latin1 }
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

/** A part of bytes in memory. */
function partOf (latin1: string, { start, end = latin1.length }: ByteRange = { start: 0 }): string {
  return latin1.slice(start, end + 1)
}

function isSame (before: FileState, after: FileState): boolean {
  return after.intent === undefined && after.record?.digest === before.record?.digest && after.record?.created.getTime() === before.record?.created.getTime()
}

function notFound (): CatalogError {
  return new CatalogError('file-not-found', 'object not found')
}
