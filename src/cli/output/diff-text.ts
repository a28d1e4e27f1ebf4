import { changeKind, yamlOf, type ChangeKind, type ObjectChange } from '../../action/diff/object-change.js'
import { unifiedDiff } from '../../action/diff/unified.js'
import { JsonStruct } from '../../chart/json-struct.js'
import { marshalJson } from '../../go/json.js'
import { quote } from '../../go/strconv.js'

/** How a diff is printed for people. */
export interface DiffTextOptions {
  /** How many equal lines stand around a change; all of them when negative. */
  readonly context: number
  readonly color: boolean
}

const yellow = '\x1b[33m'
const reset = '\x1b[0m'
const colors: ReadonlyMap<string, string> = new Map([['+', '\x1b[32m'], ['-', '\x1b[31m'], ['@', '\x1b[36m']])

/**
 * Changes as a unified diff for each object, under a line that names it.
 *
 * @param changes what differs
 * @param options how much of it, and how
 */
export function diffText (changes: readonly ObjectChange[], { context, color }: DiffTextOptions): string {
  return changes.map(change => {
    const head = `${headOf(change)}\n`
    const diff = diffOf(change, context)
    return color ? `${yellow}${head.trimEnd()}${reset}\n${colored(diff)}` : head + diff
  }).join('\n')
}

/** `default, web, Deployment (apps/v1) has changed:` */
function headOf (change: ObjectChange): string {
  const { namespace, name, kind, apiVersion, hook } = change
  const words: Readonly<Record<ChangeKind, string>> = { changed: 'has changed', added: 'has been added', removed: 'has been removed' }
  return `${plain(namespace)}, ${plain(name)}, ${plain(kind)} (${plain(apiVersion)})${hook ? ' hook' : ''} ${words[changeKind(change)]}:`
}

/** A name as it stands, unless it would move the cursor: names come from charts. */
function plain (name: string): string {
  return /^[\x20-\x7e]*$/.test(name) ? name : quote(name)
}

function diffOf ({ before, after }: ObjectChange, context: number): string {
  return unifiedDiff(yamlOf(before), yamlOf(after), context)
}

function colored (diff: string): string {
  return diff.split('\n').map(line => {
    const color = colors.get(line.charAt(0))
    return color === undefined ? line : `${color}${line}${reset}`
  }).join('\n')
}

/**
 * Changes for programs: a JSON list of objects with `change`, the unified `diff`, and the object `before` and `after`.
 *
 * @param changes what differs
 * @param context how many equal lines stand around a change in `diff`
 */
export function diffJson (changes: readonly ObjectChange[], context: number): string {
  return marshalJson(changes.map(change => new JsonStruct('diff.change', [
    ['apiVersion', change.apiVersion],
    ['kind', change.kind],
    ['namespace', change.namespace],
    ['name', change.name],
    ['hook', change.hook ? true : undefined],
    ['change', changeKind(change)],
    ['diff', diffOf(change, context)],
    ['before', change.before],
    ['after', change.after]
  ])))
}

/**
 * How many objects change, such as `1 to be added, 2 to be changed.`
 *
 * @param changes what differs
 */
export function summaryText (changes: readonly ObjectChange[]): string {
  const kinds: readonly ChangeKind[] = ['added', 'changed', 'removed']
  const counts = kinds.map(kind => ({ kind, count: changes.filter(change => changeKind(change) === kind).length })).filter(({ count }) => count > 0)
  return `${counts.map(({ kind, count }) => `${count} to be ${kind}`).join(', ')}.`
}
