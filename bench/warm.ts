import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { requestChart } from '../src/action/request-chart.js'
import { template, templateText } from '../src/action/template.js'
import { GoTime } from '../src/go/time.js'
import { median } from './measure.js'

/** How often a chart is rendered before it counts, and how often it counts. */
const warmUp = 10
const rounds = 30

/**
 * How long rendering a loaded chart takes in a process that has done it before: what a server or an operator that renders again and again sees.
 *
 * @param path the chart's folder
 * @returns the median, in milliseconds
 */
export async function warmRendering (path: string): Promise<number> {
  const chart = await requestChart(path, () => {})
  const context = {
    clock: () => new Date(),
    random: (size: number) => randomBytes(size),
    log: () => {},
    now: () => GoTime.fromDate(Date.now(), 0, 0)
  }
  const render = async (): Promise<number> => {
    const start = performance.now()
    const { release } = await template(context, { chart, values: new Map(), name: 'bench', namespace: 'default' })
    templateText(release, { hooks: true, skipTests: false })
    return performance.now() - start
  }
  for (let i = 0; i < warmUp; i++) await render()
  const taken: number[] = []
  for (let i = 0; i < rounds; i++) taken.push(await render())
  return median(taken)
}
