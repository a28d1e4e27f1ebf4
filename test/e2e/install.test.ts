import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import t from 'tap'
import type { Test } from 'tap'
import { create, get } from '../cluster/api.js'
import { pollUntil } from '../cluster/poll.js'
import { repositoryRoot } from '../cluster/repository-root.js'
import { startCluster, type Cluster } from '../cluster/start-cluster.js'
import { program } from './server-process.js'
import { helmEnvironment, peer, runProgram, type Ran } from './run-program.js'

// Releases on a real Kubernetes: what portolan installs, Helm 3 and 4 work on, and the other way round; the records of both are the same.
const fixtures = join(repositoryRoot(import.meta.dirname), 'test', 'fixtures', 'charts')
const charts = readdirSync(fixtures, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => join(fixtures, entry.name))

/** Collections of a namespace that the charts put something into. */
const collections = [
  '/api/v1/NS/pods', '/api/v1/NS/services', '/api/v1/NS/configmaps', '/api/v1/NS/secrets', '/api/v1/NS/serviceaccounts', '/api/v1/NS/persistentvolumeclaims',
  '/apis/apps/v1/NS/deployments', '/apis/apps/v1/NS/statefulsets', '/apis/apps/v1/NS/daemonsets', '/apis/apps/v1/NS/replicasets', '/apis/batch/v1/NS/jobs',
  '/apis/batch/v1/NS/cronjobs', '/apis/networking.k8s.io/v1/NS/ingresses', '/apis/policy/v1/NS/poddisruptionbudgets', '/apis/rbac.authorization.k8s.io/v1/NS/roles',
  '/apis/rbac.authorization.k8s.io/v1/NS/rolebindings', '/apis/autoscaling/v2/NS/horizontalpodautoscalers'
]

interface Tool {
  readonly title: string
  /** Runs it, and gives what it printed; anything but success fails the test. */
  readonly works: (t: Test, ...args: string[]) => Promise<string>
  readonly run: (...args: string[]) => Promise<Ran>
}

function tool (title: string, command: readonly string[], environment: Record<string, string>): Tool {
  const [file = '', ...before] = command
  const run = async (...args: string[]): Promise<Ran> => await runProgram(file, [...before, ...args], { env: environment })
  const works = async (t: Test, ...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(...args)
    t.equal(code, 0, `${title} ${args.slice(0, 4).join(' ')} ${code === 0 ? '' : stderr}`)
    return stdout
  }
  return { title, works, run }
}

interface World {
  readonly cluster: Cluster
  readonly portolan: Tool
  readonly helm3: Tool
  readonly helm4: Tool
  readonly directory: string
}

async function world (t: Test): Promise<World> {
  const directory = t.testdir()
  const cluster = await startCluster({ env: process.env })
  t.teardown(() => cluster.stop())
  const environment = (name: string): Record<string, string> => ({ ...helmEnvironment(join(directory, name)), KUBECONFIG: cluster.kubeconfig })
  return {
    cluster,
    directory,
    portolan: tool('portolan', [process.execPath, program], environment('portolan')),
    helm3: tool('Helm 3.22.0', [peer('PORTOLAN_HELM3')], environment('helm3')),
    helm4: tool('Helm 4.3.1', [peer('PORTOLAN_HELM4')], environment('helm4'))
  }
}

interface Listed { readonly items: ReadonlyArray<{ readonly metadata: { readonly name: string } }> }

interface StoredSecret {
  readonly type: string
  readonly metadata: { readonly labels: Readonly<Record<string, string>> }
  readonly data: { readonly release: string }
}

/** The record of a release's first revision, and the Secret it is in. */
async function recordOf (cluster: Cluster, namespace: string, name: string): Promise<{ readonly json: string, readonly secret: StoredSecret }> {
  const { status, body } = await get(cluster, `/api/v1/namespaces/${namespace}/secrets/sh.helm.release.v1.${name}.v1`)
  if (status !== 200) throw new Error(`no record of ${name}: ${body}`)
  const secret = JSON.parse(body) as StoredSecret
  const payload = Buffer.from(secret.data.release, 'base64').toString('latin1')
  return { secret, json: gunzipSync(Buffer.from(payload, 'base64')).toString('utf8') }
}

