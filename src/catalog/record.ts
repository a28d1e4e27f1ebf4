import type { ProvenancesTable, VersionsTable } from '../db/schema.js'
import { jsonWithUrl, yamlWithUrl } from './entry.js'
import { relativeUrl } from './urls.js'

/** A file of the store, as recorded. */
export interface StoredFile {
  /** Without the tenant, such as `mychart-0.1.0.tgz` or `mychart-0.1.0.tgz.prov`. */
  readonly fileName: string
  /** In bytes. */
  readonly size: number
  /** SHA-256 in lower-case hex, without prefix. */
  readonly digest: string
  /** When it was published. */
  readonly created: Date
}

/** A published version of a chart. */
export interface ChartVersionRecord extends StoredFile {
  readonly name: string
  /** As Chart.yaml has it. */
  readonly version: string
  /** The version's entry of the index, as JSON: what ChartMuseum's API answers for it. */
  readonly json: string
}

/** A row's file. */
export function toStoredFile (row: Omit<ProvenancesTable, 'etag'>): StoredFile {
  return { fileName: row.file_name, size: row.size, digest: row.digest, created: new Date(row.created_at) }
}

/**
 * A row's version.
 *
 * @param prefix what its URL gets in front of it: see `urlPrefix`
 */
export function toChartVersion (row: VersionsTable, prefix: string): ChartVersionRecord {
  return { ...toStoredFile(row), name: row.chart, version: row.version, json: jsonEntryOf(row, prefix) }
}

/**
 * A row's entry of the index as JSON.
 *
 * @param prefix what its URL gets in front of it: see `urlPrefix`
 */
export function jsonEntryOf (row: Pick<VersionsTable, 'file_name' | 'entry_json'>, prefix: string): string {
  const url = relativeUrl(row.file_name)
  return prefix === '' ? row.entry_json : jsonWithUrl(row.entry_json, url, prefix + url)
}

/** The same as lines of YAML. */
export function yamlEntryOf (row: Pick<VersionsTable, 'file_name' | 'entry_yaml'>, prefix: string): string {
  const url = relativeUrl(row.file_name)
  return prefix === '' ? row.entry_yaml : yamlWithUrl(row.entry_yaml, url, prefix + url)
}
