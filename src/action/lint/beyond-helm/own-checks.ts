import type { Chart } from '../../../chart/chart.js'
import { engineFunctions } from '../../../engine/functions.js'
import { decode } from '../../../go/bytes.js'
import { formatValue } from '../../../go/fmt.js'
import type { Value } from '../../../go/value.js'
import type { Sources } from '../../../sprig/sources.js'
import { TemplateError } from '../../../template/errors.js'
import { parse } from '../../../template/parse.js'
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
  const functions = new Set(engineFunctions(sources).keys())
  const reads = new Reads()
  try {
    for (const subchart of chart.dependencies) readChart(subchart, { functions, reads })
    const printed = readChart(chart, { functions, reads })
    noteExponents(findings, chart, printed)
  } catch (error) {
    if (error instanceof TemplateError) return []
    throw error
  }
  noteUnread(findings, chart, reads)
  return findings.messages
}

interface Reading {
  readonly functions: ReadonlySet<string>
  readonly reads: Reads
}

/** A printed value, and the file in which it is. */
interface PrintedIn extends PrintedValue {
  readonly file: string
  readonly line: number
}

/** Sub-charts' templates count, too: libraries read the values of the chart that includes them. */
function readChart (chart: Chart, { functions, reads }: Reading): PrintedIn[] {
  for (const subchart of chart.dependencies) readChart(subchart, { functions, reads })
  const files = chart.files.filter(({ name }) => !/\.md$/i.test(name))
  for (const { data } of files) for (const place of placesInText(decode(data))) reads.whole(place)
  readTexts(chart.values, reads)
  return chart.templates.flatMap(({ name, data }) => {
    const text = decode(data)
    const printed: PrintedValue[] = []
    for (const tree of parse(name, text, { functions }).values()) collectReads(tree, reads, printed)
    return printed.map(value => ({ ...value, file: name, line: text.slice(0, value.position).split('\n').length }))
  })
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
  const said = new Set<string>()
  for (const { place, expression, file, line } of printed) {
    const number = valuesAt(chart.values, place).flatMap(value => Array.isArray(value) ? value : [value]).find(printsWithExponent)
    const at = `${file}:${line}`
    if (number === undefined || said.has(at + expression)) continue
    said.add(at + expression)
    findings.note('WARNING', at, `{{ ${expression} }} prints ${String(number)} as ${formatValue(number)}: put it through int64, or write it in quotes in values.yaml`)
  }
}
