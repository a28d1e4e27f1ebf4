import type { VersionsTable } from '../db/schema.js'
import { marshalJson } from '../go/json.js'
import { entriesUnder, nameLine } from './entry.js'
import type { IndexForm } from './index-view.js'
import { jsonEntryOf, yamlEntryOf } from './record.js'
import { newestFirst } from './versions.js'

/** One chart's part of an index, serialised. */
export interface Fragment {
  readonly name: string
  /** How many versions it has; a chart that has none has no part of the index any more. */
  readonly versions: number
  /** As YAML its lines: the name, and a list of versions; as JSON `"name":[…]`. */
  readonly bytes: Buffer
}

/** What a fragment is made of: the columns of its versions' rows. */
export type FragmentRow = Pick<VersionsTable, 'chart' | 'version' | 'file_name' | 'created_at' | 'entry_yaml' | 'entry_json'>

/**
 * Serialises a chart's part of an index.
 *
 * @param rows its versions, in any order; as JSON their `entry_yaml` is not looked at
 * @param prefix what URLs get in front of them: see `urlPrefix`
 */
export function buildFragment (name: string, rows: readonly FragmentRow[], { form, prefix }: { readonly form: IndexForm, readonly prefix: string }): Fragment {
  const sorted = rows.length < 2 ? rows : newestFirst(rows.map(row => ({ row, version: row.version, created: new Date(row.created_at) }))).map(({ row }) => row)
  const text = form === 'json' ? jsonOf(name, sorted, prefix) : yamlOf(name, sorted, prefix)
  return { name, versions: rows.length, bytes: Buffer.from(text) }
}

function jsonOf (name: string, rows: readonly FragmentRow[], prefix: string): string {
  return `${marshalJson(name)}:[${jsonEntries(rows, prefix).join(',')}]`
}

function yamlOf (name: string, rows: readonly FragmentRow[], prefix: string): string {
  const line = nameLine(name)
  return line === undefined ? entriesUnder(name, jsonEntries(rows, prefix)) : line + rows.map(row => yamlEntryOf(row, prefix)).join('')
}

function jsonEntries (rows: readonly FragmentRow[], prefix: string): string[] {
  return rows.map(row => jsonEntryOf(row, prefix))
}
