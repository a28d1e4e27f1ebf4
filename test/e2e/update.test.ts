import { setTimeout } from 'node:timers/promises'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { owned } from '../../src/action/ownership.js'
import type { UpdateOptions } from '../../src/kube/client.js'
import { connect, type Connection } from '../../src/kube/connect.js'
import { create, get } from '../cluster/api.js'
import { pollUntil } from '../cluster/poll.js'
import { startCluster, type Cluster } from '../cluster/start-cluster.js'
import { helmEnvironment, peer, runProgram, type Ran } from './run-program.js'
import { program } from './server-process.js'
import { drift, first, second } from './update-manifests.js'

// Two namespaces of a real Kubernetes go through the same revisions, one by Helm 4.3.1 and one by ours: their objects must be the same afterwards,
// down to who manages which field.

const collections = [
  '/api/v1/NS/serviceaccounts', '/api/v1/NS/secrets', '/api/v1/NS/configmaps', '/api/v1/NS/services', '/apis/rbac.authorization.k8s.io/v1/NS/roles',
  '/apis/apps/v1/NS/deployments', '/apis/apps/v1/NS/statefulsets', '/apis/batch/v1/NS/cronjobs', '/apis/networking.k8s.io/v1/NS/ingresses',
  '/apis/autoscaling/v2/NS/horizontalpodautoscalers', '/apis/example.com/v1/NS/ships'
]
const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
const shipDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'ships.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'ships', singular: 'ship', kind: 'Ship' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec: open } } } }]
  }
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

interface Live {
  readonly kind?: string
  readonly metadata: { readonly name: string, managedFields?: Array<Record<string, Json>>, [field: string]: unknown }
  [field: string]: unknown
}

type Tool = (...args: string[]) => Promise<Ran>

interface World {
  readonly cluster: Cluster
  readonly helm: Tool
  readonly portolan: Tool
  /** Folders of the charts whose templates are `first` and `second`. */
  readonly charts: { readonly first: string, readonly second: string }
  readonly connectTo: (namespace: string) => Promise<Connection>
}

async function world (t: Test): Promise<World> {
  const directory = t.testdir({})
  const cluster = await startCluster({ env: process.env })
  t.teardown(() => cluster.stop())
  await create(cluster, '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', shipDefinition)
  await pollUntil('The kind Ship', async () => (await get(cluster, '/apis/example.com/v1/ships')).status === 200, AbortSignal.timeout(30_000))
  const env = { ...helmEnvironment(directory), KUBECONFIG: cluster.kubeconfig }
  const tool = (file: string, ...before: string[]): Tool => (...args) => runProgram(file, [...before, ...args], { env })
  const connectTo = async (namespace: string): Promise<Connection> => {
    const connection = await connect({
      kubeconfig: cluster.kubeconfig,
      namespace,
      env,
      clock: { now: () => new Date(), sleep: async milliseconds => { await setTimeout(milliseconds) } },
      interactive: false
    })
    t.teardown(() => connection.close())
    return connection
  }
  const charts = { first: await chart(directory, 'first', first), second: await chart(directory, 'second', second) }
  return { cluster, helm: tool(peer('PORTOLAN_HELM4')), portolan: tool(process.execPath, program), charts, connectTo }
}

/** Runs a program, which must succeed. */
async function must (tool: Tool, ...args: string[]): Promise<void> {
  const { code, stderr } = await tool(...args)
  if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
}

async function chart (directory: string, folder: string, manifest: string): Promise<string> {
  const path = join(directory, folder)
  await mkdir(join(path, 'templates'), { recursive: true })
  await writeFile(join(path, 'Chart.yaml'), 'apiVersion: v2\nname: sea\nversion: 1.0.0\n')
  await writeFile(join(path, 'templates', 'all.yaml'), manifest)
  return path
}

/** What is in a namespace, without what only the cluster or the time decides. */
async function contents (cluster: Cluster, namespace: string): Promise<Json[]> {
  const lists = await Promise.all(collections.map(async collection => {
    const { body } = await get(cluster, collection.replace('NS', `namespaces/${namespace}`))
    return (JSON.parse(body) as { readonly items: Live[] }).items.map(object => ({ ...object, collection }))
  }))
  return lists.flat().filter(({ metadata: { name } }) => name !== 'default' && name !== 'kube-root-ca.crt' && !name.startsWith('sh.helm.'))
    .map(object => JSON.parse(JSON.stringify(timeless(object)).replaceAll(namespace, 'NS')) as Json)
}

