import type { CompiledQuery } from 'kysely'
import type { Database, IntentsTable, TenantsTable, VersionsTable } from '../db/schema.js'
import { snapshot } from '../db/transaction.js'
import type { FragmentRow } from './fragment.js'
import type { IndexForm, Page } from './index-view.js'
import { isProvenance } from './names.js'
import type { StoredFile } from './record.js'
import { toStoredFile } from './record.js'

/** How many charts a query asks for at a time: databases limit the number of parameters. */
const chartsAtATime = 500

/** What tells one version of a chart from another. */
export interface VersionKey {
  readonly fileName: string
  readonly version: string
  readonly created: Date
}

/** A file's record, and what is being done to its bytes. */
export interface FileState {
  readonly record?: StoredFile
  readonly intent?: IntentsTable
}

/** Reads the catalogue's tables. */
export class Records {
  readonly #database: Database
  #tenantQuery: CompiledQuery<TenantsTable> | undefined

  /** @param database or a transaction */
  constructor (database: Database) {
    this.#database = database
  }

  /** The tenant's revision, and when it last changed; undefined when it never did. */
  async tenant (name: string): Promise<TenantsTable | undefined> {
    // Each request for an archive asks: to compose the query takes as long as to answer it.
    this.#tenantQuery ??= this.#database.selectFrom('tenants').selectAll().where('name', '=', name).compile()
    const { rows } = await this.#database.executeQuery<TenantsTable>({ ...this.#tenantQuery, parameters: [name] })
    return rows[0]
  }

