import type { ProgramName } from './programs.js'

/** One measured number. */
export interface Figure {
  readonly measure: string
  /** How many versions the store had before. */
  readonly versions: number
  readonly program: ProgramName
  readonly value: number
  readonly unit: 'ms' | 's' | 'MB' | '/s'
}

/** What can be measured of a program by itself, in the order in which it is. */
export type Part = 'adoption' | 'start' | 'upload' | 'load' | 'wrk'

export const parts: readonly Part[] = ['adoption', 'start', 'upload', 'load', 'wrk']

/**
 * A Markdown table, a line a measure. The ratio says how many times better ours is: above 1, it is.
 */
export function table (figures: readonly Figure[]): string {
  const measures = new Map<string, Figure[]>()
  for (const figure of figures) {
    const label = `${figure.measure} | ${figure.versions.toLocaleString('en')}`
    measures.set(label, [...measures.get(label) ?? [], figure])
  }
  const others = ['ChartMuseum', 'ChartMuseum --json-index', 'bare Fastify'] as const
  const head = `| Measure | Versions | Portolan |${others.map(name => ` ${name} | Ratio |`).join('')}\n|---|---|---|${others.map(() => '---|---|').join('')}`
  const lines = [...measures].map(([label, found]) => {
    const of = (name: ProgramName): Figure | undefined => found.find(({ program }) => program === name)
    return `| ${label} | ${text(of('Portolan'))} |${others.map(name => ` ${text(of(name))} | ${ratio(of('Portolan'), of(name))} |`).join('')}`
  })
  return [head, ...lines].join('\n')
}

function text (figure: Figure | undefined): string {
  if (figure === undefined) return ''
  const { value, unit } = figure
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${unit}`
}

function ratio (ours: Figure | undefined, other: Figure | undefined): string {
  if (ours === undefined || other === undefined) return ''
  return (ours.unit === '/s' ? ours.value / other.value : other.value / ours.value).toFixed(2)
}

/** The smallest value that a share of all does not exceed; NaN of none. */
export function quantile (numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? NaN
}
