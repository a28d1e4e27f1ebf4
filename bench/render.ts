/**
 * Compares `portolan template` with `helm template`: whole processes, turn by turn, on charts small and large.
 *
 *     npm run bench:render -- --helm PATH --charts FOLDER
 *
 * `--helm` is the program `helm` (HELM, else the one in PATH); `--charts` the folder of unpacked public charts, their dependencies vendored
 * (BENCH_CHARTS): ingress-nginx and kube-prometheus-stack are looked for there, and what is not found is named. `--rounds` is how often each program
 * runs (10). What is measured is the built program, under the Node that runs this.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, release, tmpdir, type } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { repositoryRoot } from '../test/cluster/repository-root.js'
import { benchCharts, type BenchChart } from './charts.js'
import { median, peakMemory, printed, timed, type Call, type Taken } from './measure.js'
import { columns, print, row } from './table.js'
import { warmRendering } from './warm.js'

const { values: options } = parseArgs({
  options: {
    helm: { type: 'string', default: process.env['HELM'] ?? 'helm' },
    charts: { type: 'string', default: process.env['BENCH_CHARTS'] ?? '' },
    rounds: { type: 'string', default: '10' }
  }
})
const program = join(repositoryRoot(import.meta.dirname), 'dist', 'program', 'main.cjs')
const rounds = Number(options.rounds)
const scratch = mkdtempSync(join(tmpdir(), 'portolan-bench-'))

try {
  print(`${versionOf(options.helm)} and portolan on Node ${process.version}; ${cpus()[0]?.model ?? ''}, ${cpus().length} processors, ${type()} ${release()}`)
  print(`Medians of ${rounds}, turn by turn, after one that does not count. Wall and processor time in ms, peak memory in MiB.\n`)
  print(row(['chart', 'helm', 'portolan', 'ratio', 'helm cpu', 'our cpu', 'ratio', 'helm MiB', 'our MiB', 'ratio', 'other lines']))
  const charts = benchCharts(scratch, options.helm, options.charts === '' ? undefined : options.charts)
  for (const chart of charts) print(chart.path === undefined ? `${chart.name.padEnd(24)} not measured: ${chart.missing}` : compare(chart.name, chart.path))
  for (const chart of charts) await printWarm(chart)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function compare (name: string, path: string): string {
  const helm: Call = { file: options.helm, args: ['template', 'bench', path] }
  const ours: Call = { file: process.execPath, args: [program, 'template', 'bench', path] }
  const others = differingLines(printed(helm), printed(ours))
  const taken: Array<{ helm: Taken, ours: Taken }> = []
  for (let i = 0; i < rounds; i++) taken.push({ helm: timed(helm), ours: timed(ours) })
  const wall = [median(taken.map(each => each.helm.wall)), median(taken.map(each => each.ours.wall))] as const
  const cpu = [median(taken.map(each => each.helm.cpu)), median(taken.map(each => each.ours.cpu))] as const
  const memory = [peak(helm), peak(ours)] as const
  return row([name, ...columns(wall), ...columns(cpu), ...columns(memory), String(others)])
}

function peak (call: Call): number {
  return median([1, 2, 3].map(() => peakMemory(call) ?? NaN))
}

/** How many lines are not the same: random passwords, say. */
function differingLines (a: string, b: string): number {
  const lines = b.split('\n')
  return a.split('\n').filter((line, i) => line !== lines[i]).length + Math.max(0, lines.length - a.split('\n').length)
}

async function printWarm ({ name, path }: BenchChart): Promise<void> {
  if (path !== undefined) print(`warm, in one process: ${name.padEnd(24)} ${(await warmRendering(path)).toFixed(1)} ms`)
}

function versionOf (helm: string): string {
  return `Helm ${execFileSync(helm, ['version', '--short'], { encoding: 'utf8' }).trim()}`
}
