import { Buffer } from 'node:buffer'
import { posix } from 'node:path'
import type { Chart, ChartFile } from '../../../chart/chart.js'
import { engineFunctions } from '../../../engine/functions.js'
import { decode } from '../../../go/bytes.js'
import { formatValue } from '../../../go/fmt.js'
import type { Value } from '../../../go/value.js'
import type { Sources } from '../../../sprig/sources.js'
import { TemplateError } from '../../../template/errors.js'
import { TextParser } from '../../../template/parsed-texts.js'
import { Findings, type LintMessage } from '../message.js'
import { collectReads, placesInText, type PrintedValue } from './template-reads.js'
import { placeText, printsWithExponent, Reads, valuesAt } from './value-places.js'

/** Keys at the top of the values that are read by Helm or by other charts. */
const readElsewhere = ['global', 'tags', 'exports']

/**
 * What Helm's lint does not look for: values that no template reads, and whole numbers that print with an exponent. It is found by reading
 * the templates, not by rendering them; where that leaves a doubt, nothing is said.
 *
 * @param chart the chart, with its sub-charts
 * @param sources what template functions take from outside; nothing of it is used
 * @returns warnings; none for a chart whose templates cannot be parsed, which Helm's own rules say
 */
export function ownChecks (chart: Chart, sources: Sources): LintMessage[] {
  const findings = new Findings()
  const reads = new Reads()
  const parser = new TextParser(engineFunctions(sources))
  try {
    const printed = readChart(chart, chart.metadata.name, { parser, reads })
    noteExponents(findings, chart, printed)
  } catch (error) {
    if (error instanceof TemplateError) return []
    throw error
  }
  noteUnread(findings, chart, reads)
  return findings.messages
}

interface Reading {
  readonly parser: TextParser
  readonly reads: Reads
}

/** A printed value, and the file in which it is. */
interface PrintedIn extends PrintedValue {
  readonly file: ChartFile
}

/**
 * Sub-charts' templates count, too: libraries read the values of the chart that includes them. Those that were rendered are not parsed again:
 * their trees are kept by the file and the path under which they were.
 */
function readChart (chart: Chart, path: string, reading: Reading): PrintedIn[] {
  const { parser, reads } = reading
  for (const subchart of chart.dependencies) readChart(subchart, `${path}/charts/${subchart.metadata.name}`, reading)
  const files = chart.files.filter(({ name, data }) => !/\.md$/i.test(name) && mentionsValues(data))
  for (const { data } of files) for (const place of placesInText(decode(data))) reads.whole(place)
  readTexts(chart.values, reads)
  return chart.templates.flatMap(file => {
    const printed: PrintedValue[] = []
    const trees = parser.trees({ name: posix.join(path, file.name), get text () { return decode(file.data) }, origin: file })
    for (const tree of trees.values()) collectReads(tree, reads, printed)
    return printed.map(value => ({ ...value, file }))
  })
}

/** Whether a file is worth reading: dashboards and the like are large, and read no values. */
function mentionsValues (data: Uint8Array): boolean {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).includes('.Values')
}

/** Values may be templates themselves. */
function readTexts (value: Value, reads: Reads): void {
  if (typeof value === 'string') for (const place of placesInText(value)) reads.whole(place)
  else if (value instanceof Map) for (const item of value.values()) readTexts(item, reads)
  else if (Array.isArray(value)) for (const item of value) readTexts(item, reads)
}

function noteUnread (findings: Findings, chart: Chart, reads: Reads): void {
  const { type, dependencies = [] } = chart.metadata
  const there = new Set(chart.dependencies.map(subchart => subchart.metadata.name))
  // What a chart that is not there would read is not known, and a library's values are for those who include it.
  if (type === 'library' || dependencies.some(({ name }) => !there.has(name))) return
  for (const { condition = '' } of dependencies) for (const path of condition.split(',')) reads.touch(path.trim().split('.'))
  const known = new Set([...readElsewhere, ...there, ...dependencies.flatMap(({ name, alias }) => alias === undefined ? [name] : [name, alias])])
  for (const place of reads.unread(chart.values, known)) findings.note('WARNING', 'values.yaml', `no template reads ${placeText(place)}`)
}

function noteExponents (findings: Findings, chart: Chart, printed: readonly PrintedIn[]): void {
  if (!holdsExponent(chart.values)) return
  const said = new Set<string>()
  for (const { place, pipe, file } of printed) {
    const number = valuesAt(chart.values, place).flatMap(value => Array.isArray(value) ? value : [value]).find(printsWithExponent)
    if (number === undefined) continue
    const at = `${file.name}:${lineAt(file, pipe.pos)}`
    const expression = String(pipe)
    if (said.has(at + expression)) continue
    said.add(at + expression)
    findings.note('WARNING', at, `{{ ${expression} }} prints ${String(number)} as ${formatValue(number)}: put it through int64, or write it in quotes in values.yaml`)
  }
}

/** Most charts have no such number, and then nobody needs to know what is printed. */
function holdsExponent (value: Value): boolean {
  if (value instanceof Map) return [...value.values()].some(holdsExponent)
  return Array.isArray(value) ? value.some(holdsExponent) : printsWithExponent(value)
}

function lineAt ({ data }: ChartFile, position: number): number {
  return decode(data).slice(0, position).split('\n').length
}
