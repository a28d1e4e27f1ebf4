import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import t from 'tap'
import { connect, type Connection } from '../../src/kube/connect.js'
import { get } from '../cluster/api.js'
import { pollUntil } from '../cluster/poll.js'
import { startCluster, type Cluster } from '../cluster/start-cluster.js'
import { helmEnvironment, peer, runProgram, type Ran } from './run-program.js'
import { program } from './server-process.js'

// Differences on a real Kubernetes: with its defaults, its managers of fields and its rules for definitions.

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
      - name: web
        image: example.com/web:{{ .Values.tag }}
        resources: { limits: { cpu: 1000m } }
        env:
        - { name: MODE, value: {{ .Values.mode | quote }} }
`
const others = `apiVersion: v1
kind: Secret
metadata: { name: web }
stringData: { password: {{ .Values.password }} }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data: { mode: {{ .Values.mode | quote }} }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: {{ .Release.Namespace }}-web }
rules: [{ apiGroups: [""], resources: [pods], verbs: [{{ .Values.verb }}] }]
`
const values = 'replicas: 2\ntag: "1"\nmode: calm\npassword: one\nverb: get\n'

/** A definition of ships; `more` is another property of theirs, and `versions` what it has. */
function ships (more: string, versions: readonly string[] = ['v1']): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ships.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { plural: ships, singular: ship, kind: Ship }
  versions:
${versions.map((name, i) => `  - name: ${name}
    served: true
    storage: ${i === 0}
    schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { sails: { type: integer }${more} } } } } }
`).join('')}`
}

async function chartIn (folder: string, files: Readonly<Record<string, string>>): Promise<string> {
  const all = { 'Chart.yaml': 'apiVersion: v2\nname: sea\nversion: 1.0.0\n', 'values.yaml': values, ...files }
  for (const [name, text] of Object.entries(all)) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return folder
}

/** Runs a program on a terminal of its own (script(1)), and types something. */
async function onTerminal (command: readonly string[], typed: string, env: Readonly<Record<string, string>>): Promise<{ readonly code: number | null, readonly printed: string }> {
  const line = command.map(word => `'${word}'`).join(' ')
  const child = spawn('script', ['-qec', line, '/dev/null'], { env: { ...process.env, ...env, TERM: 'xterm', NO_COLOR: '' }, stdio: ['pipe', 'pipe', 'inherit'] })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
    if (printed.includes('Continue? [y/N] ') && child.stdin.writable) child.stdin.end(typed)
  })
  const [code] = await once(child, 'close') as [number | null]
  return { code, printed: printed.replaceAll('\r\n', '\n') }
}

/** Changes an object as somebody else than us. */
async function patch ({ transport }: Connection, path: string, change: object): Promise<void> {
  await transport.request({ method: 'PATCH', path, query: { fieldManager: 'somebody' }, contentType: 'application/strategic-merge-patch+json', body: JSON.stringify(change) })
}

async function objectAt (cluster: Cluster, path: string): Promise<{ readonly status: number, readonly body: unknown }> {
  const { status, body } = await get(cluster, path)
  return { status, body: JSON.parse(body) as unknown }
}

