import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { repositoryRoot } from '../cluster/repository-root.js'
import { startCluster } from '../cluster/start-cluster.js'
import { program, startServerProcess } from './server-process.js'
import { helmEnvironment, peer, runProgram } from './run-program.js'
import type { Ran } from './run-program.js'

// Real Helm, 3 and 4, and portolan read our server as they read any repository: add, update, search, pull, install on a real cluster.
// The charts are the ten of test/fixtures/charts; PORTOLAN_E2E_CHARTS may name a folder of further archives (public charts, never committed).

const fixtures = join(repositoryRoot(import.meta.dirname), 'test', 'fixtures', 'charts')

interface Chart {
  readonly name: string
  readonly version: string
  readonly archive: string
  /** Whether Helm renders it with its defaults: library charts, and those that require values, are there to be pulled. */
  readonly installable: boolean
}

interface Client {
  readonly title: string
  /** Runs the client with its own folders. */
  run (...args: string[]): Promise<Ran>
}

t.test('charts go from curl to a cluster by way of our server', { timeout: 900_000 }, async t => {
  const directory = t.testdir({ packages: {}, server: {} })
  const server = await startServerProcess({ directory: join(directory, 'server') })
  t.teardown(() => server.stop())
  const cluster = await startCluster({ env: process.env })
  t.teardown(() => cluster.stop())
  const charts = await packageCharts(join(directory, 'packages'))
  t.ok(charts.length >= 10, `${charts.length} charts`)
  t.ok(charts.filter(chart => chart.installable).length >= 9, 'of which at most one is a library')

  await t.test('curl uploads each', async t => {
    for (const chart of charts) {
      const answer = await runProgram('curl', ['-sS', '--data-binary', `@${chart.archive}`, `${server.url}/api/charts`])
      t.equal(answer.stdout, '{"saved":true}', `${chart.name} ${chart.version}`)
    }
  })
  for (const client of await clients(directory, cluster.kubeconfig)) {
    await t.test(client.title, t => useRepository(t, client, { charts, url: server.url, directory }))
  }
})

interface Surroundings {
  readonly charts: readonly Chart[]
  readonly url: string
  readonly directory: string
}

async function useRepository (t: Test, client: Client, { charts, url, directory }: Surroundings): Promise<void> {
  const works = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await client.run(...args)
    t.equal(code, 0, `${args.slice(0, 4).join(' ')} ${code === 0 ? '' : stderr}`)
    return stdout
  }
  await works('repo', 'add', 'mine', url)
  await works('repo', 'update')
  const found = JSON.parse(await works('search', 'repo', '--devel', '--versions', '-o', 'json')) as Array<{ name: string, version: string }>
  for (const chart of charts) t.ok(found.some(each => each.name === `mine/${chart.name}` && each.version === chart.version), `search finds ${chart.name} ${chart.version}`)

  const pulled = join(directory, `pulled by ${client.title}`)
  await mkdir(pulled)
  for (const chart of charts) {
    const reference = [`mine/${chart.name}`, '--version', chart.version]
    await works('pull', ...reference, '-d', pulled)
    t.equal(sha256(join(pulled, basename(chart.archive))), sha256(chart.archive), `${chart.name} is pulled as uploaded`)
    if (!chart.installable) continue
    const release = `r-${createHash('sha256').update(chart.name).digest('hex').slice(0, 8)}`
    await works('install', release, ...reference, '--namespace', release, '--create-namespace')
    t.match(await works('list', '--namespace', release, '-o', 'json'), /"status":"deployed"/, `${chart.name} is deployed`)
    await works('uninstall', release, '--namespace', release)
  }
}

async function clients (directory: string, kubeconfig: string): Promise<Client[]> {
  const programs = [
    ['Helm 3.22.0', peer('PORTOLAN_HELM3'), []],
    ['Helm 4.3.1', peer('PORTOLAN_HELM4'), []],
    ['portolan', process.execPath, [program]]
  ] as const
  return programs.map(([title, file, before]) => ({
    title,
    run: (...args) => runProgram(file, [...before, ...args], { env: { ...helmEnvironment(join(directory, `home of ${title}`)), KUBECONFIG: kubeconfig } })
  }))
}

/** Packs the fixtures by real Helm, and adds the archives of the folder that the environment names. */
async function packageCharts (destination: string): Promise<Chart[]> {
  for (const folder of readdirSync(fixtures, { withFileTypes: true }).filter(entry => entry.isDirectory())) {
    const { code, stderr } = await runProgram(peer('PORTOLAN_HELM4'), ['package', join(fixtures, folder.name), '-d', destination])
    if (code !== 0) throw new Error(`helm package ${folder.name}: ${stderr}`)
  }
  const further = process.env['PORTOLAN_E2E_CHARTS']
  const archives = [destination, ...(further === undefined ? [] : [further])].flatMap(folder =>
    readdirSync(folder).filter(name => name.endsWith('.tgz')).map(name => join(folder, name)))
  return await Promise.all(archives.map(readChart))
}

async function readChart (archive: string): Promise<Chart> {
  const { stdout } = await runProgram(peer('PORTOLAN_HELM4'), ['show', 'chart', archive])
  const field = (name: string): string => new RegExp(`^${name}: "?([^"\n]+)"?$`, 'm').exec(stdout)?.[1] ?? ''
  const { code } = await runProgram(peer('PORTOLAN_HELM4'), ['template', archive])
  return { name: field('name'), version: field('version'), archive, installable: code === 0 }
}

function sha256 (path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}
