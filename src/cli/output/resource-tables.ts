import { Int, type Value } from '../../go/value.js'
import type { LiveObjects } from '../../kube/client.js'
import { intAt, listAt, textAt, type KubeObject } from '../../kube/objects.js'
import { marshalJson } from '../../go/json.js'

/**
 * The live objects of a release for people: for each kind a line `==> v1/Service`, then the API's tables as kubectl prints them. Columns are
 * named once, until a table has others.
 *
 * @param resources tables by kind
 */
export function resourceTables (resources: LiveObjects): string {
  let columns = ''
  let text = ''
  for (const [kind, tables] of resources) {
    text += `==> ${kind}\n`
    for (const table of tables) {
      const own = marshalJson(listAt(table, 'columnDefinitions'))
      text += tableText(table, own !== columns)
      columns = own
    }
    text += '\n'
  }
  return text
}

function tableText (table: KubeObject, withHeader: boolean): string {
  const definitions = listAt(table, 'columnDefinitions')
  const shown = [...definitions.keys()].filter(column => intAt(definitions[column], ['priority'], 0) === 0)
  const rows = listAt(table, 'rows').map(row => shown.map(column => cellText(listAt(row, 'cells')[column])))
  if (rows.length === 0) return ''
  const header = shown.map(column => textAt(definitions[column], ['name']).toUpperCase())
  return align(withHeader ? [header, ...rows] : rows)
}

function cellText (cell: Value | undefined): string {
  if (cell === undefined || cell === null) return ''
  if (typeof cell !== 'string') return cell instanceof Int ? String(cell.value) : marshalJson(cell)
  const end = cell.search(/[\f\n\r]/)
  return end < 0 ? cell : `${cell.slice(0, end)}...`
}

/** Pads every cell but the last of its row, as kubectl's tabwriter does: three blanks between columns, none narrower than six. */
function align (rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(6, ...rows.map(row => Array.from(row[column] ?? '').length + 3)))
  return rows.map(row => row.map((cell, column) => column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)).join('') + '\n').join('')
}
