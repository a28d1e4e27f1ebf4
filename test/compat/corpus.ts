/**
 * Renders whole collections of charts with Helm and with ours, and compares what they print:
 *
 *     npm run corpus -- FOLDER… [--pool FOLDER]… [--passes values,upgrade,…|all] [--only WORD] [--strike] [--whole] [--keep FOLDER] [--report FILE]
 *
 * Each FOLDER is a checkout of a collection; charts are copied, and get their dependencies from the folders (and the pools) where these
 * have them. See README.md for the options.
 */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { repositoryRoot } from '../cluster/repository-root.js'
import { preparePeers } from '../e2e/peers.js'
import { findCharts, type FoundChart } from './corpus/charts.js'
import { compareOnce, type Outcome } from './corpus/outcome.js'
import { passesOf, passNames, type Pass } from './corpus/passes.js'
import { inProcess, process as ownProcess } from './corpus/programs.js'
import { vendorChart } from './corpus/vendor.js'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pool: { type: 'string', multiple: true, default: [] },
    passes: { type: 'string', default: 'values' },
    only: { type: 'string', default: '' },
    strike: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
    keep: { type: 'string' },
    report: { type: 'string' }
  }
})

const peers = await preparePeers(process.env)
const helm = ownProcess(peers['PORTOLAN_HELM4'] ?? 'helm')
const portolan = options.whole ? ownProcess(process.execPath, [join(repositoryRoot(import.meta.dirname), 'dist/src/cli/main.js')]) : inProcess
const passes: ReadonlySet<string> = new Set(options.passes === 'all' ? passNames : options.passes.split(','))

const collections = positionals.map(folder => ({ folder: resolve(folder), charts: findCharts(resolve(folder)) }))
const pool = [...collections.flatMap(({ charts }) => charts), ...options.pool.flatMap(folder => findCharts(resolve(folder)))]
if (options.report !== undefined) writeFileSync(options.report, '')
let differences = 0
for (const { folder, charts } of collections) await compareCollection(folder, charts.filter(({ label }) => label.includes(options.only)))
if (differences > 0) process.exitCode = 1

async function compareCollection (folder: string, charts: readonly FoundChart[]): Promise<void> {
  const counts = new Map<string, number>()
  const count = (key: string, by = 1): Map<string, number> => counts.set(key, (counts.get(key) ?? 0) + by)
  for (const chart of charts) {
    count('charts')
    await compareChart(chart, (pass, outcome) => {
      count('runs')
      count(outcome.kind)
      if (outcome.kind === 'different') differences++
      if (pass.name.startsWith('values ')) count('values files')
      if (!outcome.warnings && outcome.kind !== 'different') count('other warnings')
      count('masked lines', outcome.masked)
      count('hidden lines', outcome.hidden)
      note(chart, pass, outcome)
    })
  }
  process.stdout.write(`${basename(folder)}: ${[...counts].map(([key, n]) => `${n} ${key}`).join(', ')}\n`)
}

async function compareChart (chart: FoundChart, done: (pass: Pass, outcome: Outcome) => void): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'portolan-corpus-'))
  try {
    const home = join(scratch, 'home')
    mkdirSync(home)
    const { path } = vendorChart(chart, { pool, strike: options.strike }, join(scratch, chart.name))
    for (const pass of passesOf(path, passes, scratch)) {
      const args = ['template', 'corpus', `./${chart.name}`, ...pass.args]
      const place = { cwd: scratch, home }
      done(pass, await compareOnce({ helm: async () => await helm(args, place), portolan: async () => await portolan(args, place) }))
    }
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

function note (chart: FoundChart, pass: Pass, outcome: Outcome): void {
  const { helm, ours, ...figures } = outcome
  if (options.report !== undefined) {
    const sizes = { code: helm.code, bytes: helm.stdout.length, heap: Math.round(process.memoryUsage().rss / 1e6) }
    const refusal = helm.code === 0 ? {} : { refusal: helm.stderr.trimEnd().slice(-200) }
    appendFileSync(options.report, `${JSON.stringify({ chart: chart.label, pass: pass.name, ...figures, ...sizes, ...refusal })}\n`)
  }
  if (outcome.kind !== 'different' && outcome.warnings) return
  process.stdout.write(`${outcome.kind === 'different' ? 'DIFFERENT' : 'warnings differ'} ${chart.label} (${pass.name}): ${outcome.difference ?? ''}\n`)
  if (options.keep !== undefined) keep(options.keep, `${chart.label} ${pass.name}`.replace(/[^\w.-]+/g, '_'), outcome)
}

function keep (folder: string, name: string, { helm, ours }: Outcome): void {
  mkdirSync(folder, { recursive: true })
  for (const [who, { stdout, stderr }] of [['helm', helm], ['ours', ours]] as const) {
    writeFileSync(join(folder, `${name}.${who}.out`), stdout, 'latin1')
    writeFileSync(join(folder, `${name}.${who}.err`), stderr, 'latin1')
  }
}
