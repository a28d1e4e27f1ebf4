import type { IntentsTable, ProvenancesTable, Transaction, VersionsTable } from '../db/schema.js'
import { CatalogError } from './errors.js'

/** What names a file of a tenant in the tables. */
export type FileKey = Pick<IntentsTable, 'tenant' | 'file_name'>

/**
 * Raises a tenant's revision, which must come first in a transaction that changes what its index shows: others that do so wait from there on,
 * and so revisions are committed in their order.
 *
 * @param now when the tenant changes
 * @returns the new revision
 */
export async function raiseRevision (transaction: Transaction, tenant: string, now: Date): Promise<number> {
  const { revision } = await transaction.insertInto('tenants').values({ name: tenant, revision: 1, changed_at: now.toISOString() })
    .onConflict(conflict => conflict.column('name').doUpdateSet(eb => ({ revision: eb('tenants.revision', '+', 1), changed_at: eb.ref('excluded.changed_at') })))
    .returning('revision').executeTakeFirstOrThrow()
  return revision
}

/**
 * Makes sure that a tenant is recorded, and holds it, for a transaction that does not change what its index shows.
 *
 * @param now when the tenant is recorded, if it was not
 * @returns the revision that it has
 */
export async function holdTenant (transaction: Transaction, tenant: string, now: Date): Promise<number> {
  const { revision } = await transaction.insertInto('tenants').values({ name: tenant, revision: 0, changed_at: now.toISOString() })
    .onConflict(conflict => conflict.column('name').doUpdateSet(eb => ({ revision: eb.ref('tenants.revision') })))
    .returning('revision').executeTakeFirstOrThrow()
  return revision
}

/**
 * Records a version, in the place of one with the same file name if there is one.
 *
 * @param revision what `raiseRevision` gave
 * @throws {CatalogError} `already-exists` when the file name stands for another version, or the version has another file name
 */
export async function putVersion (transaction: Transaction, row: VersionsTable, revision: number): Promise<void> {
  const taken = await transaction.selectFrom('versions').select(['file_name', 'chart', 'version']).where('tenant', '=', row.tenant)
    .where(eb => eb.or([eb('file_name', '=', row.file_name), eb.and([eb('chart', '=', row.chart), eb('version', '=', row.version)])])).execute()
  const other = taken.find(({ file_name: fileName, chart, version }) => fileName !== row.file_name || chart !== row.chart || version !== row.version)
  if (other !== undefined) throw new CatalogError('already-exists', `${other.file_name} already exists, with version ${other.version} of the chart ${other.chart}`)
  await changeChart(transaction, row, { revision, by: taken.length === 0 ? 1 : 0 })
  await transaction.insertInto('versions').values(row)
    .onConflict(conflict => conflict.columns(['tenant', 'file_name']).doUpdateSet(row)).execute()
}

/**
 * Removes a version.
 *
 * @param revision what `raiseRevision` gave
 */
export async function deleteVersion (transaction: Transaction, row: VersionsTable, revision: number): Promise<void> {
  await transaction.deleteFrom('versions').where('tenant', '=', row.tenant).where('file_name', '=', row.file_name).execute()
  await changeChart(transaction, row, { revision, by: -1 })
}

/** Records a provenance file, in the place of one with the same name if there is one. */
export async function putProvenance (transaction: Transaction, row: ProvenancesTable): Promise<void> {
  await transaction.insertInto('provenances').values(row)
    .onConflict(conflict => conflict.columns(['tenant', 'file_name']).doUpdateSet(row)).execute()
}

/** How many file names a query is given at a time: databases limit the number of parameters. */
const filesAtATime = 500

/**
 * Removes many files' records at once.
 *
 * @param removal the versions, all files (the provenance files too), and what `raiseRevision` gave
 */
export async function deleteFiles (transaction: Transaction, tenant: string, { versions, files, revision }: BulkRemoval): Promise<void> {
  for (const names of slices(files)) {
    await transaction.deleteFrom('versions').where('tenant', '=', tenant).where('file_name', 'in', names).execute()
    await transaction.deleteFrom('provenances').where('tenant', '=', tenant).where('file_name', 'in', names).execute()
    await pause()
  }
  const counts = new Map<string, number>()
  for (const { chart } of versions) counts.set(chart, (counts.get(chart) ?? 0) - 1)
  await changeCharts(transaction, { tenant, revision, counts })
}

/** What many removals are made of. */
export interface BulkRemoval {
  readonly versions: ReadonlyArray<Pick<VersionsTable, 'chart'>>
  readonly files: readonly string[]
  readonly revision: number
}

/** How charts change: how many versions each gains or loses. */
export interface ChartChanges {
  readonly tenant: string
  readonly revision: number
  readonly counts: ReadonlyMap<string, number>
}

/** Notes that charts changed, for whoever loads what changed after a revision. */
export async function changeCharts (transaction: Transaction, { tenant, revision, counts }: ChartChanges): Promise<void> {
  for (const part of slices([...counts])) {
    await transaction.insertInto('charts').values(part.map(([name, by]) => ({ tenant, name, revision, versions: by })))
      .onConflict(conflict => conflict.columns(['tenant', 'name'])
        .doUpdateSet(eb => ({ revision, versions: eb('charts.versions', '+', eb.ref('excluded.versions')) }))).execute()
  }
}

/** Writes many intents down; nobody may have done so already. */
export async function addIntents (transaction: Transaction, intents: readonly IntentsTable[]): Promise<void> {
  for (const part of slices(intents)) {
    await transaction.insertInto('intents').values(part).execute()
    await pause()
  }
}

/** Strikes many intents out. */
export async function deleteIntents (transaction: Transaction, tenant: string, files: readonly string[]): Promise<void> {
  for (const names of slices(files)) {
    await transaction.deleteFrom('intents').where('tenant', '=', tenant).where('file_name', 'in', names).execute()
  }
}

function slices<Item> (items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / filesAtATime) }, (_, i) => items.slice(i * filesAtATime, (i + 1) * filesAtATime))
}

/** Lets what does not ask the database have its turn. */
async function pause (): Promise<void> {
  await new Promise(resolve => setImmediate(resolve))
}

/** Removes a provenance file, if it is there. */
export async function deleteProvenance (transaction: Transaction, file: FileKey): Promise<void> {
  await transaction.deleteFrom('provenances').where('tenant', '=', file.tenant).where('file_name', '=', file.file_name).execute()
}

/** Writes down what is about to be done to a file's bytes; nobody may have done so already. */
export async function addIntent (transaction: Transaction, intent: IntentsTable): Promise<void> {
  await transaction.insertInto('intents').values(intent).execute()
}

/** Strikes out what was written down, if it is there. */
export async function deleteIntent (transaction: Transaction, file: FileKey): Promise<void> {
  await transaction.deleteFrom('intents').where('tenant', '=', file.tenant).where('file_name', '=', file.file_name).execute()
}

async function changeChart (transaction: Transaction, { tenant, chart }: VersionsTable, { revision, by }: { revision: number, by: number }): Promise<void> {
  await transaction.insertInto('charts').values({ tenant, name: chart, revision, versions: by })
    .onConflict(conflict => conflict.columns(['tenant', 'name']).doUpdateSet(eb => ({ revision, versions: eb('charts.versions', '+', by) }))).execute()
}
