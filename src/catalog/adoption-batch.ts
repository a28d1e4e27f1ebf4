import type { Transaction, VersionsTable } from '../db/schema.js'
import { transact } from '../db/transaction.js'
import type { RecordedFile } from './adoption-records.js'
import { AdoptionRecords, versionKey } from './adoption-records.js'
import { changeCharts, deleteFiles, holdTenant, raiseRevision } from './changes.js'
import type { CatalogContext } from './context.js'
import { forEachLimited } from './for-each-limited.js'
import { Gate } from './gate.js'
import { isArchive, keyOf } from './names.js'
import type { Reading } from './reading.js'
import { readStoreFile } from './reading.js'
import { Records } from './records.js'
import { smallArchive } from './small-archive.js'
import type { StoreFile } from './store-files.js'

/** A file of the store that is no chart. */
export interface Refusal {
  readonly tenant: string
  readonly fileName: string
  readonly reason: string
}

/** What became of files that differed from what was recorded. */
export interface BatchOutcome {
  /** Files that had no record and have one now. */
  readonly adopted: number
  /** Files that have other bytes than were recorded, and whose record follows them. */
  readonly updated: number
  /** Files that are gone, or are no charts any more, and whose records are gone too. */
  readonly removed: number
  /** Files that are no charts, and were not known as such. */
  readonly refused: readonly Refusal[]
  /** Files that could not be read: each was reported, and is tried again by the next scan. */
  readonly unreadable: number
}

/** How many files are read at the same time; of those that are not small, fewer: each may take as much memory as an archive may unpack to. */
const readings = 16
const largeReadings = 2

/** What is to be done about the files of a tenant. */
interface Plan {
  readonly insert: Reading[]
  /** Records of bytes that are gone: the file was replaced. */
  readonly replaced: RecordedFile[]
  readonly touch: Array<{ recorded: RecordedFile, etag: string }>
  readonly refuse: Array<{ reading: Reading, reason: string, version?: VersionsTable }>
}

/** Some files of the store that differ from what is recorded: reads them, and records them in one transaction. */
export class AdoptionBatch {
  readonly #context: CatalogContext
  readonly #files: ReadonlyMap<StoreFile, string | undefined>

  readonly #keepRecords: boolean

  /**
   * @param files with the etag that was recorded of each when it was compared; undefined for those without a record
   * @param options whether records of files that are no charts any more stay
   */
  constructor (context: CatalogContext, files: ReadonlyMap<StoreFile, string | undefined>, { keepRecords }: { readonly keepRecords: boolean }) {
    this.#context = context
    this.#files = files
    this.#keepRecords = keepRecords
  }

  /** @throws {CatalogError} or {DatabaseError} when the records cannot be written; a file that cannot be read is only reported */
  async run (): Promise<BatchOutcome> {
    const keys = Array.from(this.#files.keys(), ({ tenant, fileName }) => keyOf(tenant, fileName))
    // Who publishes or removes one of the files in this process waits until its record is there.
    return await this.#context.locks.run(keys, async () => {
      const { read, unreadable } = await this.#read()
      return { ...await this.#record(read), unreadable }
    })
  }

