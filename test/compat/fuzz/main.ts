/**
 * `npm run fuzz`: random templates, values and charts, ours against the real Helm 4.3.1.
 *
 *     npm run fuzz -- --minutes 30 --seed 1            # the default is 30 minutes and a seed of the day
 *     npm run fuzz -- --seed 1 --case 4711             # one case again, printed whole
 *     npm run fuzz -- --seed 1 --family yaml,semver    # some families only
 *
 * A case is made of the seed and its number, nothing else (with `--family`, of the chosen families, too). Exit code 1 when anything differs,
 * crashes or hangs that no rule explains.
 */
import { parseArgs } from 'node:util'
import { preparePeers } from '../../e2e/peers.js'
import { Comparison, type Numbered, type Verdict } from './compare.js'
import { chanceFamilies } from './families/chance.js'
import { chartFamilies } from './families/charts.js'
import { functionFamilies } from './families/functions.js'
import { templateFamilies } from './families/templates.js'
import { valuesFamilies } from './families/values.js'
import { Ours } from './ours.js'
import { Random } from './random.js'
import { Report } from './report.js'
import { shrink } from './shrink.js'
import { Theirs } from './theirs.js'
import type { TemplateTrial, Trial } from './trial.js'

/** How many cases are made at a time. */
const round = 300

process.env['TZ'] = 'UTC'
const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' }, seed: { type: 'string' }, case: { type: 'string' }, family: { type: 'string' }, shrink: { type: 'string', default: '60' }
  }
})
const seed = Number(options.seed ?? Math.floor(Date.now() / 86_400_000))
const families = [...templateFamilies, ...functionFamilies, ...valuesFamilies, ...chartFamilies, ...chanceFamilies]
  .filter(({ name }) => options.family === undefined || options.family.split(',').includes(name))
const weights = families.flatMap(family => Array.from({ length: family.weight }, () => family))

const peers = await preparePeers(process.env)
const ours = new Ours()
const comparison = new Comparison(ours, new Theirs(peers['PORTOLAN_HELM4'] ?? 'helm'))
const report = new Report(seed, text => process.stdout.write(text))

function generate (number: number): Trial {
  const random = new Random(seed, number)
  return random.pick(weights).generate(random)
}

async function settle (verdict: Verdict): Promise<void> {
  if (verdict.outcome !== 'differs' || verdict.explained !== undefined || !report.isNew(verdict)) {
    report.add(verdict)
    return
  }
  const kind = report.kindOf(verdict)
  const small = await shrink(verdict.trial, async smaller => {
    const again = { number: verdict.number, ...await comparison.alone(smaller) }
    return again.outcome === 'differs' && again.explained === undefined && report.kindOf(again) === kind
  }, Number(options.shrink))
  report.add({ number: verdict.number, ...await comparison.alone(small) })
}

async function pool (charts: readonly Numbered[]): Promise<void> {
  const waiting = [...charts]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await settle({ number: next.number, ...await comparison.alone(next.trial) })
    }
  }
  await Promise.all([work(), work()])
}

function isTemplate (each: Numbered): each is Numbered<TemplateTrial> {
  return each.trial.kind === 'template'
}

if (options.case === undefined) {
  const end = Date.now() + Number(options.minutes) * 60_000
  for (let number = 0; Date.now() < end; number += round) {
    const trials = Array.from({ length: round }, (_, index): Numbered => ({ number: number + index, trial: generate(number + index) }))
    for (const verdict of await comparison.many(trials.filter(isTemplate))) await settle(verdict)
    await pool(trials.filter(each => !isTemplate(each)))
  }
} else {
  const number = Number(options.case)
  const trial = generate(number)
  process.stdout.write(`${JSON.stringify(trial, null, 2)}\n`)
  const [verdict] = isTemplate({ number, trial }) && trial.kind === 'template' ? await comparison.many([{ number, trial }]) : [{ number, ...await comparison.alone(trial) }]
  if (verdict !== undefined) {
    report.add(verdict)
    if (verdict.outcome === 'same') process.stdout.write(`${JSON.stringify(verdict.ours ?? 'the same', null, 2)}\n`)
  }
}
await ours.close()
process.exitCode = report.end()
