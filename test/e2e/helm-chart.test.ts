import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { create, get } from '../cluster/api.js'
import { pollUntil } from '../cluster/poll.js'
import { repositoryRoot } from '../cluster/repository-root.js'
import type { Cluster } from '../cluster/start-cluster.js'
import { startCluster } from '../cluster/start-cluster.js'
import { helmEnvironment, peer, runProgram } from './run-program.js'
import { program } from './server-process.js'

// Our chart in real Helm, 3 and 4: it lints, renders, installs on a real Kubernetes that enforces the restricted pod security standard, passes its
// own test, is upgraded, and is removed without leftovers; with its defaults and with each file of ci/. Portolan installs and removes it, too.
const chart = join(repositoryRoot(import.meta.dirname), 'helm-chart')
const ciFiles = readdirSync(join(chart, 'ci')).map(name => join(chart, 'ci', name))
const helms = [['helm-3', 'PORTOLAN_HELM3'], ['helm-4', 'PORTOLAN_HELM4']] as const
const installers = [...helms, ['portolan', undefined]] as const

/** The collections of a namespace that the chart puts something into. */
const collections = [
  '/api/v1/NS/pods', '/api/v1/NS/services', '/api/v1/NS/configmaps', '/api/v1/NS/secrets', '/api/v1/NS/serviceaccounts', '/api/v1/NS/persistentvolumeclaims',
  '/apis/apps/v1/NS/deployments', '/apis/apps/v1/NS/replicasets', '/apis/networking.k8s.io/v1/NS/ingresses', '/apis/discovery.k8s.io/v1/NS/endpointslices'
]

interface List { readonly items: ReadonlyArray<{ readonly metadata: { readonly name: string } }> }

for (const [title, variable] of helms) {
  t.test(`${title} lints and renders the chart`, { timeout: 120_000 }, async t => {
    const { works, fails } = helmIn(t, { variable, directory: t.testdir() })
    for (const values of [[], ...ciFiles.map(file => ['--values', file])]) {
      const lint = await works('lint', '--strict', chart, ...values)
      t.match(lint, '0 chart(s) failed')
      t.notMatch(lint, /\[(WARNING|ERROR)\]/)
      const rendered = await works('template', 'charts', chart, ...values)
      t.match(rendered, 'kind: Deployment')
      t.notMatch(rendered, /<no value>|%!/)
    }
    t.match(await fails('lint', '--strict', chart, '--set', 'config.allowoverwrit=true'), /allowoverwrit/)
    t.match(await fails('template', 'charts', chart, '--set', 'service.port=0'), /service.port/)
  })
}

t.test('the chart installs, and goes again', { timeout: 900_000 }, async t => {
  const directory = t.testdir()
  const cluster = await startCluster({ env: process.env })
  t.teardown(() => cluster.stop())
  for (const [title, variable] of installers) {
    for (const [index, file] of ciFiles.entries()) {
      await t.test(`${title} with ${file.slice(chart.length + 1)}`, async t => {
        const { works } = helmIn(t, { variable, directory, kubeconfig: cluster.kubeconfig })
        const namespace = `${title}-${index}`
        await createNamespace(cluster, namespace)
        const before = await contents(cluster, namespace)
        const release = ['charts', '--namespace', namespace]
        const installed = await works('install', ...release, chart, '--values', file, '--wait', '--timeout', '60s')
        t.match(installed, /STATUS: deployed/i)
        t.match(installed, 'helm repo add mine ')
        t.notMatch(installed, /would violate PodSecurity/)
        if (variable !== undefined) {
          await works('test', ...release, '--timeout', '60s')
          await works('upgrade', ...release, chart, '--values', file, '--set', 'config.debug=true', '--wait', '--timeout', '60s')
        }
        t.equal(await readyPods(cluster, namespace), 1)
        // Helm 4.3.1 may take a late event for an object that is still there, so its own wait is not asked for.
        await works('uninstall', ...release, ...variable === undefined ? ['--wait'] : [], '--timeout', '60s')
        await pollUntil(`The removal from ${namespace}`, async () => sameNames(await contents(cluster, namespace), before), AbortSignal.timeout(60_000))
        t.strictSame(await contents(cluster, namespace), before, 'nothing is left')
      })
    }
  }
})

interface Surroundings {
  /** Which names the Helm; portolan when left out. */
  readonly variable: string | undefined
  readonly directory: string
  readonly kubeconfig?: string
}

/** Runs a Helm whose failure, or whose success, is a failure of the test. */
function helmIn (t: Test, { variable, directory, kubeconfig = join(directory, 'no-cluster') }: Surroundings): { works: (...args: string[]) => Promise<string>, fails: (...args: string[]) => Promise<string> } {
  const [file, ...before] = variable === undefined ? [process.execPath, program] as const : [peer(variable)] as const
  const env = { ...helmEnvironment(join(directory, variable ?? 'portolan')), KUBECONFIG: kubeconfig }
  const run = (args: string[]): ReturnType<typeof runProgram> => runProgram(file, [...before, ...args], { env })
  return {
    works: async (...args) => {
      const { code, stdout, stderr } = await run(args)
      t.equal(code, 0, `${args[0] ?? ''} ${stderr}`)
      return stdout + stderr
    },
    fails: async (...args) => {
      const { code, stdout, stderr } = await run(args)
      t.not(code, 0, args[0] ?? '')
      return stdout + stderr
    }
  }
}

/** A namespace that lets in only pods of the restricted standard, with the claim that existing-claim-values.yaml names. */
async function createNamespace (cluster: Cluster, name: string): Promise<void> {
  await create(cluster, '/api/v1/namespaces', { metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/warn': 'restricted' } } })
  await create(cluster, `/api/v1/namespaces/${name}/persistentvolumeclaims`, {
    metadata: { name: 'my-charts' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }
  })
  const complete = async (): Promise<boolean> => {
    const names = await contents(cluster, name)
    return names.some(each => each.endsWith('/kube-root-ca.crt')) && names.some(each => each.endsWith('serviceaccounts/default'))
  }
  await pollUntil(`The namespace ${name}`, complete, AbortSignal.timeout(30_000))
}

/** What a namespace holds: collections and names. */
async function contents (cluster: Cluster, namespace: string): Promise<string[]> {
  const lists = await Promise.all(collections.map(async collection => {
    const { items } = await list(cluster, collection, namespace)
    return items.map(({ metadata }) => `${collection.replace(/.*\//, '')}/${metadata.name}`)
  }))
  return lists.flat().sort()
}

async function list (cluster: Cluster, collection: string, namespace: string): Promise<List> {
  const { status, body } = await get(cluster, collection.replace('NS', `namespaces/${namespace}`))
  if (status !== 200) throw new Error(`${collection} was answered with ${status}: ${body}`)
  return JSON.parse(body) as List
}

async function readyPods (cluster: Cluster, namespace: string): Promise<number> {
  const { body } = await get(cluster, `/api/v1/namespaces/${namespace}/pods`)
  return [...body.matchAll(/"type":\s*"Ready",[^}]*?"status":\s*"True"/g)].length
}

function sameNames (a: readonly string[], b: readonly string[]): boolean {
  return a.join() === b.join()
}
