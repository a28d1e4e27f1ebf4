import { setTimeout as sleep } from 'node:timers/promises'
import { ask, type Scene } from '../lifecycle/scene.js'
import { shown } from '../lifecycle/shown.js'
import { snapshotOf, type Snapshot } from '../lifecycle/snapshot.js'
import { runProgram, type Ran } from '../run-program.js'
import { everything, type FoundObject } from './everything.js'
import { leavesOf, type Leaves } from './leaves.js'

/** How many looks it may take until nothing changes any more, and until everything is gone: no time, on a machine that is busy. */
const looks = 200

/** Milliseconds from one look to the next. */
const pause = 500

/** A chart's archive, and the files of values that a release of it gets. */
export interface Chart {
  readonly title: string
  readonly archive: string
  readonly values: string
  /** The values of the upgrade, on top. */
  readonly changed: string
}

/** Who installs, and where. */
export interface Stage {
  readonly scene: Scene
  /** A program, and the first of its arguments. */
  readonly tool: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** What a step came to. */
export interface Played {
  readonly step: string
  readonly ran: Ran
  readonly left: Snapshot
  /** What was printed and what lives, to be compared. */
  readonly leaves: Leaves
}

/**
 * Takes a chart through the life of a release, waiting for each step to be done, and removes what is left of it.
 *
 * @param chart which
 * @param stage who and where
 * @returns each step up to the first that failed
 */
export async function play ({ archive, values, changed }: Chart, { scene, tool: [file = '', ...before], env }: Stage): Promise<Played[]> {
  const steps = [
    ['install', 'rel', archive, '-f', values], ['upgrade', 'rel', archive, '-f', values, '-f', changed], ['rollback', 'rel', '1'], ['uninstall', 'rel']
  ]
  const already = await settled(scene, new Set())
  const played: Played[] = []
  try {
    for (const words of steps) {
      const ran = await runProgram(file, [...before, ...words, '--namespace', scene.namespace, '--wait', '--timeout', '150s'], { env })
      const left = snapshotOf(scene, objectsOf(await settled(scene, new Set(already.keys()))))
      played.push({ step: words[0] ?? '', ran, left, leaves: leavesOf({ printed: shown(ran, scene), ...left }) })
      if (ran.code !== 0) break
    }
    return played
  } finally {
    await remove(scene, already)
  }
}

function objectsOf (found: ReadonlyMap<string, FoundObject>): Array<FoundObject['object']> {
  return [...found.values()].map(({ object }) => object)
}

/** Looks until two looks see the same, and nothing that is on its way out; gives what is there beside what was there already. */
async function settled (scene: Scene, already: ReadonlySet<string>): Promise<Map<string, FoundObject>> {
  let seen = ''
  for (let look = 1; ; look++) {
    const found = new Map([...await everything(scene)].filter(([name]) => !already.has(name)))
    const last = seen
    const { settled: isSettled, ...all } = snapshotOf(scene, objectsOf(found))
    seen = JSON.stringify(all)
    if ((seen === last && isSettled) || look === looks) return found
    await sleep(pause)
  }
}

/** Takes away what Helm leaves: hooks, claims, kinds. */
async function remove (scene: Scene, already: ReadonlyMap<string, FoundObject>): Promise<void> {
  for (let look = 1; ; look++) {
    const left = [...await everything(scene)].filter(([name]) => !already.has(name)).map(([, { path }]) => path)
    if (left.length === 0) return
    if (look === looks) throw new Error(`what a release left cannot be removed: ${left.join(', ')}`)
    for (const path of left) await ask(scene, { method: 'DELETE', path, body: { propagationPolicy: 'Background', gracePeriodSeconds: 0 }, mayFail: true })
    await sleep(pause)
  }
}
