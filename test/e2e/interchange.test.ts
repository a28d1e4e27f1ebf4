import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { pollUntil } from '../cluster/poll.js'
import type { Cluster } from '../cluster/start-cluster.js'
import { startCluster } from '../cluster/start-cluster.js'
import { chartArchive } from '../helpers/chart-archive.js'
import type { Ran } from './run-program.js'
import { helmEnvironment, peer, runProgram } from './run-program.js'
import { program, startServerProcess } from './server-process.js'

// The main job: a chart goes to our server, is installed from there, and the release changes hands. Whichever of Helm and portolan installed it, the
// other lists, shows and removes it. (install.test.ts compares the records themselves.)

type Tool = (...args: string[]) => Promise<Ran>

interface Scene {
  readonly cluster: Cluster
  readonly portolan: Tool
  readonly helm: Tool
}

t.test('releases change hands', { timeout: 600_000 }, async t => {
  const directory = t.testdir({ server: {}, work: {} })
  const cluster = await startCluster({ env: process.env })
  t.teardown(() => cluster.stop())
  const server = await startServerProcess({ directory: join(directory, 'server') })
  t.teardown(() => server.stop())
  const env = { ...helmEnvironment(directory), KUBECONFIG: cluster.kubeconfig }
  const tool = (file: string, ...before: string[]): Tool => (...args) => runProgram(file, [...before, ...args], { cwd: join(directory, 'work'), env })
  const portolan = tool(process.execPath, program)
  const helm4 = tool(peer('PORTOLAN_HELM4'))
  await publish(t, { helm: helm4, url: server.url, work: join(directory, 'work') })

  for (const [title, helm] of [['Helm 4.3.1', helm4], ['Helm 3.22.0', tool(peer('PORTOLAN_HELM3'))]] as const) {
    await t.test(`${title} goes on with what portolan installed`, t => handOver(t, { cluster, portolan, helm }, { first: portolan, second: helm }))
    await t.test(`portolan goes on with what ${title} installed`, t => handOver(t, { cluster, portolan, helm }, { first: helm, second: portolan }))
  }
  await t.test('a release that fails is recorded as failed, and can be removed by Helm', t => failedInstall(t, { cluster, portolan, helm: helm4 }))
})

interface Publication {
  readonly helm: Tool
  readonly url: string
  readonly work: string
}

/** The chart that `helm create` makes goes to our server, and is read from there by name. */
async function publish (t: Test, { helm, url, work }: Publication): Promise<void> {
  t.equal((await helm('create', 'boat')).code, 0)
  t.equal((await helm('package', 'boat')).code, 0)
  const { stdout } = await runProgram('curl', ['-sS', '--data-binary', '@boat-0.1.0.tgz', `${url}/api/charts`], { cwd: work })
  t.equal(stdout, '{"saved":true}')
  t.equal((await helm('repo', 'add', 'mine', url)).code, 0)
}

async function handOver (t: Test, { cluster }: Scene, { first, second }: { first: Tool, second: Tool }): Promise<void> {
  const installed = await first('install', 'web', 'mine/boat', '--namespace', 'harbour', '--create-namespace', '--set', 'replicaCount=2')
  t.equal(installed.code, 0, installed.stderr)
  const listed = JSON.parse((await second('list', '--namespace', 'harbour', '-o', 'json')).stdout) as Array<Record<string, string>>
  t.match(listed, [{ name: 'web', namespace: 'harbour', revision: '1', status: 'deployed', chart: 'boat-0.1.0', app_version: '1.16.0' }])
  const status = await second('status', 'web', '--namespace', 'harbour')
  t.match(status.stdout, /^NAME: web\n/)
  t.match(status.stdout, /STATUS: deployed\nREVISION: 1\n/)
  const shown = await second('get', 'manifest', 'web', '--namespace', 'harbour')
  t.equal(shown.stdout, (await first('get', 'manifest', 'web', '--namespace', 'harbour')).stdout, 'both show the same manifest')
  t.match(shown.stdout, /replicas: 2/)
  const removed = await second('uninstall', 'web', '--namespace', 'harbour')
  t.equal(removed.code, 0, removed.stderr)
  t.match(removed.stdout, /^release "web" uninstalled\n/)
  // Neither tool is asked to wait: Helm 4.3.1 may take a late event for an object that is still there.
  const gone = async (): Promise<boolean> => (await leftOvers(cluster, 'harbour')).length === 0
  await t.resolves(pollUntil('The removal', gone, AbortSignal.timeout(60_000)), 'nothing is left')
}

/** Names of what a release makes, in a namespace. */
async function leftOvers (cluster: Cluster, namespace: string): Promise<string[]> {
  const lists = await Promise.all([
    `/apis/apps/v1/namespaces/${namespace}/deployments`, `/api/v1/namespaces/${namespace}/services`, `/api/v1/namespaces/${namespace}/secrets`
  ].map(path => get(cluster, path)))
  const accounts = (await get(cluster, `/api/v1/namespaces/${namespace}/serviceaccounts`)).filter(account => account.metadata.name !== 'default')
  return [...lists.flat(), ...accounts].map(object => object.metadata.name)
}

interface KubeObject {
  readonly metadata: { readonly name: string }
}

async function get (cluster: Cluster, path: string): Promise<KubeObject[]> {
  const { stdout } = await runProgram('curl', ['-sS', '--insecure', '-H', `Authorization: Bearer ${cluster.token}`, `${cluster.server}${path}`])
  return (JSON.parse(stdout) as { items: KubeObject[] }).items
}

async function failedInstall (t: Test, { portolan, helm }: Scene): Promise<void> {
  const chart = await chartArchive('wreck', '0.1.0', { 'templates/bad.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: wreck\nspec:\n  ports:\n  - port: 99999\n' })
  const path = join(t.testdir(), 'wreck.tgz')
  await writeFile(path, chart)
  const { code, stderr } = await portolan('install', 'wreck', path, '--namespace', 'reef', '--create-namespace')
  t.equal(code, 1)
  t.match(stderr, /^Error: INSTALLATION FAILED: .*Service/)
  t.match(JSON.parse((await helm('list', '--namespace', 'reef', '-o', 'json')).stdout), [{ name: 'wreck', status: 'failed' }])
  t.equal((await helm('uninstall', 'wreck', '--namespace', 'reef')).code, 0)
}
