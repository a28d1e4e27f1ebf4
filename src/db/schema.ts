import type { Kysely, Transaction as KyselyTransaction } from 'kysely'

/*
 * The tables, as migrations/ makes them. Times are RFC 3339 in UTC with milliseconds (`Date.toISOString`), so that they sort as text.
 * Names sort bytewise in every dialect. Sizes and revisions stay below 2^53.
 */

/** Tenants that have published something; '' is the one of depth 0. */
export interface TenantsTable {
  readonly name: string
  /** Raised by each transaction that changes what the tenant's index shows; that comes first in the transaction, and so puts them in order. */
  readonly revision: number
  readonly changed_at: string
}

/** Charts that have, or once had, versions: a row without versions tells who loads changes that the chart is gone. */
export interface ChartsTable {
  readonly tenant: string
  readonly name: string
  /** The tenant's revision when the chart last changed. */
  readonly revision: number
  /** How many versions it has. */
  readonly versions: number
}

/** Published versions. The file name is the key: two versions that would have the same one cannot both be. */
export interface VersionsTable {
  readonly tenant: string
  readonly file_name: string
  readonly chart: string
  readonly version: string
  readonly size: number
  readonly digest: string
  readonly created_at: string
  /** The version's entry of index.yaml, with a relative URL: lines indented as they stand there. */
  readonly entry_yaml: string
  /** The same as a JSON object. */
  readonly entry_json: string
  /** The backend's mark of the bytes that the record is about; '' when it is not known. */
  readonly etag: string
}

/** Published provenance files. */
export interface ProvenancesTable {
  readonly tenant: string
  readonly file_name: string
  readonly size: number
  readonly digest: string
  readonly created_at: string
  /** The backend's mark of the bytes that the record is about; '' when it is not known. */
  readonly etag: string
}

/** Files of the store that could not be adopted, as they were when that was tried. */
export interface RefusalsTable {
  readonly tenant: string
  readonly file_name: string
  readonly etag: string
  readonly reason: string
  /** The version that the file holds, when it is refused because another file holds it too. */
  readonly chart: string | null
  readonly version: string | null
}

/**
 * Objects whose bytes and record differ for a moment, written before the bytes change and removed with the record's change: what is left
 * of a killed process is repaired from them.
 */
export interface IntentsTable {
  readonly tenant: string
  readonly file_name: string
  /** What is being done to the bytes. */
  readonly action: 'put' | 'delete'
  /** The process that does it. */
  readonly owner: string
  readonly created_at: string
}

export interface Schema {
  readonly tenants: TenantsTable
  readonly charts: ChartsTable
  readonly versions: VersionsTable
  readonly provenances: ProvenancesTable
  readonly intents: IntentsTable
  readonly refusals: RefusalsTable
}

/** An open database; `destroy()` closes it. Writes belong into `transact` (transaction.ts). */
export type Database = Kysely<Schema>

/** A running transaction, or a snapshot. */
export type Transaction = KyselyTransaction<Schema>
