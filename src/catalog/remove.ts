import type { Transaction } from '../db/schema.js'
import { transact } from '../db/transaction.js'
import type { FileKey } from './changes.js'
import { addIntent, deleteIntent, deleteProvenance, deleteVersion, raiseRevision } from './changes.js'
import { Contention, whileContended } from './contention.js'
import type { CatalogContext } from './context.js'
import { CatalogError, named } from './errors.js'
import { archiveName, keyOf, provenanceName } from './names.js'
import { Records } from './records.js'
import { Repair } from './repair.js'

/**
 * Removes versions: the record first, in one transaction with an intent, whose commit is the moment from which nobody sees the version; then
 * the bytes, which the intent sees to if that breaks off.
 */
export class Remover {
  readonly #context: CatalogContext
  readonly #repair: Repair

  constructor (context: CatalogContext) {
    this.#context = context
    this.#repair = new Repair(context)
  }

  /**
   * Removes the version with that file name, or, if there is none, the one of that chart and version whose file has another name (as files that
   * were put into the store by hand may have); and its provenance file.
   *
   * @throws {CatalogError} `version-not-found`, `storage-full`, `storage-failed`
   */
  async remove (tenant: string, name: string, version: string): Promise<void> {
    const archive = await named(() => this.#archiveOf(tenant, name, version))
    const files = [archive, provenanceName(archive)].map(fileName => ({ tenant, file_name: fileName }))
    await this.#context.locks.run(files.map(({ file_name: fileName }) => keyOf(tenant, fileName)), async () => {
      await whileContended(() => named(async () => {
        for (const { file_name: fileName } of files) await this.#repair.settle(tenant, fileName)
        await transact(this.#context.database, transaction => this.#removeRecords(transaction, files, `${name}-${version}`))
      }))
      await this.#removeBytes(files)
    })
  }

  async #archiveOf (tenant: string, name: string, version: string): Promise<string> {
    const records = new Records(this.#context.database)
    const archive = archiveName(name, version)
    return await records.version(tenant, archive) === undefined ? await records.fileNameOf(tenant, name, version) ?? archive : archive
  }

  async #removeRecords (transaction: Transaction, files: readonly FileKey[], what: string): Promise<void> {
    const { owner, clock } = this.#context
    const [archive = { tenant: '', file_name: '' }] = files
    const notFound = new CatalogError('version-not-found', `no chart version found for ${what}`)
    const records = new Records(transaction)
    // Nothing is raised for a version that is not there; what is found is looked up again when nobody else can change it.
    if (await records.version(archive.tenant, archive.file_name) === undefined) throw notFound
    const revision = await raiseRevision(transaction, archive.tenant, clock())
    const row = await records.version(archive.tenant, archive.file_name)
    if (row === undefined) throw notFound
    await deleteVersion(transaction, row, revision)
    for (const file of files) {
      if (await records.intent(file.tenant, file.file_name) !== undefined) throw new Contention(file.file_name)
      await deleteProvenance(transaction, file)
      await addIntent(transaction, { ...file, action: 'delete', owner, created_at: clock().toISOString() })
    }
  }

  /** The version is gone already, so a failure is not the caller's: it is reported, and repaired later. */
  async #removeBytes (files: readonly FileKey[]): Promise<void> {
    const { database, backend, report } = this.#context
    try {
      for (const file of files) await backend.delete(keyOf(file.tenant, file.file_name))
      await transact(database, async transaction => {
        for (const file of files) await deleteIntent(transaction, file)
      })
    } catch (error) {
      report(error)
    }
  }
}
