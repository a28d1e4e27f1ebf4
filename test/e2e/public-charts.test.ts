import { existsSync, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { create } from '../cluster/api.js'
import { startCluster } from '../cluster/start-cluster.js'
import { differences, leavesOf, unexplained } from './public-charts/leaves.js'
import { play, type Chart, type Played, type Stage } from './public-charts/play.js'
import { changed, first } from './public-charts/values.js'
import { helmEnvironment, peer } from './run-program.js'
import { program } from './server-process.js'

// Charts of others through the whole life of a release, by Helm 4.3.1 and by portolan: install, upgrade with other values, rollback and
// uninstall, each with --wait. PORTOLAN_PUBLIC_CHARTS names a folder of archives (fetched for this, never committed), PORTOLAN_CHART words
// of their names. What is printed, what lives and what is recorded is the same after each step; what differs between two runs of Helm is
// chance (passwords, certificates). The tools play one after the other in the same namespace: charts put its name into hashes.
const folder = process.env['PORTOLAN_PUBLIC_CHARTS']
const namespace = 'play-ground'

/** How many differences of a step are shown. */
const mostShown = 20

t.test('public charts', { timeout: 0, ...folder === undefined ? { skip: 'PORTOLAN_PUBLIC_CHARTS names no folder of charts' } : {} }, async t => {
  const directory = t.testdir({})
  const cluster = await startCluster({ env: process.env, nodes: 3 })
  t.teardown(() => cluster.stop())
  await create(cluster, '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
  const env = { ...helmEnvironment(directory), KUBECONFIG: cluster.kubeconfig, TZ: 'UTC' }
  const stage = (...tool: string[]): Stage => ({ scene: { cluster, namespace }, tool, env })
  const stages = { helm: stage(peer('PORTOLAN_HELM4')), ours: stage(process.execPath, program) }
  const charts = await findCharts(folder ?? '', directory)
  t.ok(charts.length > 0, 'charts to play')
  for (const chart of charts) {
    await t.test(chart.title, { timeout: 1_800_000 }, async t => { await compare(t, chart, stages) })
  }
})

async function compare (t: Test, chart: Chart, stages: { readonly helm: Stage, readonly ours: Stage }): Promise<void> {
  const helm = await play(chart, stages.helm)
  const failed = helm.find(({ ran }) => ran.code !== 0)
  if (failed !== undefined) t.fail(`Helm's ${failed.step} fails`, { stderr: failed.ran.stderr })
  t.ok(differences(leavesOf(helm[0]?.left.objects), leavesOf(helm[1]?.left.objects)).size > 0, 'the upgrade changes objects')
  const ours = await play(chart, stages.ours)
  const leaves = (played: readonly Played[]): Array<Played['leaves']> => played.map(({ leaves }) => leaves)
  let plays = { helm: leaves(helm), again: leaves(helm), ours: leaves(ours) }
  if (helm.some((_, step) => Object.keys(unexplained(plays, step)).length > 0)) plays = { ...plays, again: leaves(await play(chart, stages.helm)) }
  t.equal(ours.length, helm.length, `steps; ours ends with ${JSON.stringify(ours.at(-1)?.ran.stderr)}`)
  for (const [step, { step: name, left }] of helm.entries()) {
    const different = Object.entries(unexplained(plays, step))
    t.strictSame(Object.fromEntries(different.slice(0, mostShown)), {}, `${name}: the same ${Object.keys(left.objects).length} objects and ${Object.keys(left.records).length} records`)
  }
}

/** The charts, with files for the values that are ours; what lies beside an archive as NAME-VERSION.values.yaml and .changed.yaml goes before. */
async function findCharts (folder: string, directory: string): Promise<Chart[]> {
  const wanted = (process.env['PORTOLAN_CHART'] ?? '').split('|')
  const archives = readdirSync(folder).filter(name => name.endsWith('.tgz') && wanted.some(word => name.includes(word))).sort()
  return await Promise.all(archives.map(async archive => {
    const title = basename(archive, '.tgz')
    const name = title.replace(/-v?\d+\.\d.*$/, '')
    const fileOf = async (kind: string, own: unknown): Promise<string> => {
      const beside = join(folder, `${title}.${kind}.yaml`)
      if (existsSync(beside)) return beside
      const path = join(directory, `${title}.${kind}.yaml`)
      await writeFile(path, JSON.stringify(own ?? {}))
      return path
    }
    return { title, archive: join(folder, archive), values: await fileOf('values', first[name]), changed: await fileOf('changed', changed[name]) }
  }))
}