function timeless ({ status: _, metadata, ...rest }: Live): object {
  const { uid: _uid, resourceVersion: _version, creationTimestamp: _created, managedFields = [], ...kept } = metadata
  const fields = managedFields.filter(({ manager }) => manager === 'helm' || manager === 'drift').map(({ time: _time, ...field }) => field)
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
  return JSON.parse(JSON.stringify({ ...rest, metadata: { ...kept, managedFields: fields } }, (key, value: unknown) =>
    ['clusterIP', 'clusterIPs', 'nodePort', 'deployment.kubernetes.io/revision'].includes(key) ? 'the cluster\'s' : value)) as object
}

/** Both namespaces must come to the same. */
async function same (t: Test, { cluster }: World, [theirs, ours]: readonly [string, string]): Promise<void> {
  let found: readonly [Json[], Json[]] = [[], []]
  const equal = async (): Promise<boolean> => {
    found = [await contents(cluster, theirs), await contents(cluster, ours)]
    return JSON.stringify(found[0]) === JSON.stringify(found[1])
  }
  // Controllers write, too: what they add comes a little later.
  await pollUntil('The same objects', equal, AbortSignal.timeout(10_000)).catch(() => undefined)
  t.strictSame(found[1], found[0])
  t.ok(found[0].length >= 12)
}

async function driftIn ({ connectTo }: World, namespace: string): Promise<void> {
  const { transport } = await connectTo(namespace)
  for (const [path, patch] of drift) {
    const type = path.includes('example.com') ? 'merge-patch' : 'strategic-merge-patch'
    await transport.request({
      method: 'PATCH', path: path.replace('NS', `namespaces/${namespace}`), query: { fieldManager: 'drift' }, contentType: `application/${type}+json`, body: JSON.stringify(patch)
    })
  }
}

/** Ours: the same objects by way of the client. */
async function updateOurs ({ connectTo }: World, namespace: string, change: { readonly from: string, readonly to: string, readonly options: UpdateOptions }): Promise<void> {
  const { client } = await connectTo(namespace)
  const target = (await client.build(change.to)).map(resource => owned(resource, { name: 'web', namespace }))
  await client.update(await client.build(change.from), target, change.options)
}

interface Scenario {
  readonly title: string
  readonly install: readonly string[]
  readonly upgrade: readonly string[]
  readonly options: UpdateOptions
}

const scenarios: readonly Scenario[] = [
  { title: 'csa', install: ['--server-side=false'], upgrade: ['--server-side=false'], options: { serverSide: false } },
  { title: 'ssa', install: [], upgrade: ['--force-conflicts'], options: { serverSide: true, forceConflicts: true } },
  {
    title: 'csa-ssa',
    install: ['--server-side=false'],
    upgrade: ['--server-side=true', '--force-conflicts'],
    options: { serverSide: true, forceConflicts: true, migrateFieldManager: true }
  },
  { title: 'replace', install: ['--server-side=false'], upgrade: ['--server-side=false', '--force-replace'], options: { serverSide: false, forceReplace: true } }
]

t.test('objects go from one revision to another', { timeout: 600_000 }, async t => {
  const all = await world(t)
  const { helm, portolan, charts } = all

  for (const { title, install, upgrade, options } of scenarios) {
    await t.test(title, async t => {
      const [theirs, ours] = [`theirs-${title}`, `ours-${title}`]
      const start = async (tool: Tool, namespace: string): Promise<void> => {
        await must(tool, 'install', 'web', charts.first, '-n', namespace, '--create-namespace', ...install)
        await driftIn(all, namespace)
      }
      await start(helm, theirs)
      await start(portolan, ours)
      await same(t, all, [theirs, ours])
      await must(helm, 'upgrade', 'web', charts.second, '-n', theirs, ...upgrade)
      await updateOurs(all, ours, { from: first, to: second, options })
      await same(t, all, [theirs, ours])
      await must(helm, 'rollback', 'web', '1', '-n', theirs, ...upgrade)
      await updateOurs(all, ours, { from: second, to: first, options: { ...options, migrateFieldManager: true } })
      await same(t, all, [theirs, ours])
    })
  }

  await t.test('install takes over what is there, or says why it cannot', async t => {
    const names = ['theirs-taken', 'ours-taken'] as const
    const take = async (tool: Tool, namespace: string): Promise<string> => {
      await must(tool, 'install', 'before', charts.first, '-n', namespace, '--create-namespace', '--server-side=false')
      await driftIn(all, namespace)
      await must(tool, 'install', 'web', charts.first, '-n', namespace, '--server-side=false', '--take-ownership')
      // Nothing is deleted of what is taken over: what stays of these objects contradicts what they are to be.
      return (await tool('install', 'third', charts.second, '-n', namespace, '--server-side=false', '--take-ownership')).stderr
    }
    const said = await take(helm, names[0])
    t.match(said, /^Error: INSTALLATION FAILED: cannot patch "web" with kind Deployment: /m)
    t.equal(await take(portolan, names[1]), said)
    await same(t, all, names)
  })
})
