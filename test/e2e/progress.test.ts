import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import t from 'tap'
import { connect } from '../../src/kube/connect.js'
import { startCluster } from '../cluster/start-cluster.js'
import { writeFiles } from './lifecycle/charts.js'
import { helmEnvironment, runProgram } from './run-program.js'
import { program } from './server-process.js'

// What is told while objects are waited for, on a real cluster: its scheduler says why a Pod finds no node.

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .Release.Name }}}
spec:
  selector: {matchLabels: &labels {app: {{ .Release.Name }}}}
  template:
    metadata: {labels: *labels}
    spec:
      nodeSelector: {sea: {{ .Release.Name }}}
      containers: [{name: main, image: example.com/ship}]
`

t.test('what is waited for, and why', { timeout: 600_000 }, async t => {
  const cluster = await startCluster({ env: process.env })
  t.teardown(() => cluster.stop())
  const directory = t.testdir({})
  await writeFiles(join(directory, 'ship'), { 'Chart.yaml': 'apiVersion: v2\nname: ship\nversion: 1.0.0\n', 'templates/deployment.yaml': deployment })
  const env = { ...helmEnvironment(directory), KUBECONFIG: cluster.kubeconfig, TERM: 'xterm' }

  t.test('lines, where there is no terminal; the result stays what it is', async t => {
    const child = spawn(process.execPath, [program, 'install', 'calm', join(directory, 'ship'), '--wait', '--timeout', '120s', '-o', 'json'], { env: { ...process.env, ...env } })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text })
    const told = new Promise<void>(resolve => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text
        if (stderr.includes('FailedScheduling')) resolve()
      })
    })
    const closed = once(child, 'close')
    await Promise.race([told, closed])
    await label(cluster.kubeconfig, 'calm')
    t.strictSame(await closed, [0, null])
    const [first = '', second = '', ...more] = stderr.split('\n')
    t.match(first, /^waiting for Deployment default\/calm \(1\ds\): Available: 0\/1; Available is False: MinimumReplicasUnavailable: .*; Pod calm-[-\w]+: FailedScheduling: 0\/\d+ nodes are available: /)
    t.equal(second, 'Deployment default/calm is ready')
    t.strictSame(more, [''])
    t.match(JSON.parse(stdout), { name: 'calm', info: { status: 'deployed' } })
  })

  t.test('nothing when that is wanted, and nothing of a short wait', async t => {
    const never = ['install', 'never', join(directory, 'ship'), '--wait', '--timeout']
    const quiet = await runProgram(process.execPath, [program, ...never, '12s', '--no-progress'], { env })
    t.match(quiet.stderr, /^Error: INSTALLATION FAILED: resource Deployment\/default\/never not ready. status: InProgress, message: Available: 0\/1\ncontext deadline exceeded\n$/)
    const short = await runProgram(process.execPath, [program, 'upgrade', 'never', join(directory, 'ship'), '--wait', '--timeout', '3s'], { env })
    t.match(short.stderr, /^level=WARN .*\nError: UPGRADE FAILED: /)
    t.notMatch(short.stderr, /waiting/)
  })

  t.test('conditions on objects of the release, and on others', async t => {
    const call = async (...args: readonly string[]): ReturnType<typeof runProgram> => await runProgram(process.execPath, [program, ...args], { env })
    const chart = join(directory, 'ship')
    t.match(await call('install', 'tide', chart, '--wait-for', 'deployment/tide={.status.conditions[?(@.type=="Available")].status}=False', '--wait-for', 'nodes/node-1={.status.capacity.cpu}=32'), { code: 0, stderr: '' })
    t.match(await call('upgrade', 'tide', chart, '--wait-for', 'deployments.apps/tide={.status.readyReplicas}=1', '--timeout', '2s'), {
      code: 1, stderr: /Error: UPGRADE FAILED: resource Deployment\/default\/tide not ready. status: InProgress, message: \{.status.readyReplicas\} is not there\ncontext deadline exceeded\n$/
    })
    t.match(await call('upgrade', 'tide', chart, '--wait-for', 'boats/tide={.x}'), { code: 1, stderr: /the server doesn't have a resource type "boats"/ })
  })

  t.test('a terminal shows it while it lasts; of what failed the reasons stay', async t => {
    const call = `stty cols 100 rows 30; exec '${process.execPath}' '${program}' install lost '${join(directory, 'ship')}' --wait --timeout 13s`
    const { code, stdout } = await runProgram('script', ['-qec', call, '/dev/null'], { env })
    t.equal(code, 1)
    t.match(stdout, /\n?0\/1 objects are ready \(\ds\)\r\n {2}Deployment default\/lost: Available: 0\/1\r\n/)
    t.match(stdout, / {4}Pod lost-[-\w]+: FailedScheduling: .*…\r\n/, 'cut to the width')
    const end = stdout.slice(stdout.lastIndexOf('\u001b[J') + '\u001b[J'.length)
    t.match(end, /^waiting for Deployment default\/lost \(1\ds\): .*FailedScheduling.*\r\nError: INSTALLATION FAILED: resource Deployment\/default\/lost not ready.*\r\ncontext deadline exceeded\r\n$/)
    t.equal(stdout.split('\u001b[J').length - 1, stdout.split('objects are ready').length - 1, 'what was drawn was taken away')
  })
})

/** Lets Pods of a release find a node. */
async function label (kubeconfig: string, sea: string): Promise<void> {
  const connection = await connect({ kubeconfig, env: {}, clock: { now: () => new Date(), sleep: async () => {} } })
  try {
    const body = JSON.stringify({ metadata: { labels: { sea } } })
    await connection.transport.request({ method: 'PATCH', path: '/api/v1/nodes/node-1', body, contentType: 'application/merge-patch+json' })
  } finally {
    await connection.close()
  }
}
