import type { Random } from './random.js'

/** A template that is rendered by itself: many of them go through one run of Helm. */
export interface TemplateTrial {
  readonly kind: 'template'
  readonly family: string
  readonly template: string
  /** The section of the values that the template sees as `.Values`, as JSON. */
  readonly values: string
}

/** A chart, and arguments of `template`: each takes a run of its own. */
export interface ChartTrial {
  readonly kind: 'chart'
  readonly family: string
  /** The chart's files by path; those that begin with `../` lie beside it. */
  readonly files: Readonly<Record<string, string>>
  readonly args: readonly string[]
}

/** One thing that both programs are tried with. */
export type Trial = TemplateTrial | ChartTrial

/** Where trials of one sort come from. */
export interface Family {
  readonly name: string
  /** How often it is chosen, among the others. */
  readonly weight: number
  readonly generate: (random: Random) => Trial
}

/** The chart that templates are tried in. */
export const chartFile = 'apiVersion: v2\nname: case\nversion: 1.0.0\n'

/** What a template of a batch sees as `.`: its own values, and what all see. */
function scope (id: string): string {
  return `(dict "Values" .Values.${id} "Chart" .Chart "Release" .Release "Capabilities" .Capabilities "Files" .Files "Template" .Template "Subcharts" .Subcharts)`
}

/**
 * A chart that renders templates one by one, each as a line of base64: so what they print need be no YAML, and arrives byte by byte.
 *
 * @param trials the templates by name; the names begin with a letter
 */
export function batchChart (trials: ReadonlyMap<string, TemplateTrial>): Record<string, string> {
  const files: Record<string, string> = { 'Chart.yaml': chartFile }
  let lines = ''
  let values = ''
  for (const [id, { template, values: section }] of trials) {
    files[`templates/_${id}.tpl`] = template
    lines += `${id}: {{ include "case/templates/_${id}.tpl" ${scope(id)} | b64enc }}\n`
    values += `${id}: ${section}\n`
  }
  return { ...files, 'templates/all.yaml': lines, 'values.yaml': values }
}

/**
 * What the templates of a batch printed.
 *
 * @param stdout of `template` on a batch's chart
 * @returns base64 by name
 */
export function batchOutputs (stdout: string): Map<string, string> {
  return new Map([...stdout.matchAll(/^([a-z]\w*): (.*)$/gm)].map(match => [match[1] ?? '', match[2] ?? '']))
}

/**
 * A chart with a template as its only file: for those that fail.
 *
 * @param trial the template
 */
export function plainChart ({ template, values }: TemplateTrial): Record<string, string> {
  return { 'Chart.yaml': chartFile, 'templates/case.yaml': template, 'values.yaml': values }
}