t.test('differences on a real cluster', { timeout: 600_000 }, async t => {
  const directory = t.testdir({})
  const cluster = await startCluster({ env: process.env, users: [{ name: 'reader' }] })
  t.teardown(() => cluster.stop())
  const env = { ...helmEnvironment(directory), KUBECONFIG: cluster.kubeconfig }
  const portolan = async (...args: string[]): Promise<Ran> => await runProgram(process.execPath, [program, ...args], { env })
  const connection = await connect({
    kubeconfig: cluster.kubeconfig, env, clock: { now: () => new Date(), sleep: async milliseconds => { await setTimeout(milliseconds) } }, interactive: false
  })
  t.teardown(() => connection.close())
  const sea = await chartIn(join(directory, 'sea'), { 'templates/deployment.yaml': deployment, 'templates/others.yaml': others })
  const must = async (...args: string[]): Promise<void> => {
    const { code, stderr } = await portolan(...args)
    if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  }

  for (const [namespace, flags, over] of [['ssa', [], ['--force-conflicts']], ['csa', ['--server-side=false'], []]] as const) {
    await t.test(`objects sent by ${namespace}`, async t => {
      const scope = `/namespaces/${namespace}`
      const call = async (...args: string[]): Promise<Ran> => await portolan(...args, '-n', namespace)
      await must('install', 'web', sea, '-n', namespace, '--create-namespace', ...flags)
      t.match(await call('diff', 'live', 'web'), { code: 0, stdout: '', stderr: 'No differences.\n' }, 'defaults are no differences')
      t.match(await call('diff', 'upgrade', 'web', sea), { code: 0, stdout: '', stderr: 'No differences.\n' })

      const set = 'tag=2,mode=wild,password=another,verb=list'
      const upgrade = await call('diff', 'upgrade', 'web', sea, '--set', set)
      t.equal(upgrade.code, 2)
      t.match(upgrade.stdout, new RegExp(`${namespace}, web, Secret \\(v1\\) has changed:\\n[^]*<redacted: 3 bytes, sha256 [0-9a-f]{7}>[^]*<redacted: 7 bytes, `))
      t.match(upgrade.stdout, `\n, ${namespace}-web, ClusterRole (rbac.authorization.k8s.io/v1) has changed:\n`)
      t.match(upgrade.stdout, /- +image: example\.com\/web:1\n[^]*\+ +image: example\.com\/web:2\n/)
      t.notMatch(upgrade.stdout, 'Service')
      t.notMatch(upgrade.stdout, /YW5vdGhlcg|another/)
      t.equal((upgrade.stdout.match(/^[-+]/gm) ?? []).length, 10, 'and nothing beside it')
      const stored = await call('diff', 'upgrade', 'web', sea, '--set', set, '--against', 'stored', '--show-secrets')
      t.match(stored, { code: 2, stdout: /\+ {2}password: YW5vdGhlcg==\n/ })

      await must('upgrade', 'web', sea, '-n', namespace, '--set', set)
      const revision = await call('diff', 'revision', 'web', '1', '2', '-o', 'json')
      t.equal(revision.code, 2)
      const changes = JSON.parse(revision.stdout) as Array<{ readonly kind: string, readonly change: string }>
      t.strictSame(changes.map(({ kind, change }) => `${change} ${kind}`), ['changed Secret', 'changed ConfigMap', 'changed ClusterRole', 'changed Deployment'])
      t.match(await call('diff', 'rollback', 'web'), { code: 2, stdout: /- +image: example\.com\/web:2\n[^]*\+ +image: example\.com\/web:1\n/ })
      t.match(await call('diff', 'revision', 'web', '7'), { code: 1, stderr: /^Error: / })

      await patch(connection, `/apis/apps/v1${scope}/deployments/web`, { spec: { template: { spec: { containers: [{ name: 'web', image: 'example.com/web:hand' }] } } } })
      await patch(connection, `/api/v1${scope}/configmaps/web`, { data: { more: 'x' } })
      await connection.transport.request({ method: 'DELETE', path: `/api/v1${scope}/services/web` })
      const drift = await call('diff', 'live', 'web', '-C', '0')
      t.equal(drift.code, 2)
      t.match(drift.stdout, `${namespace}, web, Service (v1) has been removed:\n`)
      t.match(drift.stdout, /- +image: example\.com\/web:2\n\+ +image: example\.com\/web:hand\n/)
      t.notMatch(drift.stdout, 'ConfigMap', 'what others add is theirs')
      t.match(await call('diff', 'live', 'web', '--suppress', 'Service,Deployment'), { code: 0 })
      const back = await call('diff', 'upgrade', 'web', sea, '--reuse-values')
      t.match(back, { code: 2, stdout: /Service \(v1\) has been added[^]*\+ +image: example\.com\/web:2\n/ })
      t.match(back.stderr, namespace === 'ssa' ? /others manage fields of an object: an update needs --force-conflicts.*somebody/ : /^$/)
      t.match(await call('upgrade', 'web', sea, '--reuse-values', '--diff', '--yes', ...over), { code: 0, stderr: /1 to be added, 1 to be changed\.\n$/ })
      t.match(await call('diff', 'live', 'web'), { code: 0 })
    })
  }

  await t.test('who may not try: the fields that the manifest names are compared', async t => {
    await must('install', 'web', sea, '-n', 'read', '--create-namespace', '--set', 'verb=watch')
    const rules = [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list'] }]
    await connection.transport.request({
      method: 'POST', path: '/apis/rbac.authorization.k8s.io/v1/clusterroles', body: JSON.stringify({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'look' }, rules })
    })
    const binding = { metadata: { name: 'look' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'look' }, subjects: [{ kind: 'User', name: 'reader' }] }
    await connection.transport.request({
      method: 'POST', path: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', body: JSON.stringify({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', ...binding })
    })
    const call = async (...args: string[]): Promise<Ran> => await portolan(...args, '-n', 'read', '--kube-context', 'reader')
    const { code, stdout, stderr } = await call('diff', 'live', 'web')
    t.equal(stderr, 'level=WARN msg="without a dry run only the fields that the manifest names are compared" objects=5\n')
    // The API writes 1000m as 1: only a dry run would know.
    t.strictSame([code, stdout.match(/^[-+].*$/gm)?.map(line => line.replace(/ +/, ' '))], [2, ['- cpu: 1000m', '+ cpu: "1"']])
    t.match(await call('diff', 'upgrade', 'web', sea, '--reuse-values', '--suppress', 'Deployment'), { code: 0, stderr: /\nNo differences\.\n$/ })
    t.match(await call('diff', 'upgrade', 'web', sea, '--reuse-values', '--set', 'mode=wild', '--suppress', 'Deployment'), { code: 2, stdout: /- {2}mode: calm\n\+ {2}mode: wild\n/ })
  })

  await t.test('sent by Helm without server-side apply, and by it from now on', async t => {
    const helm = await runProgram(peer('PORTOLAN_HELM3'), ['install', 'web', sea, '-n', 'helm3', '--create-namespace'], { env })
    t.equal(helm.code, 0, helm.stderr)
    const call = async (...args: string[]): Promise<Ran> => await portolan(...args, '-n', 'helm3')
    t.match(await call('diff', 'live', 'web'), { code: 0 })
    t.match(await call('upgrade', 'web', sea, '--server-side=true', '--set', 'tag=3', '--diff', '-y'), { code: 0, stderr: /\+ +image: example\.com\/web:3\n/ })
    t.match(await call('diff', 'upgrade', 'web', sea, '--reuse-values'), { code: 0 })
  })

  await t.test('upgrade --diff on a terminal', async t => {
    const upgrade = (tag: string): string[] => [process.execPath, program, 'upgrade', 'web', sea, '-n', 'ssa', '--reuse-values', '--diff', '--set', `tag=${tag}`]
    const image = async (): Promise<string> => /example.com\/web:\w+/.exec((await get(cluster, '/apis/apps/v1/namespaces/ssa/deployments/web')).body)?.[0] ?? ''
    const history = async (): Promise<number> => (JSON.parse((await portolan('history', 'web', '-n', 'ssa', '-o', 'json')).stdout) as unknown[]).length
    const before = [await image(), await history()]
    const no = await onTerminal(upgrade('9'), 'n\n', env)
    t.match(no, { code: 2, printed: /\x1b\[32m\+ +image: example\.com\/web:9\x1b\[0m[^]*1 to be changed\.\nContinue\? \[y\/N\] n\nNothing was done\.\n$/ })
    t.match(await onTerminal(upgrade('9'), '\x04', env), { code: 2 }, 'the end of the input')
    t.strictSame([await image(), await history()], before)
    t.match(await portolan(...upgrade('9').slice(2)), { code: 2, stdout: '', stderr: /there is no terminal to ask on/ })
    t.strictSame([await image(), await history()], before)
    const yes = await onTerminal(upgrade('9'), 'y\n', env)
    t.match(yes, { code: 0, printed: /Continue\? \[y\/N\] y\nRelease "web" has been upgraded\. Happy Helming!\n/ })
    t.equal(await image(), 'example.com/web:9')
    t.match(await portolan(...upgrade('9').slice(2)), { code: 0, stderr: 'No differences.\n' })
  })

  await t.test('--upgrade-crds', async t => {
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/ships.example.com'
    const template = (version: string, spec: string): string => `apiVersion: example.com/${version}\nkind: Ship\nmetadata: { name: one }\nspec: ${spec}\n`
    const first = await chartIn(join(directory, 'ships-1'), { 'crds/ships.yaml': ships(''), 'templates/ship.yaml': template('v1', '{ sails: 1 }') })
    const second = await chartIn(join(directory, 'ships-2'), { 'crds/ships.yaml': ships(', masts: { type: integer }', ['v1', 'v2']), 'templates/ship.yaml': template('v2', '{ sails: 1, masts: 3 }') })
    const third = await chartIn(join(directory, 'ships-3'), { 'crds/ships.yaml': ships('', ['v2']), 'templates/ship.yaml': template('v2', '{ sails: 1 }') })
    const call = async (...args: string[]): Promise<Ran> => await portolan(...args, '-n', 'ships', '--create-namespace')

    const asked = await call('upgrade', '--install', 'fleet', first, '--upgrade-crds', '--diff')
    t.match(asked, { code: 2, stderr: /^, ships\.example\.com, CustomResourceDefinition \(apiextensions\.k8s\.io\/v1\) has been added:[^]*ships, one, Ship \(example\.com\/v1\) has been added:[^]*2 to be added\.\nNothing was done/ })
    t.equal((await objectAt(cluster, path)).status, 404)
    t.match(await call('upgrade', '--install', 'fleet', first, '--upgrade-crds'), { code: 0, stderr: /CustomResourceDefinition .* has been added:[^]*\n1 to be added\.\n$/ })
    t.match(await call('upgrade', 'fleet', first, '--upgrade-crds', '--diff'), { code: 0, stderr: 'No differences.\n' })

    t.match(await call('upgrade', 'fleet', second), { code: 1 }, 'without the flag the definition stays')
    t.match(await call('diff', 'upgrade', 'fleet', second, '--upgrade-crds'), { code: 2, stdout: /CustomResourceDefinition [^]*has changed:[^]*\+ +masts:/ })
    t.match(await call('upgrade', 'fleet', second, '--upgrade-crds', '--dry-run=server'), { code: 0, stderr: /has changed:[^]*masts/, stdout: /STATUS: pending-upgrade/ })
    t.notMatch((await objectAt(cluster, path)).body, { spec: { versions: [{}, { name: 'v2' }] } })
    t.match(await call('upgrade', 'fleet', second, '--upgrade-crds'), { code: 0, stderr: /\+ +masts:/ })
    t.match((await objectAt(cluster, '/apis/example.com/v2/namespaces/ships/ships/one')).body, { spec: { sails: 1, masts: 3 } })
    const managers = (await objectAt(cluster, path)).body as { readonly metadata: { readonly managedFields: Array<{ readonly manager: string, readonly operation: string }> } }
    t.match(managers.metadata.managedFields.filter(({ manager }) => manager === 'helm'), [{ operation: 'Apply' }])

    const grown = await chartIn(join(directory, 'ships-grown'), {
      'crds/ships.yaml': ships(', masts: { type: integer }, crew: { type: integer }', ['v1', 'v2']), 'templates/ship.yaml': template('v1', '{ sails: 1, crew: 9 }')
    })
    t.match(await call('upgrade', 'fleet', grown, '--upgrade-crds'), { code: 0, stderr: /\+ +crew:/ }, 'a new property is used at once')
    t.match((await objectAt(cluster, '/apis/example.com/v1/namespaces/ships/ships/one')).body, { spec: { sails: 1, crew: 9 } })

    const refused = await call('upgrade', 'fleet', third, '--upgrade-crds')
    t.match(refused, { code: 1, stderr: /^Error: UPGRADE FAILED: CRD ships\.example\.com cannot be updated: sea\/crds\/ships\.yaml lacks version v1, in which objects are still stored/ })
    t.match((await objectAt(cluster, path)).body, { spec: { versions: [{ name: 'v1' }, { name: 'v2' }] } })
    await must('uninstall', 'fleet', '-n', 'ships')
    t.equal((await objectAt(cluster, path)).status, 200, 'no definition is ever deleted')

    await connection.transport.request({ method: 'DELETE', path })
    await pollUntil('The definition is gone', async () => (await get(cluster, path)).status === 404, AbortSignal.timeout(60_000))
    const helm = await runProgram(peer('PORTOLAN_HELM3'), ['install', 'fleet', second, '-n', 'ships'], { env })
    t.equal(helm.code, 0, helm.stderr)
    const fewer = await chartIn(join(directory, 'ships-fewer'), { 'crds/ships.yaml': ships('', ['v1', 'v2']), 'templates/ship.yaml': template('v2', '{ sails: 2 }') })
    t.match(await call('upgrade', 'fleet', fewer, '--upgrade-crds'), { code: 0, stderr: /- +masts:/ }, 'what Helm sent without server-side apply goes, too')
    t.notMatch(JSON.stringify((await objectAt(cluster, path)).body), 'masts')
    t.match(await call('upgrade', 'fleet', fewer, '--upgrade-crds', '--diff'), { code: 0, stderr: 'No differences.\n' })
  })
})
