import { ObjectNotFound } from '../../storage/errors.js'
import type { Transaction } from '../db/schema.js'
import { transact } from '../db/transaction.js'
import { AdoptionRecords } from './adoption-records.js'
import { deleteFiles, holdTenant, raiseRevision } from './changes.js'
import type { CatalogContext } from './context.js'
import { forEachLimited } from './for-each-limited.js'
import { keyOf, splitKey } from './names.js'
import { Records } from './records.js'

/** A tenant whose records were kept though their files are gone. */
export interface Withheld {
  readonly tenant: string
  readonly missing: number
  readonly recorded: number
}

/** So many files of a tenant may be removed by hand at once, however few it has. */
const alwaysCredible = 10

/** How many files are looked for and dropped together. */
const filesAtATime = 64

/** How many are looked for at the same time. */
const lookups = 8

/**
 * The recorded files that a scan of the store has not found yet. Those that it never finds lose their record, if that is credible: not when
 * the store has no chart files at all, and not in a tenant of which more than half of the files, and more than ten, are gone. A volume that is
 * not mounted looks like that; what was really removed so can be given up by name (`portolan doctor --forget`).
 */
export class MissingFiles {
  readonly #context: CatalogContext
  readonly #etags: Map<string, string>
  readonly #recorded = new Map<string, number>()
  #foundAny = false

  /** @param etags of all recorded files, by their keys; taken over */
  constructor (context: CatalogContext, etags: Map<string, string>) {
    this.#context = context
    this.#etags = etags
    for (const key of etags.keys()) this.#recorded.set(splitKey(key).tenant, (this.#recorded.get(splitKey(key).tenant) ?? 0) + 1)
  }

  /** Takes note of a file that is there. Gives the etag that is recorded of it; undefined when there is no record. */
  found (key: string): string | undefined {
    this.#foundAny = true
    const etag = this.#etags.get(key)
    this.#etags.delete(key)
    return etag
  }

  /**
   * Drops the records of files that are gone: each is looked for once more. To be called when the store was listed to the end.
   *
   * @throws {StorageError} {DatabaseError} the signal's reason
   */
  async drop (signal?: AbortSignal): Promise<{ removed: number, withheld: Withheld[] }> {
    const withheld: Withheld[] = []
    let removed = 0
    for (const [tenant, files] of this.#byTenant()) {
      const recorded = this.#recorded.get(tenant) ?? 0
      if (!this.#foundAny || (files.length > alwaysCredible && files.length * 2 > recorded)) {
        withheld.push({ tenant, missing: files.length, recorded })
        continue
      }
      for (let i = 0; i < files.length; i += filesAtATime) {
        signal?.throwIfAborted()
        removed += await this.#dropSome(tenant, files.slice(i, i + filesAtATime))
      }
    }
    return { removed, withheld }
  }

  #byTenant (): Map<string, string[]> {
    const byTenant = new Map<string, string[]>()
    for (const key of this.#etags.keys()) {
      const { tenant, fileName } = splitKey(key)
      const files = byTenant.get(tenant)
      if (files === undefined) byTenant.set(tenant, [fileName])
      else files.push(fileName)
    }
    return byTenant
  }

  async #dropSome (tenant: string, files: readonly string[]): Promise<number> {
    return await dropMissing(this.#context, { tenant, files, isAsCompared: (fileName, etag) => this.#etags.get(keyOf(tenant, fileName)) === etag })
  }
}

/** Records to drop if their bytes are gone. */
export interface Drop {
  readonly tenant: string
  readonly files: readonly string[]
  /** Whether a record is the one that was found to have no bytes. */
  readonly isAsCompared: (fileName: string, etag: string) => boolean
}

/**
 * Drops the records of files that are gone; those whose bytes are there, or to which something is being done, stay.
 *
 * @returns how many were dropped
 * @throws {StorageError} {DatabaseError}
 */
export async function dropMissing (context: CatalogContext, { tenant, files, isAsCompared }: Drop): Promise<number> {
  return await context.locks.run(files.map(fileName => keyOf(tenant, fileName)), async () => {
    const gone: string[] = []
    await forEachLimited(files, lookups, async fileName => {
      if (await isGone(context, keyOf(tenant, fileName))) gone.push(fileName)
    })
    if (gone.length === 0) return 0
    return await transact(context.database, transaction => dropRecords(transaction, context, { tenant, files: gone, isAsCompared }))
  })
}

async function dropRecords (transaction: Transaction, { clock }: CatalogContext, { tenant, files, isAsCompared }: Drop): Promise<number> {
  await holdTenant(transaction, tenant, clock())
  const busy = new Set((await new Records(transaction).intentsAmong(tenant, files)).map(intent => intent.file_name))
  const recorded = await new AdoptionRecords(transaction).among(tenant, files)
  const dropped = [...recorded.values()].filter(({ fileName, etag }) => !busy.has(fileName) && isAsCompared(fileName, etag))
  const versions = dropped.flatMap(({ version }) => version ?? [])
  const revision = versions.length > 0 ? await raiseRevision(transaction, tenant, clock()) : 0
  await deleteFiles(transaction, tenant, { versions, files: dropped.map(({ fileName }) => fileName), revision })
  return dropped.length
}

async function isGone ({ backend }: CatalogContext, key: string): Promise<boolean> {
  try {
    await backend.stat(key)
    return false
  } catch (error) {
    if (error instanceof ObjectNotFound) return true
    throw error
  }
}
