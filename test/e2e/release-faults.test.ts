import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { create } from '../cluster/api.js'
import { startCluster, type Cluster } from '../cluster/start-cluster.js'
import { ApiProxy } from './lifecycle/api-proxy.js'
import { writeFiles } from './lifecycle/charts.js'
import { faultCases, type FaultCase, type Operation } from './lifecycle/fault-cases.js'
import { startGuard } from './lifecycle/guard.js'
import { killCharts } from './lifecycle/kill-charts.js'
import { mate, refusalCases } from './lifecycle/refusal-cases.js'
import { list, recordOf, type Scene } from './lifecycle/scene.js'
import { helmEnvironment, peer, runProgram, startProgram, type Ran } from './run-program.js'
import { program } from './server-process.js'

// What goes wrong between a client and the API, and what comes of it: a message that says what could not be done to what, Helm's exit code, and a
// record that the next command can go on from, which it does.

const atOnce = 4

interface World {
  readonly cluster: Cluster
  readonly directory: string
  readonly env: Readonly<Record<string, string>>
}

t.test('a release, and what goes wrong', { timeout: 900_000 }, async t => {
  const world = await startWorld(t)
  const guard = await startGuard(world.cluster)
  t.teardown(() => guard.stop())
  const wanted = process.env['PORTOLAN_FAULT'] ?? ''
  const cases = [...faultCases, ...refusalCases(guard.url)].filter(({ title, operation }) => `${operation}: ${title}`.includes(wanted))
  t.jobs = atOnce
  await Promise.all(interruptible.map(async operation =>
    await t.test(`${operation}: Ctrl-C`, { buffered: true, timeout: 600_000 }, async t => { await interrupt(t, world, operation) })))
  await Promise.all(cases.map(async (each, number) =>
    await t.test(`${each.operation}: ${each.title}`, { buffered: true, timeout: 600_000 }, async t => { await tryCase(t, world, { each, name: `f${number}` }) })))
})

async function startWorld (t: Test): Promise<World> {
  const directory = t.testdir({})
  const cluster = await startCluster({ env: process.env, users: [{ name: mate }] })
  t.teardown(() => cluster.stop())
  for (const [name, files] of Object.entries(killCharts)) await writeFiles(join(directory, name), files)
  return { cluster, directory, env: { ...helmEnvironment(directory), KUBECONFIG: cluster.kubeconfig, TZ: 'UTC' } }
}

const calls: Readonly<Record<Operation, readonly string[]>> = {
  install: ['install', 'rel', 'two'],
  upgrade: ['upgrade', 'rel', 'two', '--no-hooks'],
  rollback: ['rollback', 'rel', '1', '--no-hooks'],
  uninstall: ['uninstall', 'rel']
}

const preparations: Readonly<Record<Operation, ReadonlyArray<readonly string[]>>> = {
  install: [],
  upgrade: [['install', 'rel', 'one']],
  rollback: [['install', 'rel', 'one'], ['upgrade', 'rel', 'two', '--no-hooks']],
  uninstall: [['install', 'rel', 'two']]
}

const tools = { helm: [peer('PORTOLAN_HELM4')], ours: [process.execPath, program] } as const

async function run ({ directory, env }: World, tool: keyof typeof tools, args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const [file, ...before] = tools[tool]
  return await runProgram(file, [...before, ...args], { env: { ...env, ...more }, cwd: directory })
}

