import { compareKeys } from '../go/yaml/key-order.js'
import { marshalYaml } from '../go/yaml.js'
import type { Dict, List, Value } from '../go/value.js'
import type { Chart } from './chart.js'
import { TracedValue, type Origin, type TracedValues } from './value-origins.js'

/** Longer origins are cut: a file given with --set-json may be long. */
const widest = 100

/** A chart whose section of the values is being written: how a default came there depends on it. */
interface Scope {
  readonly path: string
  readonly subcharts: ReadonlyMap<string, Chart>
  /** Whether this is the chart's section itself, not a part of it. */
  readonly top: boolean
  /** Whether these are globals, which are handed down. */
  readonly globals: boolean
}

/**
 * Values as YAML, with a comment behind each scalar that says where it comes from.
 *
 * @param traced see traceValues
 * @returns block style, keys in the order in which Helm writes them; read as YAML, it is the values
 */
export function writeOrigins ({ values, chart }: TracedValues): string {
  return values.size === 0 ? '{}\n' : mapLines(values, scopeOf(chart, chart.metadata.name)).map(line => `${line}\n`).join('')
}

function scopeOf (chart: Chart, path: string): Scope {
  return { path, subcharts: new Map(chart.dependencies.map(each => [each.metadata.name, each])), top: true, globals: false }
}

function mapLines (values: Dict, scope: Scope): string[] {
  return [...values.keys()].sort(compareKeys).flatMap(key => entryLines(key, values.get(key) ?? null, scope))
}

function entryLines (key: string, value: Value, scope: Scope): string[] {
  const head = headOf(plain => new Map([[key, plain]])).split('\n')
  if (value instanceof Map && value.size > 0) return [...head, ...mapLines(value, inner(key, scope)).map(indented)]
  if (Array.isArray(value) && value.length > 0) return [...head, ...listLines(value, inner('', scope))]
  return scalarLines(value, plain => new Map([[key, plain]]), scope)
}

function listLines (list: List, scope: Scope): string[] {
  return list.flatMap(item => {
    if (item instanceof Map && item.size > 0) return dashed(mapLines(item, scope))
    if (Array.isArray(item) && item.length > 0) return dashed(listLines(item, scope))
    return scalarLines(item, plain => [plain], scope)
  })
}

function dashed (lines: readonly string[]): string[] {
  return lines.map((line, i) => i === 0 ? `- ${line}` : indented(line))
}

function indented (line: string): string {
  return line === '' ? '' : `  ${line}`
}

/** A scalar's lines, as Helm writes them: a comment stands behind the head of a block, and behind the end of anything else. */
function scalarLines (value: Value, around: (plain: Value) => Value, scope: Scope): string[] {
  const [plain, origin] = value instanceof TracedValue ? [value.value, value.origin] : [value, undefined]
  const text = marshalYaml(around(plain))
  const lines = text.replace(/\n$/, '').split('\n')
  if (origin === undefined) return lines
  const head = headOf(around)
  const isBlock = /^ [|>][-+\d]*\n/.test(text.slice(head.length))
  const at = isBlock ? head.split('\n').length - 1 : lines.length - 1
  return lines.map((line, i) => i === at ? `${line}  # ${commentOf(origin, scope)}` : line)
}

/** What stands before a value: its key and a colon, or a dash. A long key takes two lines. */
function headOf (around: (plain: Value) => Value): string {
  return marshalYaml(around(null)).replace(/ null\n$/, '')
}

function inner (key: string, scope: Scope): Scope {
  const { path, subcharts, top, globals } = scope
  const subchart = top ? subcharts.get(key) : undefined
  if (subchart !== undefined) return scopeOf(subchart, `${path}/charts/${key}`)
  return { path, subcharts, top: false, globals: globals || (top && key === 'global') }
}

function commentOf ({ text, chart }: Origin, scope: Scope): string {
  const line = text.replace(/\s+/g, ' ')
  const shown = line.length > widest ? `${line.slice(0, widest)}…` : line
  const way = chart === undefined || chart === scope.path ? '' : wayOf(chart, scope)
  return way === '' ? shown : `${shown} (${way})`
}

/** How a chart's default came into another chart's values. */
function wayOf (chart: string, { path, globals }: Scope): string {
  if (!path.startsWith(`${chart}/`)) return 'import-values'
  return globals ? 'global' : 'parent chart'
}
