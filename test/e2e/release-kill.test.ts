import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { create } from '../cluster/api.js'
import { pollUntil } from '../cluster/poll.js'
import { startCluster, type Cluster } from '../cluster/start-cluster.js'
import { ApiProxy, type Asked } from './lifecycle/api-proxy.js'
import { writeFiles } from './lifecycle/charts.js'
import { killCharts } from './lifecycle/kill-charts.js'
import { list, recordOf, type Scene } from './lifecycle/scene.js'
import { snapshot, type Snapshot } from './lifecycle/snapshot.js'
import { helmEnvironment, peer, runProgram, startProgram, type Ran } from './run-program.js'
import { program } from './server-process.js'

// A client that is killed (SIGKILL) at 25 and more points of an upgrade: the next upgrade succeeds by itself once the lease has expired, and at
// once after `unlock`. The points are requests of the client to the API: it dies before the request has got there, or before it has seen the answer.

/** How many upgrades are killed at least. */
const fewest = 25
const atOnce = 4
const maxHistory = 3

/** When a client is killed. */
interface Point {
  /** What it asks by then, as `keyOf` has it, and how often it has asked that before. */
  readonly key: string
  readonly when: 'before' | 'after'
}

interface World {
  readonly cluster: Cluster
  readonly directory: string
  readonly env: Readonly<Record<string, string>>
}

/** A killed client's release. */
interface Killed {
  readonly scene: Scene
  readonly point: Point
  /** When the lease that it left ends; undefined when it left nothing pending. */
  readonly expires: Date | undefined
}

t.test('an upgrade that is killed', { timeout: 900_000 }, async t => {
  const world = await startWorld(t)
  const { points, objects } = await play(world, 'whole')
  const chosen = spread(points)
  t.ok(chosen.length >= fewest, `${chosen.length} points of ${points.length}`)
  const killed = await inTurns(chosen, async (point, number) => await killAt(t, world, { point, name: `k${number}` }))
  t.comment(`${killed.filter(({ expires }) => expires !== undefined).length} of ${killed.length} left the release pending`)
  t.ok(killed.some(({ expires }) => expires === undefined) && killed.some(({ expires }) => expires !== undefined), 'some points leave it pending, and some do not')
  const [unlocked, waiting] = [killed.filter((_, i) => i % 2 === 0), killed.filter((_, i) => i % 2 === 1)]
  await inTurns(unlocked, async each => { await unlockAndUpgrade(t, world, each) })
  await expired(waiting)
  await inTurns(waiting, async each => { await mustUpgrade(t, world, each) })
  for (const { scene, point } of killed) await isWhole(t, scene, { point, objects })
})

async function startWorld (t: Test): Promise<World> {
  const directory = t.testdir({})
  const cluster = await startCluster({ env: process.env })
  t.teardown(() => cluster.stop())
  for (const [name, files] of Object.entries(killCharts)) await writeFiles(join(directory, name), files)
  return { cluster, directory, env: { ...helmEnvironment(directory), KUBECONFIG: cluster.kubeconfig, TZ: 'UTC' } }
}

const upgradeArgs = ['upgrade', 'rel', 'two', '--history-max', String(maxHistory)]