async function prepare (world: World, operation: Operation, namespace: string): Promise<Scene> {
  const { cluster } = world
  await create(cluster, '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
  for (const args of preparations[operation]) {
    const { code, stderr } = await run(world, 'helm', [...args, '-n', namespace])
    if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  }
  return { cluster, namespace }
}

/** Prepares a release, and works on it while something goes wrong. */
async function play (world: World, tool: keyof typeof tools, { each, name }: { readonly each: FaultCase, readonly name: string }): Promise<{ readonly ran: Ran, readonly scene: Scene }> {
  const { cluster, directory } = world
  const namespace = `${name}-${tool}`
  const scene = await prepare(world, each.operation, namespace)
  await each.before?.(scene)
  const proxy = await ApiProxy.start(cluster)
  const kubeconfig = await proxy.kubeconfig(join(directory, `${namespace}.kubeconfig`))
  if (each.fault === 'gone') await proxy.stop()
  else if (each.fault !== undefined) proxy.fault = each.fault()
  const ran = await run(world, tool, [...calls[each.operation], ...each.words ?? [], '-n', namespace], { KUBECONFIG: kubeconfig })
  await proxy.stop()
  return { ran: shown(ran, namespace), scene }
}

interface Recorded {
  readonly version: number
  readonly info: { readonly status: string, readonly description: string }
}

async function revisions (scene: Scene): Promise<Recorded[]> {
  const secrets = (await list(scene, 'api/v1/secrets')).filter(({ type }) => type === 'helm.sh/release.v1')
  return secrets.map(secret => JSON.parse(recordOf(secret)) as Recorded).sort((a, b) => a.version - b.version)
}

/** What was printed, without what differs from one call to the next. */
function shown ({ code, stdout, stderr }: Ran, namespace: string): Ran {
  const plain = (text: string): string => text.replaceAll(namespace, 'NS').replaceAll(/127\.0\.0\.1:\d+/g, 'SERVER')
  return { code, stdout: plain(stdout), stderr: plain(stderr) }
}

async function tryCase (t: Test, world: World, given: { readonly each: FaultCase, readonly name: string }): Promise<void> {
  const { each } = given
  const [theirs, ours] = await Promise.all([play(world, 'helm', given), play(world, 'ours', given)])
  t.equal(ours.ran.code, each.code, `ours: ${ours.ran.stderr}`)
  t.equal(theirs.ran.code, each.helm ?? each.code, `Helm's: ${theirs.ran.stderr}`)
  if (each.says === 'helm') t.equal(ours.ran.stderr, theirs.ran.stderr)
  else t.match(ours.ran.stderr, each.says)
  t.strictSame((await revisions(ours.scene)).map(({ info }) => info.status), each.recorded)
  await each.after?.(ours.scene)
  await repair(t, world, { operation: each.operation, scene: ours.scene, isLocked: isCutOff(ours.ran) })
}

const interruptible = ['install', 'upgrade'] as const

/** Ctrl-C while an object is being sent: both record that, say it, and exit with the same code. Ours sends no other object. */
async function interrupt (t: Test, world: World, operation: 'install' | 'upgrade'): Promise<void> {
  const [theirs, ours] = await Promise.all([playInterrupted(world, operation, 'helm'), playInterrupted(world, operation, 'ours')])
  t.match(theirs.ran, { code: 1, stdout: /^Release rel has been cancelled\.$/m })
  t.strictSame(ours.ran, theirs.ran)
  const infos = async (scene: Scene): Promise<string[]> => (await revisions(scene)).map(({ info }) => `${info.status}: ${info.description}`)
  t.strictSame(await infos(ours.scene), await infos(theirs.scene))
  t.match((await infos(ours.scene)).at(-1), / failed: context canceled$/)
  t.strictSame((await list(ours.scene, 'api/v1/services')).length, operation === 'upgrade' ? 1 : 0, 'the kind after that was not begun')
  await repair(t, world, { operation, scene: ours.scene, isLocked: false })
}

async function playInterrupted (world: World, operation: 'install' | 'upgrade', tool: keyof typeof tools): Promise<{ readonly ran: Ran, readonly scene: Scene }> {
  const { cluster, directory, env } = world
  const namespace = `c-${operation}-${tool}`
  const scene = await prepare(world, operation, namespace)
  const proxy = await ApiProxy.start(cluster)
  const kubeconfig = await proxy.kubeconfig(join(directory, `${namespace}.kubeconfig`))
  const [file, ...before] = tools[tool]
  const client = startProgram(file, [...before, ...calls[operation], '-n', namespace], { env: { ...env, KUBECONFIG: kubeconfig }, cwd: directory })
  proxy.fault = async ({ method, path }) => {
    if (method !== 'PATCH' || !path.endsWith('/configmaps/b')) return undefined
    client.kill('SIGINT')
    await client.printed('cancelled')
    return undefined
  }
  const { code, stdout, stderr } = await client.ended
  await proxy.stop()
  return { ran: shown({ code: code ?? -1, stdout, stderr }, namespace), scene }
}

/** Whether the record could not be written, nor the lease be ended. */
function isCutOff ({ stderr }: Ran): boolean {
  return stderr.includes('failed to end the lease')
}

interface Repair {
  readonly operation: Operation
  readonly scene: Scene
  readonly isLocked: boolean
}

/** The next command puts things right: at once, but where the record still says that somebody is at work. */
async function repair (t: Test, world: World, { operation, scene, isLocked }: Repair): Promise<void> {
  const last = (await revisions(scene)).at(-1)?.info.status
  const must = async (...args: string[]): Promise<void> => {
    const { code, stderr } = await run(world, 'ours', [...args, '-n', scene.namespace])
    t.equal(code, 0, `${args.join(' ')}: ${stderr}`)
  }
  if (isLocked) await must('unlock', 'rel', '--force')
  if (operation === 'uninstall') await must('uninstall', 'rel', '--ignore-not-found')
  else if (operation === 'install') await must('upgrade', 'rel', 'two', '--install', '--no-hooks')
  else await must(...calls[operation])
  const after = (await revisions(scene)).map(({ info }) => info.status)
  t.equal(after.at(-1), operation === 'uninstall' ? undefined : 'deployed', `from ${last ?? 'nothing'}`)
  t.ok(after.filter(status => status === 'deployed').length <= 1, 'one is deployed')
}