  async #read (): Promise<{ read: Reading[], unreadable: number }> {
    const read: Reading[] = []
    let unreadable = 0
    const large = new Gate(largeReadings)
    await forEachLimited(this.#files.keys(), readings, async file => {
      try {
        const readIt = (): Promise<Reading | undefined> => readStoreFile(this.#context, file)
        const reading = await (file.info.size > smallArchive ? large.run(readIt) : readIt())
        if (reading !== undefined) read.push(reading)
      } catch (error) {
        unreadable++
        this.#context.report(error)
      }
    })
    return { read, unreadable }
  }

  async #record (read: readonly Reading[]): Promise<Omit<BatchOutcome, 'unreadable'>> {
    const byTenant = new Map<string, Reading[]>()
    for (const reading of read) byTenant.set(reading.file.tenant, [...byTenant.get(reading.file.tenant) ?? [], reading])
    return await transact(this.#context.database, async transaction => {
      const plans: Plan[] = []
      for (const [tenant, some] of byTenant) plans.push(await this.#recordTenant(transaction, tenant, some))
      return outcomeOf(plans)
    })
  }

  async #recordTenant (transaction: Transaction, tenant: string, read: readonly Reading[]): Promise<Plan> {
    const now = this.#context.clock()
    await holdTenant(transaction, tenant, now)
    const plan = await this.#plan(transaction, tenant, read)
    const versions = plan.insert.flatMap(({ version }) => version ?? [])
    const gone = plan.replaced.flatMap(({ version }) => version ?? [])
    const records = new AdoptionRecords(transaction)
    const revision = versions.length + gone.length > 0 ? await raiseRevision(transaction, tenant, now) : 0
    await deleteFiles(transaction, tenant, { versions: gone, files: plan.replaced.map(({ fileName }) => fileName), revision })
    await changeCharts(transaction, { tenant, revision, counts: countCharts(versions) })
    await records.insert(versions, plan.insert.flatMap(({ provenance }) => provenance ?? []))
    for (const { recorded, etag } of plan.touch) await records.touch(tenant, recorded, etag)
    await records.forgive(tenant, read.map(({ file }) => file.fileName))
    await records.refuse(plan.refuse.map(({ reading: { file }, reason, version }) =>
      ({ tenant, file_name: file.fileName, etag: file.info.etag, reason, chart: version?.chart ?? null, version: version?.version ?? null })))
    return plan
  }

  /** Decides, when nobody else can change the tenant's records any more. */
  async #plan (transaction: Transaction, tenant: string, read: readonly Reading[]): Promise<Plan> {
    const plan: Plan = { insert: [], replaced: [], touch: [], refuse: [] }
    const names = read.map(({ file }) => file.fileName)
    const records = new AdoptionRecords(transaction)
    const recorded = await records.among(tenant, names)
    const busy = new Set((await new Records(transaction).intentsAmong(tenant, names)).map(intent => intent.file_name))
    const taken = await records.filesOf(tenant, read.flatMap(({ version }) => version ?? []))
    for (const reading of [...read].sort(byKey)) {
      const record = recorded.get(reading.file.fileName)
      // Another process is changing it, or has done so since it was compared.
      if (busy.has(reading.file.fileName) || record?.etag !== this.#files.get(reading.file)) continue
      if (this.#keepRecords && record !== undefined && reading.refusal !== undefined) continue
      if (record?.digest === reading.digest) plan.touch.push({ recorded: record, etag: reading.file.info.etag })
      else decide(reading, { plan, taken, ...(record && { record }) })
    }
    return plan
  }
}

/** Plans for a file without a record, or with other bytes than its record says. */
function decide (reading: Reading, { plan, taken, record }: { plan: Plan, taken: Map<string, string>, record?: RecordedFile }): void {
  const { file, version, refusal } = reading
  if (record !== undefined) plan.replaced.push(record)
  if (refusal !== undefined) {
    plan.refuse.push({ reading, reason: refusal })
    return
  }
  const twin = version && taken.get(versionKey(version))
  if (version !== undefined && twin !== undefined && twin !== file.fileName) {
    plan.refuse.push({ reading, version, reason: `version ${version.version} of the chart ${version.chart} is published as ${twin} already` })
    return
  }
  if (version !== undefined) taken.set(versionKey(version), file.fileName)
  plan.insert.push(reading)
}

function outcomeOf (plans: readonly Plan[]): Omit<BatchOutcome, 'unreadable'> {
  const count = (of: (plan: Plan) => number): number => plans.reduce((sum, plan) => sum + of(plan), 0)
  const refused = plans.flatMap(plan => plan.refuse.map(({ reading: { file }, reason }) => ({ tenant: file.tenant, fileName: file.fileName, reason })))
  const updated = count(({ insert, replaced }) => insert.filter(({ file }) => replaced.some(({ fileName }) => fileName === file.fileName)).length)
  const adopted = count(({ insert }) => insert.length) - updated
  return { adopted, updated, removed: count(({ replaced }) => replaced.length) - updated, refused }
}

function countCharts (versions: readonly VersionsTable[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { chart } of versions) counts.set(chart, (counts.get(chart) ?? 0) + 1)
  return counts
}

/** Archives come in the order of their names, whatever the order in which they were read. */
function byKey (a: Reading, b: Reading): number {
  return Number(isArchive(b.file.fileName)) - Number(isArchive(a.file.fileName)) || (a.file.fileName < b.file.fileName ? -1 : 1)
}