/** A record's text without what only time decides: when things were done, and when files were written. */
function timeless (json: string): string {
  return json.replaceAll(/"(first_deployed|last_deployed|deleted|started_at|completed_at|modtime|schemamodtime)":"[^"]*"/g, '"$1":"T"')
}

async function makeNamespace (cluster: Cluster, name: string): Promise<void> {
  await create(cluster, '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
  const ready = async (): Promise<boolean> => (await get(cluster, `/api/v1/namespaces/${name}/serviceaccounts/default`)).status === 200
  await pollUntil(`namespace ${name}`, ready, AbortSignal.timeout(20_000))
}

/** What is in a namespace, as `collection/name`. */
async function contents (cluster: Cluster, namespace: string): Promise<string[]> {
  const found = await Promise.all(collections.map(async collection => {
    const { body } = await get(cluster, collection.replace('NS', `namespaces/${namespace}`))
    return ((JSON.parse(body) as Partial<Listed>).items ?? []).map(({ metadata }) => `${collection.split('/').at(-1) ?? ''}/${metadata.name}`)
  }))
  return found.flat().sort()
}

t.test('releases', { timeout: 900_000 }, async t => {
  const { cluster, portolan, helm3, helm4, directory } = await world(t)
  await helm4.works(t, 'create', join(directory, 'boat'))
  const boat = join(directory, 'boat')

  for (const helm of [helm3, helm4]) {
    await t.test(`what portolan installs, ${helm.title} works on`, async t => {
      await portolan.works(t, 'install', 'ours', boat, '--set', 'replicaCount=2', '--wait', '--timeout', '60s')
      const listed = JSON.parse(await helm.works(t, 'list', '-o', 'json')) as unknown
      t.match(listed, [{ name: 'ours', namespace: 'default', revision: '1', status: 'deployed', chart: 'boat-0.1.0', app_version: '1.16.0' }])
      t.match(await helm.works(t, 'status', 'ours'), /STATUS: deployed\nREVISION: 1\n/)
      t.strictSame(JSON.parse(await helm.works(t, 'get', 'values', 'ours', '-o', 'json')), { replicaCount: 2 })
      t.equal(await portolan.works(t, 'get', 'manifest', 'ours'), await helm.works(t, 'get', 'manifest', 'ours'))
      await helm.works(t, 'upgrade', 'ours', boat, '--set', 'replicaCount=1')
      await helm.works(t, 'rollback', 'ours', '1')
      t.match(await portolan.works(t, 'status', 'ours'), /STATUS: deployed\nREVISION: 3\nDESCRIPTION: Rollback to 1\n/)
      await helm.works(t, 'uninstall', 'ours')
      t.equal(await portolan.works(t, 'list', '-q'), '')
    })

    await t.test(`what ${helm.title} installs, portolan works on`, async t => {
      await helm.works(t, 'install', 'theirs', boat, '--set', 'replicaCount=2', '--wait', '--timeout', '60s')
      t.equal(await portolan.works(t, 'list'), await helm.works(t, 'list'))
      t.equal(await portolan.works(t, 'list', '-o', 'json'), await helm.works(t, 'list', '-o', 'json'))
      for (const part of ['manifest', 'notes', 'hooks', 'values']) t.equal(await portolan.works(t, 'get', part, 'theirs'), await helm.works(t, 'get', part, 'theirs'), part)
      t.match(await portolan.works(t, 'status', 'theirs'), /STATUS: deployed\nREVISION: 1\nDESCRIPTION: Install complete\nRESOURCES:\n==> v1\/ServiceAccount\nNAME +AGE\n/)
      t.equal(await portolan.works(t, 'uninstall', 'theirs', '--keep-history', '--wait'), 'release "theirs" uninstalled\n')
      t.match(JSON.parse(await helm.works(t, 'history', 'theirs', '-o', 'json')), [{ revision: 1, status: 'uninstalled', description: 'Uninstallation complete' }])
      await portolan.works(t, 'uninstall', 'theirs')
      t.match(await helm.run('status', 'theirs'), { code: 1, stderr: /release: not found/ })
    })
  }

  await t.test('portolan prints what Helm 4.3.1 prints, and stores what it stores', async t => {
    for (const chart of [boat, ...charts]) {
      const name = chart.split('/').at(-1) ?? ''
      await makeNamespace(cluster, name)
      const before = await contents(cluster, name)
      const printed: string[] = []
      const records: Array<Awaited<ReturnType<typeof recordOf>>> = []
      for (const one of [helm4, portolan]) {
        printed.push((await one.works(t, 'install', 'rel', chart, '--namespace', name, '--labels', 'team=a', '--timeout', '60s')).replace(/^LAST DEPLOYED: .*$/m, ''))
        records.push(await recordOf(cluster, name, 'rel'))
        // Helm 4.3.1 may take a late event for an object that is still there, so its own wait is not asked for.
        const wait = one === portolan ? ['--wait'] : []
        await one.works(t, 'uninstall', 'rel', '--namespace', name, ...wait, '--cascade', 'foreground', '--timeout', '60s')
        await sweep(t, { cluster, namespace: name, before })
      }
      const [theirs, ours] = records
      t.equal(printed[1], printed[0], `${name}: output`)
      t.equal(timeless(ours?.json ?? ''), timeless(theirs?.json ?? ''), `${name}: record`)
      t.equal(ours?.secret.type, 'helm.sh/release.v1')
      t.strictSame(labelsOf(ours?.secret), labelsOf(theirs?.secret), `${name}: labels`)
    }
  })

  await t.test('failures leave the same words and the same state', async t => {
    await portolan.works(t, 'install', 'taken', boat)
    for (const args of [['install', 'taken', boat], ['install', 'R_', boat], ['install', 'x', boat, '--namespace', 'nowhere'], ['status', 'none'], ['uninstall', 'none']]) {
      const [ours, theirs] = [await portolan.run(...args), await helm4.run(...args)]
      t.strictSame(ours, theirs, args.slice(0, 2).join(' '))
    }
    const waiting = ['install', 'stuck', boat, '--set', 'nodeSelector.no=such', '--wait', '--timeout', '2s']
    const ours = await portolan.run(...waiting)
    await portolan.works(t, 'uninstall', 'stuck')
    t.strictSame(ours, await helm4.run(...waiting), 'a Deployment that never gets ready')
    t.match(await portolan.works(t, 'list', '--failed', '-q'), 'stuck\n')
    await portolan.works(t, 'uninstall', 'stuck', 'taken')
  })

  await t.test('a certificate signs in as well as a token', async t => {
    await portolan.works(t, 'install', 'signed', boat, '--kube-context', 'admin-certificate')
    await portolan.works(t, 'uninstall', 'signed', '--kube-context', 'admin-certificate')
    t.match(await portolan.run('list', '--kube-token', 'wrong'), { code: 1, stderr: /^Error: kubernetes cluster unreachable: / })
  })
})

function labelsOf (secret: StoredSecret | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(secret?.metadata.labels ?? {}).filter(([name]) => name !== 'modifiedAt'))
}

interface Swept {
  readonly cluster: Cluster
  readonly namespace: string
  readonly before: readonly string[]
}

/**
 * Sees to it that nothing is left of a release but what Helm leaves by design: claims of a StatefulSet, and the hook of a chart that no policy
 * deletes.
 */
async function sweep (t: Test, { cluster, namespace, before }: Swept): Promise<void> {
  const byDesign = /^(persistentvolumeclaims\/|serviceaccounts\/rel-migrate$)/
  const left = async (): Promise<string[]> => (await contents(cluster, namespace)).filter(name => !before.includes(name))
  const clean = async (): Promise<boolean> => (await left()).every(name => byDesign.test(name))
  await t.resolves(pollUntil(`namespace ${namespace}`, clean, AbortSignal.timeout(30_000)), `${namespace}: nothing is left`)
}
