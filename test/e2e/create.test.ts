import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { startCluster } from '../cluster/start-cluster.js'
import { helmEnvironment, peer, runProgram, type Ran } from './run-program.js'
import { program } from './server-process.js'

// The chart that `portolan create` makes is good for every tool: it passes Helm's lint, renders to the same bytes, and can be installed.

type Tool = (...args: string[]) => Promise<Ran>

/** Values that make every part of the chart render. */
const everything = `
ingress: {enabled: true, className: internal, annotations: {a: b}, tls: [{secretName: web-tls, hosts: [web.example.com]}]}
httpRoute:
  enabled: true
  annotations: {a: b}
  rules: [{matches: [{path: {type: Exact, value: /x}}], filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: A, value: b}]}}]}, {}]
autoscaling: {enabled: true, targetMemoryUtilizationPercentage: 70}
podLabels: {tier: front}
podAnnotations: {c: d}
imagePullSecrets: [{name: registry-login}]
podSecurityContext: {fsGroup: 2000}
securityContext: {runAsNonRoot: true}
resources: {limits: {cpu: 1}}
volumes: [{name: v, emptyDir: {}}]
volumeMounts: [{name: v, mountPath: /v}]
nodeSelector: {disk: fast}
tolerations: [{key: a, operator: Exists}]
affinity: {nodeAffinity: {}}
serviceAccount: {annotations: {e: f}}
`

const variants: ReadonlyArray<readonly string[]> = [
  [],
  ['-f', 'everything.yaml'],
  ['--set', 'serviceAccount.create=false,image.tag=1,service.type=NodePort'],
  ['--set', 'serviceAccount.name=own,nameOverride=ship,replicaCount=3'],
  ['--set', `fullnameOverride=${'x'.repeat(80)},service.type=LoadBalancer,service.port=8080`]
]

t.test('a new chart', { timeout: 300_000 }, async t => {
  const folder = t.testdir({ 'everything.yaml': everything })
  const env = helmEnvironment(folder)
  const tool = (file: string, ...before: string[]): Tool => (...args) => runProgram(file, [...before, ...args], { cwd: folder, env })
  const portolan = tool(process.execPath, program)
  const helm4 = tool(peer('PORTOLAN_HELM4'))
  const helm3 = tool(peer('PORTOLAN_HELM3'))
  t.strictSame(await portolan('create', 'boat'), { code: 0, stdout: 'Creating boat\n', stderr: '' })

  await t.test("passes Helm's lint", async t => {
    for (const helm of [helm4, helm3]) {
      for (const variant of variants) {
        const { code, stdout } = await helm('lint', '--strict', 'boat', ...variant)
        t.equal(code, 0, stdout)
        t.notMatch(stdout, /\[(WARNING|ERROR)\]/)
      }
    }
  })
  await t.test('renders to the same bytes', async t => {
    for (const release of ['rel', 'boat', 'my-boat-1']) {
      for (const variant of variants) {
        const [ours, theirs] = await Promise.all([portolan, helm4].map(each => each('template', release, 'boat', ...variant)))
        t.equal(theirs?.code, 0, theirs?.stderr ?? 'no answer')
        t.strictSame(ours, theirs, variant.join(' '))
      }
    }
  })
  await t.test("has the files and the values of Helm's", async t => {
    t.equal((await helm4('create', 'boat4')).code, 0)
    await sameKeys(t, { portolan, folder })
  })
  await t.test('can be installed by each', t => installed(t, { env, folder }))
})

async function sameKeys (t: Test, { portolan, folder }: { readonly portolan: Tool, readonly folder: string }): Promise<void> {
  const list = async (chart: string): Promise<string> => (await runProgram('find', ['.', '-printf', '%y %P\\n'], { cwd: join(folder, chart) })).stdout.split('\n').sort().join('\n')
  t.match(await list('boat'), /f templates\/tests\/test-connection\.yaml/)
  t.equal(await list('boat'), await list('boat4'))
  // The keys, by a template that prints them: values differ, since ours are our own.
  const keys = '{{- define "keys" }}{{ range $k, $v := . }}\n{{ $k }}{{ if and (kindIs "map" $v) $v }}:{{ include "keys" $v | indent 2 }}{{ end }}{{ end }}{{ end }}keys: {{ include "keys" .Values | quote }}\n'
  const rendered = async (chart: string): Promise<string> => {
    await writeFile(join(folder, chart, 'templates', 'keys.yaml'), keys)
    const { stdout, stderr, code } = await portolan('template', 'rel', chart, '--show-only', 'templates/keys.yaml')
    t.equal(code, 0, stderr)
    await runProgram('rm', [join(folder, chart, 'templates', 'keys.yaml')])
    return stdout.replace(/^.*# Source.*$/m, '')
  }
  t.equal(await rendered('boat'), await rendered('boat4'))
}

async function installed (t: Test, { env, folder }: { readonly env: Record<string, string>, readonly folder: string }): Promise<void> {
  const cluster = await startCluster({ env: process.env })
  t.teardown(() => cluster.stop())
  for (const [name, file, ...before] of [['ours', process.execPath, program], ['theirs', peer('PORTOLAN_HELM4')]] as const) {
    const options = { cwd: folder, env: { ...env, KUBECONFIG: cluster.kubeconfig } }
    const flags = ['--set', 'ingress.enabled=true,autoscaling.enabled=true,service.type=NodePort', '--namespace', name, '--create-namespace', '--wait', '--timeout', '2m']
    const { code, stdout, stderr } = await runProgram(file, [...before, 'install', 'web', './boat', ...flags], options)
    t.equal(code, 0, stderr)
    t.match(stdout, /STATUS: deployed[^]*NOTES:\nboat 1\.28 runs as release web\. How to reach it:\n\n {2}http:\/\/boat\.example\.com\/\n/)
  }
}
