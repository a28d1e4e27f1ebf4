import type { VersionsTable } from '../db/schema.js'
import { entriesUnder, nameLine } from './entry.js'
import { marshalJson } from '../go/json.js'
import { entryOf } from './record.js'
import { newestFirst } from './versions.js'

/** One chart's part of the index, serialised. */
export interface Fragment {
  readonly name: string
  /** How many versions it has. */
  readonly versions: number
  /** Its lines of index.yaml: the name, and a list of versions. */
  readonly yaml: Buffer
  /** `"name":[…]`. */
  readonly json: Buffer
}

/**
 * Serialises a chart's part of the index.
 *
 * @param name of the chart
 * @param rows its versions, at least one, in any order
 * @param prefix what URLs get in front of them: see `urlPrefix`
 */
export function buildFragment (name: string, rows: readonly VersionsTable[], prefix: string): Fragment {
  const sorted = newestFirst(rows.map(row => ({ row, version: row.version, created: new Date(row.created_at) })))
  const entries = sorted.map(({ row }) => entryOf(row, prefix))
  const jsons = entries.map(({ json }) => json)
  const line = nameLine(name)
  const yaml = line === undefined ? entriesUnder(name, jsons) : line + entries.map(({ yaml }) => yaml).join('')
  return { name, versions: rows.length, yaml: Buffer.from(yaml), json: Buffer.from(`${marshalJson(name)}:[${jsons.join(',')}]`) }
}
