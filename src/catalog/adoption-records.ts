import type { Database, ProvenancesTable, RefusalsTable, Transaction, VersionsTable } from '../db/schema.js'

/** What is recorded of a file, as far as the store can differ from it. */
export interface RecordedFile {
  readonly fileName: string
  readonly etag: string
  readonly digest: string
  /** The version that it holds; left out for a provenance file. */
  readonly version?: Pick<VersionsTable, 'chart' | 'version'>
}

/** A file's place in the order of records. */
interface Place {
  readonly tenant: string
  readonly file_name: string
}

/** How many records a query gives at a time. */
const recordsAtATime = 1000

/** Reads and writes the tables for what compares them with the store. */
export class AdoptionRecords {
  readonly #database: Database | Transaction

  /** @param database or a transaction */
  constructor (database: Database | Transaction) {
    this.#database = database
  }

  /** Every recorded file with its etag, a page at a time, between which others have their turn. */
  async * all (table: 'versions' | 'provenances' | 'refusals'): AsyncGenerator<Array<Place & { etag: string }>> {
    for (let last: Place | undefined; ;) {
      const page = await this.#page(table, last)
      yield page
      last = page.at(-1)
      if (page.length < recordsAtATime) return
      await new Promise(resolve => setImmediate(resolve))
    }
  }

  /** The refusals whose reason is gone: the version that stood in their way was removed. */
  async outdatedRefusals (): Promise<Place[]> {
    return await this.#database.selectFrom('refusals').select(['refusals.tenant', 'refusals.file_name']).where('refusals.chart', 'is not', null)
      .where(eb => eb.not(eb.exists(eb.selectFrom('versions').select('versions.file_name').whereRef('versions.tenant', '=', 'refusals.tenant')
        .whereRef('versions.chart', '=', 'refusals.chart').whereRef('versions.version', '=', 'refusals.version')))).execute()
  }

  /** What is recorded of some files of a tenant, by file name. */
  async among (tenant: string, files: readonly string[]): Promise<Map<string, RecordedFile>> {
    const versions = await this.#database.selectFrom('versions').select(['file_name', 'etag', 'digest', 'chart', 'version'])
      .where('tenant', '=', tenant).where('file_name', 'in', files).execute()
    const provenances = await this.#database.selectFrom('provenances').select(['file_name', 'etag', 'digest'])
      .where('tenant', '=', tenant).where('file_name', 'in', files).execute()
    return new Map([
      ...versions.map(row => [row.file_name, { fileName: row.file_name, etag: row.etag, digest: row.digest, version: { chart: row.chart, version: row.version } }] as const),
      ...provenances.map(row => [row.file_name, { fileName: row.file_name, etag: row.etag, digest: row.digest }] as const)
    ])
  }

  /** In which files some versions are, by `versionKey`. */
  async filesOf (tenant: string, versions: ReadonlyArray<Pick<VersionsTable, 'chart' | 'version'>>): Promise<Map<string, string>> {
    if (versions.length === 0) return new Map()
    const rows = await this.#database.selectFrom('versions').select(['file_name', 'chart', 'version']).where('tenant', '=', tenant)
      .where('chart', 'in', [...new Set(versions.map(({ chart }) => chart))]).where('version', 'in', [...new Set(versions.map(({ version }) => version))]).execute()
    return new Map(rows.map(row => [versionKey(row), row.file_name]))
  }

  /** Records versions and provenance files that are not recorded yet. */
  async insert (versions: readonly VersionsTable[], provenances: readonly ProvenancesTable[]): Promise<void> {
    if (versions.length > 0) await this.#database.insertInto('versions').values(versions).execute()
    if (provenances.length > 0) await this.#database.insertInto('provenances').values(provenances).execute()
  }

  /** Notes that a file has another etag, and the bytes that it had. */
  async touch (tenant: string, { fileName, version }: RecordedFile, etag: string): Promise<void> {
    const table = version === undefined ? 'provenances' : 'versions'
    await this.#database.updateTable(table).set({ etag }).where('tenant', '=', tenant).where('file_name', '=', fileName).execute()
  }

  /** Remembers files that are no charts, in the place of what was remembered of them. */
  async refuse (refusals: readonly RefusalsTable[]): Promise<void> {
    for (const row of refusals) {
      await this.#database.insertInto('refusals').values(row).onConflict(conflict => conflict.columns(['tenant', 'file_name']).doUpdateSet(row)).execute()
    }
  }

  /** Forgets what was remembered of files. */
  async forgive (tenant: string, files: readonly string[]): Promise<void> {
    if (files.length === 0) return
    await this.#database.deleteFrom('refusals').where('tenant', '=', tenant).where('file_name', 'in', files).execute()
  }

  async #page (table: 'versions' | 'provenances' | 'refusals', last?: Place): Promise<Array<Place & { etag: string }>> {
    const page = this.#database.selectFrom(table).select(['tenant', 'file_name', 'etag']).orderBy('tenant').orderBy('file_name').limit(recordsAtATime)
    if (last === undefined) return await page.execute()
    return await page.where(eb => eb.or([
      eb('tenant', '>', last.tenant),
      eb.and([eb('tenant', '=', last.tenant), eb('file_name', '>', last.file_name)])
    ])).execute()
  }
}

/** A version's name in a map. */
export function versionKey ({ chart, version }: Pick<VersionsTable, 'chart' | 'version'>): string {
  return `${chart}\n${version}`
}
