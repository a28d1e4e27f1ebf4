import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { ObjectNotFound, StorageError } from '../../storage/errors.js'
import { AdoptionRecords } from './adoption-records.js'
import type { CatalogContext } from './context.js'
import { forEachLimited } from './for-each-limited.js'
import { dropMissing } from './missing-files.js'
import { keyOf, splitKey } from './names.js'
import { readStoreFile } from './reading.js'
import { Records } from './records.js'
import type { Repair } from './repair.js'
import type { StoreFile, TenantDepth } from './store-files.js'
import { isAtDepth, storeFiles } from './store-files.js'

/**
 * What can be wrong with a file:
 *
 * - `missing`: it is published, and its bytes are gone
 * - `corrupt`: it is published, and has other bytes than its record says
 * - `unreadable`: the storage cannot read it
 * - `extra`: it is a chart or provenance file without a record
 * - `no-chart`: it has no record, and is none
 * - `unfinished`: a process that has ended left a change of it half done
 */
export type FindingKind = 'missing' | 'corrupt' | 'unreadable' | 'extra' | 'no-chart' | 'unfinished'

/** Something that is wrong. */
export interface Finding {
  readonly kind: FindingKind
  readonly tenant: string
  readonly fileName: string
  readonly detail: string
}

/** What was looked at, and what was found. */
export interface Examination {
  /** Files whose bytes were read. */
  readonly files: number
  /** By key, in the bytewise order of keys. */
  readonly findings: readonly Finding[]
}

/** How many files are read at the same time. */
const readings = 4

/** Compares every file of the store with its record, by its bytes. Nothing is changed; what changes meanwhile is looked at again. */
export class Examiner {
  readonly #context: CatalogContext
  readonly #repair: Repair

  constructor (context: CatalogContext, repair: Repair) {
    this.#context = context
    this.#repair = repair
  }

  /**
   * Reads the whole store.
   *
   * @param depth which folders are tenants'
   * @throws {StorageError} when the store cannot be listed; {DatabaseError}
   */
  async run (depth: TenantDepth): Promise<Examination> {
    const findings: Finding[] = []
    const unseen = await this.#recordedKeys(depth)
    let files = 0
    await forEachLimited(await this.#list(depth), readings, async file => {
      unseen.delete(file.info.key)
      files++
      const finding = await this.#examine(file)
      if (finding !== undefined) findings.push({ ...finding, tenant: file.tenant, fileName: file.fileName })
    })
    await forEachLimited(unseen, readings, async key => {
      const { tenant, fileName } = splitKey(key)
      if (await this.#isMissing(tenant, fileName)) findings.push({ kind: 'missing', tenant, fileName, detail: 'it is published, and its bytes are gone' })
    })
    for (const { tenant, file_name: fileName, action, created_at: since } of await this.#repair.leftOver()) {
      findings.push({ kind: 'unfinished', tenant, fileName, detail: `its bytes were to be ${action === 'put' ? 'replaced' : 'deleted'} (${since})` })
    }
    return { files, findings: findings.sort(byKey) }
  }

  /**
   * Drops the records of missing files.
   *
   * @returns how many were dropped: those whose bytes are there all the same stay
   */
  async forget (files: readonly Pick<Finding, 'tenant' | 'fileName'>[]): Promise<number> {
    let dropped = 0
    for (const tenant of new Set(files.map(file => file.tenant))) {
      const names = files.filter(file => file.tenant === tenant).map(({ fileName }) => fileName)
      for (let i = 0; i < names.length; i += 64) dropped += await dropMissing(this.#context, { tenant, files: names.slice(i, i + 64), isAsCompared: () => true })
    }
    return dropped
  }

  async #list (depth: TenantDepth): Promise<StoreFile[]> {
    const files: StoreFile[] = []
    for await (const file of storeFiles(this.#context.backend, depth)) files.push(file)
    return files
  }

  async #recordedKeys (depth: TenantDepth): Promise<Set<string>> {
    const keys = new Set<string>()
    for (const table of ['versions', 'provenances'] as const) {
      for await (const page of new AdoptionRecords(this.#context.database).all(table)) {
        for (const { tenant, file_name: fileName } of page) if (isAtDepth(tenant, depth)) keys.add(keyOf(tenant, fileName))
      }
    }
    return keys
  }

  async #examine (file: StoreFile): Promise<Pick<Finding, 'kind' | 'detail'> | undefined> {
    const records = new Records(this.#context.database)
    for (;;) {
      const before = await records.state(file.tenant, file.fileName)
      // What is being changed at the moment is not at rest.
      if (before.intent !== undefined) return undefined
      const found = await (before.record === undefined ? this.#examineUnrecorded(file) : this.#compare(file, before.record)).catch(unreadable)
      const after = await records.state(file.tenant, file.fileName)
      if (after.intent === undefined && after.record?.digest === before.record?.digest) return found
    }
  }

  async #examineUnrecorded (file: StoreFile): Promise<Pick<Finding, 'kind' | 'detail'> | undefined> {
    const reading = await readStoreFile(this.#context, file)
    if (reading === undefined) return undefined
    return reading.refusal === undefined ? { kind: 'extra', detail: 'it has no record' } : { kind: 'no-chart', detail: reading.refusal }
  }

  async #compare ({ info: { key } }: StoreFile, { digest, size }: { digest: string, size: number }): Promise<Pick<Finding, 'kind' | 'detail'> | undefined> {
    const hash = createHash('sha256')
    let bytes = 0
    try {
      await pipeline(await this.#context.backend.read(key), async source => {
        for await (const chunk of source) {
          hash.update(chunk as Uint8Array)
          bytes += (chunk as Uint8Array).length
        }
      })
    } catch (error) {
      // It was listed and is gone: whether that is a fault is asked of the records again.
      if (error instanceof ObjectNotFound) return { kind: 'missing', detail: 'it is published, and its bytes are gone' }
      throw error
    }
    const found = hash.digest('hex')
    return found === digest ? undefined : { kind: 'corrupt', detail: `it has ${bytes} bytes with the digest ${found}, recorded are ${size} with ${digest}` }
  }

  async #isMissing (tenant: string, fileName: string): Promise<boolean> {
    try {
      await this.#context.backend.stat(keyOf(tenant, fileName))
      return false
    } catch (error) {
      if (!(error instanceof ObjectNotFound)) throw error
    }
    const { record, intent } = await new Records(this.#context.database).state(tenant, fileName)
    return record !== undefined && intent === undefined
  }
}

function unreadable (error: unknown): Pick<Finding, 'kind' | 'detail'> {
  if (error instanceof StorageError || (error instanceof Error && 'errno' in error)) return { kind: 'unreadable', detail: error.message }
  throw error
}

function byKey (a: Finding, b: Finding): number {
  return Buffer.compare(Buffer.from(keyOf(a.tenant, a.fileName)), Buffer.from(keyOf(b.tenant, b.fileName)))
}