  /** The tenants that have versions or provenance files, in the bytewise order of their names. */
  async tenants (): Promise<string[]> {
    const rows = await this.#database.selectFrom('tenants').select('name').where(eb => eb.or([
      eb.exists(eb.selectFrom('charts').select('charts.name').whereRef('charts.tenant', '=', 'tenants.name').where('versions', '>', 0)),
      eb.exists(eb.selectFrom('provenances').select('file_name').whereRef('provenances.tenant', '=', 'tenants.name'))
    ])).orderBy('name').execute()
    return rows.map(({ name }) => name)
  }

  async counts (tenant: string): Promise<{ charts: number, versions: number }> {
    const { charts, versions } = await this.#database.selectFrom('charts').where('tenant', '=', tenant).where('versions', '>', 0)
      .select(({ fn }) => [fn.countAll().as('charts'), fn.sum<number | string | null>('versions').as('versions')]).executeTakeFirstOrThrow()
    return { charts: Number(charts), versions: Number(versions ?? 0) }
  }

  /** The numbers of charts and versions of every tenant that has some, in the bytewise order of their names. */
  async countsByTenant (): Promise<Map<string, { charts: number, versions: number }>> {
    const rows = await this.#database.selectFrom('charts').where('versions', '>', 0).groupBy('tenant').orderBy('tenant')
      .select(({ fn }) => ['tenant', fn.countAll().as('charts'), fn.sum<number | string | null>('versions').as('versions')]).execute()
    return new Map(rows.map(({ tenant, charts, versions }) => [tenant, { charts: Number(charts), versions: Number(versions ?? 0) }]))
  }

  /** How many archives and provenance files a tenant has. */
  async objects (tenant: string): Promise<number> {
    const { versions } = await this.counts(tenant)
    const { files } = await this.#database.selectFrom('provenances').where('tenant', '=', tenant)
      .select(({ fn }) => fn.countAll().as('files')).executeTakeFirstOrThrow()
    return versions + Number(files)
  }

  /** The rows of a page of charts, in one state of the database; by name, in no order within one. */
  async charts (tenant: string, page: Page = { offset: 0 }): Promise<Map<string, VersionsTable[]>> {
    return await snapshot(this.#database, async transaction => {
      const records = new Records(transaction)
      const names = await records.#names(tenant, page)
      const charts = new Map<string, VersionsTable[]>(names.map(name => [name, []]))
      for (let i = 0; i < names.length; i += chartsAtATime) {
        for (const row of await records.ofCharts(tenant, names.slice(i, i + chartsAtATime))) charts.get(row.chart)?.push(row)
      }
      return charts
    })
  }

  /** All rows of some charts, in no order. */
  async ofCharts (tenant: string, names: readonly string[]): Promise<VersionsTable[]> {
    return await this.#database.selectFrom('versions').selectAll().where('tenant', '=', tenant).where('chart', 'in', names).execute()
  }

  /** What the index has of some charts, in no order; for an index in JSON without the YAML. */
  async entriesOf (tenant: string, names: readonly string[], form: IndexForm): Promise<FragmentRow[]> {
    const rows = this.#database.selectFrom('versions').select(['chart', 'version', 'file_name', 'created_at', 'entry_json'])
      .where('tenant', '=', tenant).where('chart', 'in', names)
    return await (form === 'yaml' ? rows.select('entry_yaml') : rows.select(eb => eb.val('').as('entry_yaml'))).execute()
  }

  /** The charts that changed, appeared or disappeared after a revision. */
  async changedSince (tenant: string, revision: number): Promise<string[]> {
    const rows = await this.#database.selectFrom('charts').select('name').where('tenant', '=', tenant).where('revision', '>', revision).execute()
    return rows.map(({ name }) => name)
  }

  /** The charts with more than so many versions, in the bytewise order of their names. */
  async chartsAbove (tenant: string, versions: number): Promise<string[]> {
    const rows = await this.#database.selectFrom('charts').select('name').where('tenant', '=', tenant).where('versions', '>', versions).orderBy('name').execute()
    return rows.map(({ name }) => name)
  }

  /** What tells the versions of a chart apart. */
  async versionKeys (tenant: string, chart: string): Promise<VersionKey[]> {
    const rows = await this.#database.selectFrom('versions').select(['file_name', 'version', 'created_at'])
      .where('tenant', '=', tenant).where('chart', '=', chart).execute()
    return rows.map(row => ({ fileName: row.file_name, version: row.version, created: new Date(row.created_at) }))
  }

  async version (tenant: string, fileName: string): Promise<VersionsTable | undefined> {
    return await this.#database.selectFrom('versions').selectAll().where('tenant', '=', tenant).where('file_name', '=', fileName).executeTakeFirst()
  }

  /** The record of an archive or a provenance file. */
  async file (tenant: string, fileName: string): Promise<StoredFile | undefined> {
    const row = await this.#database.selectFrom(isProvenance(fileName) ? 'provenances' : 'versions')
      .select(['tenant', 'file_name', 'size', 'digest', 'created_at'])
      .where('tenant', '=', tenant).where('file_name', '=', fileName).executeTakeFirst()
    return row && toStoredFile(row)
  }

  async intent (tenant: string, fileName: string): Promise<IntentsTable | undefined> {
    return await this.#database.selectFrom('intents').selectAll().where('tenant', '=', tenant).where('file_name', '=', fileName).executeTakeFirst()
  }

  /** What a tenant's versions are removed by: those of one chart, or all. */
  async removals (tenant: string, chart?: string): Promise<Array<Pick<VersionsTable, 'file_name' | 'chart'>>> {
    const all = this.#database.selectFrom('versions').select(['file_name', 'chart']).where('tenant', '=', tenant)
    return await (chart === undefined ? all : all.where('chart', '=', chart)).execute()
  }

  async provenanceNames (tenant: string): Promise<string[]> {
    const rows = await this.#database.selectFrom('provenances').select('file_name').where('tenant', '=', tenant).execute()
    return rows.map(row => row.file_name)
  }

  /** The file that a chart's version is stored in: its name need not be made of theirs. */
  async fileNameOf (tenant: string, chart: string, version: string): Promise<string | undefined> {
    const row = await this.#database.selectFrom('versions').select('file_name')
      .where('tenant', '=', tenant).where('chart', '=', chart).where('version', '=', version).executeTakeFirst()
    return row?.file_name
  }

  /** Which of some files have a record. */
  async recordedAmong (tenant: string, files: readonly string[]): Promise<string[]> {
    const of = (table: 'versions' | 'provenances'): Promise<Array<{ file_name: string }>> =>
      this.#database.selectFrom(table).select('file_name').where('tenant', '=', tenant).where('file_name', 'in', files).execute()
    return [...await of('versions'), ...await of('provenances')].map(row => row.file_name)
  }

  /** What is being done to a tenant's files. */
  async intentsOf (tenant: string): Promise<IntentsTable[]> {
    return await this.#database.selectFrom('intents').selectAll().where('tenant', '=', tenant).execute()
  }

  /** What is being done to some files of a tenant. */
  async intentsAmong (tenant: string, files: readonly string[]): Promise<IntentsTable[]> {
    return await this.#database.selectFrom('intents').selectAll().where('tenant', '=', tenant).where('file_name', 'in', files).execute()
  }

  async intents (): Promise<IntentsTable[]> {
    return await this.#database.selectFrom('intents').selectAll().orderBy('tenant').orderBy('file_name').execute()
  }

  /** A file's record and intent, of one moment. */
  async state (tenant: string, fileName: string): Promise<FileState> {
    return await snapshot(this.#database, async transaction => {
      const records = new Records(transaction)
      const record = await records.file(tenant, fileName)
      const intent = await records.intent(tenant, fileName)
      return { ...(record && { record }), ...(intent && { intent }) }
    })
  }

  async #names (tenant: string, { offset, limit }: Page): Promise<string[]> {
    // SQLite takes no OFFSET without a LIMIT.
    const rows = await this.#database.selectFrom('charts').select('name').where('tenant', '=', tenant).where('versions', '>', 0)
      .orderBy('name').limit(limit ?? Number.MAX_SAFE_INTEGER).offset(offset).execute()
    return rows.map(({ name }) => name)
  }
}
