/**
 * Compares `portolan install` and `portolan upgrade` with Helm's, without waiting: whole processes, turn by turn, over the test cluster (a real
 * kube-apiserver and etcd).
 *
 *     npm run bench:release -- --helm PATH --charts FOLDER
 *
 * `--helm` is the program `helm` (HELM, else the one in PATH); `--charts` the folder of unpacked public charts (BENCH_CHARTS), as for bench:render;
 * `--rounds` is how many releases each program installs and upgrades (10). What is measured is the built program, under the Node that runs this.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, release as kernel, tmpdir, type } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startCluster } from '../test/cluster/start-cluster.js'
import { repositoryRoot } from '../test/cluster/repository-root.js'
import { benchCharts } from './charts.js'
import { median, peakMemory, printed, timed, type Call, type Taken } from './measure.js'
import { columns, print, row } from './table.js'

const { values: options } = parseArgs({
  options: {
    helm: { type: 'string', default: process.env['HELM'] ?? 'helm' },
    charts: { type: 'string', default: process.env['BENCH_CHARTS'] ?? '' },
    rounds: { type: 'string', default: '10' }
  }
})
const rounds = Number(options.rounds)
const program = join(repositoryRoot(import.meta.dirname), 'dist', 'program', 'main.cjs')
const tools = [{ name: 'helm', file: options.helm, before: [] }, { name: 'ours', file: process.execPath, before: [program] }] as const
type Tool = typeof tools[number]

const scratch = mkdtempSync(join(tmpdir(), 'portolan-bench-'))
const cluster = await startCluster({ env: process.env })
try {
  process.env['KUBECONFIG'] = cluster.kubeconfig
  for (const place of ['CACHE', 'CONFIG', 'DATA']) process.env[`HELM_${place}_HOME`] = join(scratch, place)
  print(`Helm ${printed({ file: options.helm, args: ['version', '--short'] }).trim()} and portolan on Node ${process.version}; ${cpus()[0]?.model ?? ''}, ${cpus().length} processors, ${type()} ${kernel()}`)
  print(`Medians of ${rounds}, turn by turn, after one that does not count. Time in ms, peak memory in MiB.\n`)
  print(row(['command', 'helm', 'portolan', 'ratio', 'helm cpu', 'our cpu', 'ratio', 'helm MiB', 'our MiB', 'ratio']))
  for (const { name, path, missing } of benchCharts(scratch, options.helm, options.charts === '' ? undefined : options.charts)) {
    if (path === undefined) print(`${name.padEnd(24)} not measured: ${missing}`)
    else compare(name, path)
  }
} finally {
  await cluster.stop()
  rmSync(scratch, { recursive: true, force: true })
}

/** Each program has releases of its own, in namespaces of their own, so that none meets more than the other does. */
function compare (name: string, chart: string): void {
  const prefix = name.replaceAll(/\W+/g, '-')
  const taken = { install: [[], []] as [Taken[], Taken[]], upgrade: [[], []] as [Taken[], Taken[]] }
  for (let round = 0; round <= rounds; round++) {
    for (const [i, tool] of tools.entries()) {
      const namespace = `${prefix}-${tool.name}-${round}`
      const install = timed(call(tool, namespace, ['install', 'bench', chart, '--create-namespace']))
      const upgrade = timed(call(tool, namespace, ['upgrade', 'bench', chart, '--set', 'replicaCount=2,controller.replicaCount=2,global.imageRegistry=example.com']))
      if (round > 0) {
        taken.install[i]?.push(install)
        taken.upgrade[i]?.push(upgrade)
      }
      // What lives slows the cluster down for whoever comes next.
      printed(call(tool, namespace, ['uninstall', 'bench']))
    }
  }
  for (const verb of ['install', 'upgrade'] as const) {
    const cells = (['wall', 'cpu'] as const).flatMap(what => columns(taken[verb].map(all => median(all.map(each => each[what])))))
    print(row([`${verb}: ${name}`, ...cells, ...verb === 'install' ? columns(tools.map(tool => memory(tool, `${prefix}-${tool.name}-memory`, chart))) : []]))
  }
}

function call ({ file, before }: Tool, namespace: string, args: readonly string[]): Call {
  return { file, args: [...before, ...args, '--namespace', namespace] }
}

function memory (tool: Tool, namespace: string, chart: string): number {
  const peak = peakMemory(call(tool, namespace, ['install', 'bench', chart, '--create-namespace'])) ?? NaN
  printed(call(tool, namespace, ['uninstall', 'bench']))
  return peak
}
