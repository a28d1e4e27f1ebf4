import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { Test } from 'tap'
import { create } from '../cluster/api.js'
import { startCluster } from '../cluster/start-cluster.js'
import { charts, plugin, writeFiles } from './lifecycle/charts.js'
import type { Scene } from './lifecycle/scene.js'
import { moreScenarios } from './lifecycle/scenarios-more.js'
import { scenarios, type Scenario, type Step } from './lifecycle/scenarios.js'
import { shown } from './lifecycle/shown.js'
import { snapshot, type Snapshot } from './lifecycle/snapshot.js'
import { helmEnvironment, peer, runProgram, type Ran } from './run-program.js'
import { program } from './server-process.js'

// What Helm 4.3.1 and portolan do to releases, step by step. Each scenario is played four times: by one of them alone, and by both in turns.
// What each step prints, what lives in the cluster at the end, and what is recorded are what Helm alone prints, leaves and records.
const crossings = ['hh', 'hp', 'ph', 'pp'] as const

/** How many scenarios are played at once. */
const atOnce = 8

/** How long what lives may take to become what it is to be: objects are deleted in the background. */
const patience = 20_000

interface Tools {
  readonly h: readonly string[]
  readonly p: readonly string[]
}

interface World {
  readonly directory: string
  readonly tools: Tools
  readonly env: Readonly<Record<string, string>>
  readonly sceneOf: (name: string) => Promise<Scene>
}

/** What a scenario came to. */
interface Played {
  readonly scene: Scene
  /** Each call, with its exit code and what it printed. */
  readonly calls: ReadonlyArray<{ readonly call: string } & Ran>
}

t.test('releases, step by step', { timeout: 900_000 }, async t => {
  const world = await startWorld(t)
  const wanted = process.env['PORTOLAN_SCENARIO'] ?? ''
  t.jobs = atOnce
  const chosen = [...[...scenarios, ...moreScenarios].entries()].filter(([, { title }]) => wanted.split('|').some(word => title.includes(word)))
  await Promise.all(chosen.map(([number, scenario]) =>
    t.test(scenario.title, { buffered: true, timeout: 600_000 }, async t => { await compareCrossings(t, world, { scenario, number }) })))
})

async function startWorld (t: Test): Promise<World> {
  const directory = t.testdir({})
  const cluster = await startCluster({ env: process.env, podLog: ['line one', 'line two'] })
  t.teardown(() => cluster.stop())
  for (const [name, files] of Object.entries(charts)) await writeFiles(join(directory, 'charts', name), files)
  await writeFiles(join(directory, 'plugins'), plugin)
  return {
    directory,
    tools: { h: [peer('PORTOLAN_HELM4')], p: [process.execPath, program] },
    env: { ...helmEnvironment(directory), HELM_PLUGINS: join(directory, 'plugins'), KUBECONFIG: cluster.kubeconfig, TZ: 'UTC' },
    sceneOf: async namespace => {
      await create(cluster, '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
      return { cluster, namespace }
    }
  }
}

async function compareCrossings (t: Test, world: World, { scenario, number }: { readonly scenario: Scenario, readonly number: number }): Promise<void> {
  let expected: { readonly played: Played, readonly left: Snapshot } | undefined
  for (const crossing of crossings) {
    const played = await play(t, world, { scenario, crossing, name: `s${number}-${crossing}` })
    const left = await waitFor(played.scene, seen => seen.settled && (expected === undefined || same(seen, expected.left)))
    if (expected === undefined) {
      expected = { played, left }
      continue
    }
    t.strictSame(wordsOf(played, scenario), wordsOf(expected.played, scenario), `${crossing}: what is printed`)
    t.strictSame(left.objects, expected.left.objects, `${crossing}: what lives`)
    t.strictSame(left.records, expected.left.records, `${crossing}: what is recorded`)
  }
}

interface Play {
  readonly scenario: Scenario
  readonly crossing: string
  readonly name: string
}

async function play (t: Test, world: World, { scenario, crossing, name }: Play): Promise<Played> {
  const scene = await world.sceneOf(name)
  const calls: Array<{ readonly call: string } & Ran> = []
  for (const step of scenario.steps) {
    if (typeof step !== 'string') {
      await step(scene)
      continue
    }
    const tool = crossing.charAt(calls.length % 2) === 'h' ? world.tools.h : world.tools.p
    const { words, fails } = parse(step)
    const [file = '', ...before] = tool
    const args = words.map(word => word.replace(/^\{(\w+)\}$/, (_, chart: string) => join(world.directory, 'charts', chart)))
    const ran = await runProgram(file, [...before, ...args, '--namespace', scene.namespace], { env: { ...world.env, ...scenario.env }, cwd: world.directory })
    if ((ran.code !== 0) !== fails) t.fail(`${crossing}: ${step}`, { ran })
    calls.push({ call: step, ...shown(ran, scene) })
  }
  return { scene, calls }
}

function parse (step: Exclude<Step, (scene: Scene) => Promise<void>>): { readonly words: readonly string[], readonly fails: boolean } {
  const [, marks = '', call = ''] = /^([~!]*)\s*(.*)$/.exec(step) ?? []
  return { words: call.split(' '), fails: marks.includes('!') }
}

function wordsOf ({ calls }: Played, scenario: Scenario): unknown {
  return calls.filter(({ call }) => scenario.steps.includes(call) && !call.startsWith('~'))
}

/** Looks until what is seen is as wanted; gives what was seen last. */
async function waitFor (scene: Scene, isWanted: (seen: Snapshot) => boolean): Promise<Snapshot> {
  const end = Date.now() + patience
  for (;;) {
    const seen = await snapshot(scene)
    if (isWanted(seen) || Date.now() > end) return seen
    await sleep(250)
  }
}

function same (a: Snapshot, b: Snapshot): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