/** Three revisions, by Helm: the next upgrade has one to prune. */
async function installed ({ cluster, directory, env }: World, namespace: string): Promise<Scene> {
  await create(cluster, '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
  const helm = async (...args: string[]): Promise<void> => {
    const { code, stderr } = await runProgram(peer('PORTOLAN_HELM4'), [...args, '--no-hooks', '-n', namespace], { env, cwd: directory })
    if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  }
  await helm('install', 'rel', 'one')
  await helm('upgrade', 'rel', 'one', '--set', 'mode=again')
  await helm('upgrade', 'rel', 'one')
  return { cluster, namespace }
}

/** Upgrades without being killed: what is asked on the way, and what is there afterwards. */
async function play (world: World, namespace: string): Promise<{ readonly points: readonly Point[], readonly objects: Snapshot['objects'] }> {
  const scene = await installed(world, namespace)
  const proxy = await ApiProxy.start(world.cluster)
  try {
    const { code, stderr } = await runProgram(process.execPath, [program, ...upgradeArgs, '-n', namespace], { env: await through(world, proxy, namespace), cwd: world.directory })
    if (code !== 0) throw new Error(`the upgrade that is not killed: ${stderr}`)
    return { points: pointsOf(proxy.requests, namespace), objects: (await snapshot(scene)).objects }
  } finally {
    await proxy.stop()
  }
}

async function through ({ directory, env }: World, proxy: ApiProxy, namespace: string): Promise<Record<string, string>> {
  return { ...env, KUBECONFIG: await proxy.kubeconfig(join(directory, `${namespace}.kubeconfig`)) }
}

/** What is asked, the same in every namespace. */
function keyOf ({ method, path }: Asked, namespace: string): string {
  return `${method} ${path.replace(`/namespaces/${namespace}/`, '/namespaces/NS/')}`
}

/** Reads can be cut off at one moment, writes at two. How often a hook is looked at differs from one time to the next. */
function pointsOf (requests: readonly Asked[], namespace: string): Point[] {
  const seen = new Map<string, number>()
  return requests.flatMap(asked => {
    const plain = keyOf(asked, namespace)
    const before = seen.get(plain) ?? 0
    seen.set(plain, before + 1)
    const key = `${plain} ${before}`
    if (asked.method !== 'GET') return [{ key, when: 'before' as const }, { key, when: 'after' as const }]
    return before > 0 && plain.includes('/jobs/') ? [] : [{ key, when: 'before' as const }]
  })
}

/** Every write, and of the reads as many as make the number full, evenly. */
function spread (points: readonly Point[]): Point[] {
  const reads = points.filter(({ key }) => key.startsWith('GET'))
  const every = Math.max(1, Math.floor(reads.length / 6))
  return points.filter(point => !point.key.startsWith('GET') || reads.indexOf(point) % every === 0)
}

interface Killing {
  readonly point: Point
  readonly name: string
}

/** Upgrades through a proxy that kills the client, and looks whether others are kept off. */
async function killAt (t: Test, world: World, { point, name }: Killing): Promise<Killed> {
  const scene = await installed(world, name)
  const proxy = await ApiProxy.start(world.cluster)
  const env = await through(world, proxy, name)
  const client = startProgram(process.execPath, [program, ...upgradeArgs, '-n', name], { env, cwd: world.directory })
  const seen = new Map<string, number>()
  proxy.fault = asked => {
    const plain = keyOf(asked, name)
    seen.set(plain, (seen.get(plain) ?? -1) + 1)
    if (point.key !== `${plain} ${seen.get(plain) ?? 0}`) return undefined
    if (point.when === 'after') return 'swallow'
    client.kill('SIGKILL')
    return 'cut'
  }
  proxy.answered = asked => {
    if (point.when === 'after' && point.key === `${keyOf(asked, name)} ${seen.get(keyOf(asked, name)) ?? 0}`) client.kill('SIGKILL')
  }
  const { signal, stderr } = await client.ended
  await proxy.stop()
  t.equal(signal, 'SIGKILL', `${point.when} ${point.key} ${stderr}`)
  const expires = await leaseEnd(scene)
  if (expires !== undefined && expires.getTime() > Date.now() + 5000) {
    const refused = await upgrade(world, scene)
    t.equal(refused.code, 1)
    t.match(refused.stderr, /^Error: UPGRADE FAILED: another operation \(install\/upgrade\/rollback\) is in progress: pending-upgrade by \S+@\S+ \(process \d+\) since \S+\n$/, `${point.when} ${point.key}: others are kept off`)
  }
  return { scene, point, expires }
}

interface Recorded {
  readonly version: number
  readonly info: { readonly status: string }
}

async function revisions (scene: Scene): Promise<Recorded[]> {
  const secrets = (await list(scene, 'api/v1/secrets')).filter(({ type }) => type === 'helm.sh/release.v1')
  return secrets.map(secret => JSON.parse(recordOf(secret)) as Recorded).sort((a, b) => a.version - b.version)
}

/** Until when others take the killed client for alive. */
async function leaseEnd (scene: Scene): Promise<Date | undefined> {
  const ends = (await list(scene, 'api/v1/secrets')).flatMap(({ metadata }) => metadata.annotations?.['portolan.dev/lease-expires'] ?? [])
  const pending = (await revisions(scene)).filter(({ info }) => info.status.startsWith('pending'))
  if (ends.length !== pending.length) throw new Error(`${pending.length} revisions are pending, ${ends.length} have a lease`)
  return ends[0] === undefined ? undefined : new Date(ends[0])
}

async function expired (waiting: readonly Killed[]): Promise<void> {
  const last = Math.max(...waiting.map(({ expires }) => expires?.getTime() ?? 0))
  await pollUntil('The last lease\'s end', async () => Date.now() > last, AbortSignal.timeout(90_000))
}

async function upgrade ({ directory, env }: World, { namespace }: Scene): Promise<Ran> {
  return await runProgram(process.execPath, [program, ...upgradeArgs, '-n', namespace], { env, cwd: directory })
}

async function mustUpgrade (t: Test, world: World, { scene, point }: Killed): Promise<void> {
  const { code, stderr } = await upgrade(world, scene)
  t.equal(code, 0, `${point.when} ${point.key}: the next upgrade ${stderr}`)
}

async function unlockAndUpgrade (t: Test, world: World, killed: Killed): Promise<void> {
  const { code, stderr } = await runProgram(process.execPath, [program, 'unlock', 'rel', '-n', killed.scene.namespace], { env: world.env })
  if (killed.expires === undefined) t.match(stderr, /^Error: nothing to unlock: /)
  else t.equal(code, 0, stderr)
  await mustUpgrade(t, world, killed)
}

interface Wanted {
  readonly point: Point
  readonly objects: Snapshot['objects']
}

/** The history has no gap and one revision that is deployed, the newest; and there is what the newest chart wants, and nothing else. */
async function isWhole (t: Test, scene: Scene, { point, objects }: Wanted): Promise<void> {
  const at = `${point.when} ${point.key}`
  const found = await revisions(scene)
  const newest = found.at(-1)?.version ?? 0
  t.ok(newest === 4 || newest === 5, at)
  t.strictSame(found.map(({ version }) => version), [newest - 2, newest - 1, newest], `${at}: the history has no gap`)
  t.strictSame(found.map(({ info }) => info.status === 'deployed'), [false, false, true], `${at}: one is deployed`)
  t.notOk(found.some(({ info }) => info.status.startsWith('pending')), `${at}: none is pending`)
  t.strictSame((await snapshot(scene)).objects, objects, `${at}: what lives`)
}

/** Does something with each, a few at once; results are in the order of what they are of. */
async function inTurns<T, R> (all: readonly T[], work: (each: T, number: number) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const waiting = all.entries()
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const [number, each] of waiting) results[number] = await work(each, number)
  }))
  return results
}
