/**
 * Compares `portolan list` with `helm list`: whole processes, turn by turn, over the test cluster (a real kube-apiserver and etcd) with a
 * namespace full of releases.
 *
 *     npm run bench:list -- --helm PATH
 *
 * `--helm` is the program `helm` (HELM, else the one in PATH), `--releases` and `--revisions` say how many there are of each (1000 and 10), `--size`
 * how many KiB a record fills in its Secret (20), `--rounds` how often each program runs (5). What is measured is the built program, under the Node
 * that runs this.
 */
import { randomBytes } from 'node:crypto'
import { cpus, release as kernel, type } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { connect } from '../src/kube/connect.js'
import { encode } from '../src/go/bytes.js'
import { releaseKey } from '../src/release/driver.js'
import type { Release } from '../src/release/release.js'
import { secretsDriver } from '../src/release/secrets.js'
import { startCluster, type Cluster } from '../test/cluster/start-cluster.js'
import { repositoryRoot } from '../test/cluster/repository-root.js'
import { releaseOf } from '../test/helpers/release.js'
import { median, peakMemory, printed, timed, type Call } from './measure.js'
import { columns, print, row } from './table.js'

const { values: options } = parseArgs({
  options: {
    helm: { type: 'string', default: process.env['HELM'] ?? 'helm' },
    releases: { type: 'string', default: '1000' },
    revisions: { type: 'string', default: '10' },
    size: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '5' }
  }
})
const program = join(repositoryRoot(import.meta.dirname), 'dist', 'program', 'main.cjs')
const [releases, revisions, size, rounds] = [options.releases, options.revisions, options.size, options.rounds].map(Number) as [number, number, number, number]

const cluster = await startCluster({ env: process.env })
try {
  process.env['KUBECONFIG'] = cluster.kubeconfig
  await fill(cluster)
  print(`Helm ${printed({ file: options.helm, args: ['version', '--short'] }).trim()} and portolan on Node ${process.version}; ${cpus()[0]?.model ?? ''}, ${cpus().length} processors, ${type()} ${kernel()}`)
  print(`${releases} releases of ${revisions} revisions, ${size} KiB each; medians of ${rounds}, turn by turn, after one that does not count. Time in ms, peak memory in MiB.\n`)
  print(row(['command', 'helm', 'portolan', 'ratio', 'helm cpu', 'our cpu', 'ratio', 'helm MiB', 'our MiB', 'ratio', 'other lines']))
  for (const args of [['list'], ['list', '--max', '0'], ['list', '--date', '--max', '0'], ['list', '--filter', '^app-00']]) print(compare(args))
} finally {
  await cluster.stop()
}

/** Records as Helm writes them, 16 at a time. */
async function fill ({ kubeconfig }: Cluster): Promise<void> {
  const clock = { now: () => new Date(), sleep: async () => { await Promise.resolve() } }
  const connection = await connect({ kubeconfig, asGroups: [], insecureSkipTlsVerify: false, interactive: false, env: {}, clock })
  const driver = secretsDriver({ transport: connection.transport, namespace: 'default', now: clock.now })
  const all = Array.from({ length: releases * revisions }, (_, i) => [Math.floor(i / revisions), i % revisions + 1] as const).values()
  const work = async (): Promise<void> => {
    for (const [n, version] of all) {
      const release = recordOf(`app-${String(n).padStart(4, '0')}`, version)
      await driver.create(releaseKey(release.name, version), release)
    }
  }
  await Promise.all(Array.from({ length: 16 }, work))
  await connection.close()
}

/** Templates and a manifest that take as much as asked for once they are compressed: text by half, and half of it noise. */
function recordOf (name: string, version: number): Release {
  const noise = randomBytes(size * 256).toString('base64')
  const lines = '{{- if .Values.enabled }}\n  key: {{ .Values.value | quote }}\n'.repeat(size * 20)
  const templates = ['a', 'b', 'c'].map((file, i) => ({ name: `templates/${file}.yaml`, data: encode(lines + noise.slice(i * noise.length / 3, (i + 1) * noise.length / 3)) }))
  const usual = releaseOf()
  return {
    ...usual,
    name,
    version,
    ...usual.chart === undefined ? {} : { chart: { ...usual.chart, templates } },
    manifest: noise + lines,
    info: { ...usual.info, status: version === revisions ? 'deployed' : 'superseded', notes: lines.slice(0, 2000) }
  }
}

function compare (args: readonly string[]): string {
  const calls: readonly [Call, Call] = [{ file: options.helm, args }, { file: process.execPath, args: [program, ...args] }]
  const [theirs, ours] = calls.map(call => printed(call).split('\n'))
  const others = (theirs ?? []).filter((line, i) => line.trimEnd() !== ours?.[i]?.trimEnd()).length
  const taken = Array.from({ length: rounds }, () => calls.map(call => timed(call)))
  const cells = (['wall', 'cpu'] as const).flatMap(what => columns([0, 1].map(i => median(taken.map(each => each[i]?.[what] ?? NaN)))))
  return row([args.join(' '), ...cells, ...columns(calls.map(call => median([1, 2, 3].map(() => peakMemory(call) ?? NaN)))), String(others)])
}
