import type { Test } from 'tap'
import t from 'tap'
import { MemoryBackend } from '../../storage/memory.js'
import { Catalog } from '../../src/catalog/catalog.js'
import { CatalogError } from '../../src/catalog/errors.js'
import { chartArchive } from '../helpers/chart-archive.js'
import type { FaultMode } from './faults.js'
import { FaultPlan, FaultyBackend, faultModes, openFaulty } from './faults.js'
import type { Given, Tried } from './open-catalog.js'
import { bytesOf, checkWhole, listed, provenanceOf, publish, sha256, stream } from './open-catalog.js'

const oldChart = await chartArchive('x', '1.0.0', { 'values.yaml': 'state: old\n' })
const newChart = await chartArchive('x', '1.0.0', { 'values.yaml': 'state: new\n' })
const oldProvenance = provenanceOf('x', '1.0.0')
const newProvenance = `${oldProvenance}new\n`

/** An operation to try, from a state of the catalogue. */
interface Scenario {
  /** What is published before. */
  readonly before?: Given
  /** Objects that are there without a record. */
  readonly orphans?: readonly string[]
  /** What is published; nothing for a removal. */
  readonly given?: Given
  /** What is removed; the version when left out. */
  readonly removed?: 'chart' | 'tenant'
}

const scenarios: Readonly<Record<string, Scenario>> = {
  'a new version': { given: { chart: newChart } },
  'a new version with its provenance file': { given: { chart: newChart, provenance: newProvenance } },
  'a provenance file': { given: { provenance: newProvenance } },
  'an overwrite': { before: { chart: oldChart }, given: { chart: newChart } },
  'an overwrite of both files': { before: { chart: oldChart, provenance: oldProvenance }, given: { chart: newChart, provenance: newProvenance } },
  'an overwrite that adds a provenance file': { before: { chart: oldChart }, given: { chart: newChart, provenance: newProvenance } },
  'a new version in the place of bytes without a record': { orphans: ['x-1.0.0.tgz', 'x-1.0.0.tgz.prov'], given: { chart: newChart, provenance: newProvenance } },
  'a removal': { before: { chart: oldChart, provenance: oldProvenance } },
  'a removal of the whole chart': { before: { chart: oldChart, provenance: oldProvenance }, removed: 'chart' },
  'a removal of the whole tenant': { before: { chart: oldChart, provenance: oldProvenance }, removed: 'tenant' }
}

interface Faulty extends Omit<Tried, 'database'> {
  readonly database: Awaited<ReturnType<typeof openFaulty>>
  readonly plan: FaultPlan
}

async function prepare (t: Test, { before, orphans }: Scenario): Promise<Faulty> {
  const plan = new FaultPlan()
  const inner = new MemoryBackend()
  const database = await openFaulty(plan)
  const backend = new FaultyBackend(inner, plan)
  const faults: unknown[] = []
  let ticks = Date.UTC(2026, 0, 1)
  const catalog = new Catalog({ database, backend, clock: () => new Date(ticks++), spoolDirectory: t.testdirName, onFault: fault => faults.push(fault) })
  for (const key of orphans ?? []) await inner.create(key, stream('bytes of nobody'))
  if (before !== undefined) await publish(catalog, '', before)
  return { catalog, database, backend, faults, plan }
}

async function run ({ catalog }: Faulty, { given, removed }: Scenario): Promise<void> {
  if (removed === 'chart') await catalog.removeChart('', 'x')
  else if (removed === 'tenant') await catalog.removeTenant('')
  else if (given === undefined) await catalog.remove('', 'x', '1.0.0')
  else await publish(catalog, '', given, { overwrite: true })
}

/** The digests of what is published; '' for what is not. */
async function published ({ catalog }: Faulty): Promise<{ chart: string, provenance: string }> {
  const digest = async (file: string): Promise<string> => {
    const info = await catalog.stat('', file).catch((error: unknown) => {
      if (error instanceof CatalogError && error.code === 'file-not-found') return undefined
      throw error
    })
    return info === undefined ? '' : sha256(await bytesOf(catalog, '', file))
  }
  return { chart: await digest('x-1.0.0.tgz'), provenance: await digest('x-1.0.0.tgz.prov') }
}

const digestsOf = ({ chart, provenance }: Given = {}): { chart: string, provenance: string } =>
  ({ chart: chart === undefined ? '' : sha256(chart), provenance: provenance === undefined ? '' : sha256(provenance) })

for (const [name, scenario] of Object.entries(scenarios)) {
  for (const mode of faultModes) {
    await t.test(`${name}: each step ${mode.done ? 'reports a failure though it is done' : 'fails'}, ${mode.lasting ? 'and all after it' : 'once'}`, t => tryAllSteps(t, scenario, mode))
  }
}

/** Lets the first step go wrong, then the second, and so on, until there are no more. */
async function tryAllSteps (t: Test, scenario: Scenario, mode: FaultMode): Promise<void> {
  for (let nth = 1; ; nth++) {
    const faulty = await prepare(t, scenario)
    faulty.plan.arm(nth, mode)
    const failure = await run(faulty, scenario).then(() => undefined, (error: unknown) => error)
    faulty.plan.disarm()
    if (faulty.plan.struck) await checkAfter(t, { faulty, scenario, mode, failure, nth })
    else t.equal(failure, undefined, 'without a fault it succeeds')
    await faulty.database.destroy()
    if (!faulty.plan.struck) {
      t.ok(nth > 5, `${nth - 1} steps`)
      return
    }
  }
}

interface Outcome {
  readonly faulty: Faulty
  readonly scenario: Scenario
  readonly mode: FaultMode
  readonly failure: unknown
  readonly nth: number
}

async function checkAfter (t: Test, { faulty, scenario, mode, failure, nth }: Outcome): Promise<void> {
  const { before, given } = scenario
  if (failure !== undefined) t.match(failure, { name: 'CatalogError', code: 'storage-failed' }, `step ${nth}: the failure is told`)
  await faulty.catalog.recover()
  const [was, is, after] = [digestsOf(before), await published(faulty), given === undefined ? digestsOf() : digestsOf({ ...before, ...given })]
  if (failure === undefined) t.strictSame(is, after, `step ${nth}: success is true`)
  else if (mode.lasting && before !== undefined && given?.provenance !== undefined) {
    // When even undoing is impossible, the repair goes by the bytes that are there, file by file.
    t.ok([was.chart, after.chart].includes(is.chart) && [was.provenance, after.provenance].includes(is.provenance), `step ${nth}: each file is of a piece`)
  } else t.ok(same(is, was) || same(is, after), `step ${nth}: all or nothing`)
  t.strictSame(listed(await faulty.catalog.index('', 'json')), is.chart === '' ? [] : ['x 1.0.0'])
  if (!mode.lasting && failure !== undefined && same(is, was)) await checkWhole(t, faulty, (await left(faulty, scenario)))
  await run(faulty, scenario).catch((error: unknown) => {
    if (given !== undefined || !(error instanceof CatalogError) || !['version-not-found', 'chart-not-found'].includes(error.code)) throw error
  })
  t.strictSame(await published(faulty), after, `step ${nth}: it can be done again`)
  await checkWhole(t, faulty)
}

function same (a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Which of the bytes without a record are still there: a publish that took them for its own and failed has removed them. */
async function left ({ backend }: Faulty, { orphans = [] }: Scenario): Promise<string[]> {
  const there: string[] = []
  for await (const { key } of backend.list('')) if (orphans.includes(key)) there.push(key)
  return there
}
