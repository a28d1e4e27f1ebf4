import { explain, inSteadyZone } from './explain.js'
import type { Answer, Ours } from './ours.js'
import type { Theirs } from './theirs.js'
import { withCharts } from './theirs.js'
import { batchChart, batchOutputs, plainChart, type ChartTrial, type TemplateTrial, type Trial } from './trial.js'

/** A trial by its number in the run. */
export interface Numbered<T extends Trial = Trial> {
  readonly number: number
  readonly trial: T
}

/** What became of a trial: `same`, or a difference and, if a rule knows it, why. */
export interface Verdict {
  readonly number: number
  readonly family: string
  readonly outcome: 'same' | 'differs' | 'crash' | 'hang'
  readonly explained?: string
  readonly trial: Trial
  readonly ours?: Answer
  readonly theirs?: Answer
}

/** Tries both programs. */
export class Comparison {
  readonly #ours: Ours
  readonly #theirs: Theirs

  constructor (ours: Ours, theirs: Theirs) {
    this.#ours = ours
    this.#theirs = theirs
  }

  /** Calls both programs on a chart, and compares all that they say. */
  async alone (trial: Trial): Promise<Omit<Verdict, 'number'>> {
    const files = trial.kind === 'chart' ? trial.files : batchChart(new Map([['c0', trial]]))
    const args = ['template', 'release', './chart', ...trial.kind === 'chart' ? trial.args : []]
    return await withCharts({ chart: files }, async folder => {
      const [ours, theirs] = await Promise.all([this.#ours.ask({ kind: 'call', args, cwd: folder }), this.#theirs.call(args, folder)])
      const verdict = { trial, family: trial.family, ...judge(named(ours, folder), named(theirs, folder)) }
      return verdict.outcome === 'differs' && verdict.explained === undefined ? await this.#tryAnotherZone(verdict) : verdict
    })
  }

  async #tryAnotherZone (verdict: Omit<Verdict, 'number'>): Promise<Omit<Verdict, 'number'>> {
    const steady = inSteadyZone(verdict.trial)
    if (steady === undefined || (await this.alone(steady)).outcome !== 'same') return verdict
    return { ...verdict, explained: 'the zone EST, by another edition of the tz database' }
  }

  /** Compares many templates in few runs of Helm: those that we render together, and those that we refuse by `lint`. */
  async many (trials: readonly Numbered<TemplateTrial>[]): Promise<Verdict[]> {
    const predicted = await Promise.all(trials.map(async each => ({ ...each, ours: await this.#predict(each.trial) })))
    const broken = predicted.filter(each => isFault(each.ours))
    const good = predicted.filter(each => each.ours.code === 0)
    const bad = predicted.filter(each => each.ours.code === 1 && !isFault(each.ours))
    const verdicts = broken.map(({ number, trial, ours }): Verdict => ({ number, family: trial.family, trial, ours, outcome: ours.hung === true ? 'hang' : 'crash' }))
    const [first, second] = await Promise.all([this.#together(good), this.#refused(bad)])
    return [...verdicts, ...first, ...second]
  }

  async #predict (trial: TemplateTrial): Promise<Answer> {
    const alone = await this.#ours.ask({ kind: 'render', files: batchChart(new Map([['c0', trial]])), lint: false })
    return alone.code === 0 ? { ...alone, stdout: batchOutputs(alone.stdout).get('c0') ?? '' } : alone
  }

  async #together (trials: readonly Predicted[]): Promise<Verdict[]> {
    if (trials.length === 0) return []
    const chart = batchChart(new Map(trials.map(({ number, trial }) => [`c${number}`, trial])))
    const theirs = await withCharts({ chart }, async folder => named(await this.#theirs.call(['template', 'release', './chart'], folder), folder))
    if (theirs.code === 0) {
      const outputs = batchOutputs(theirs.stdout)
      return await Promise.all(trials.map(async each => outputs.get(`c${each.number}`) === each.ours.stdout ? same(each) : await this.#confirm(each)))
    }
    const culprit = /templates\/_c(\d+)\.tpl/.exec(theirs.stderr)?.[1]
    const failing = trials.find(({ number }) => String(number) === culprit)
    if (failing !== undefined) return [await this.#confirm(failing), ...await this.#together(trials.filter(each => each !== failing))]
    if (trials.length === 1) return await Promise.all(trials.map(async each => await this.#confirm(each)))
    const half = trials.length >> 1
    return [...await this.#together(trials.slice(0, half)), ...await this.#together(trials.slice(half))]
  }

  /** A difference that was seen among others must be there alone, too; if not, the others took part in it. */
  async #confirm (each: Predicted): Promise<Verdict> {
    const verdict = { number: each.number, ...await this.alone(each.trial) }
    return verdict.outcome === 'same' ? { ...verdict, outcome: 'differs', explained: 'other templates of the batch took part' } : verdict
  }

  async #refused (trials: readonly Predicted[]): Promise<Verdict[]> {
    if (trials.length === 0) return []
    const linted = await Promise.all(trials.map(async each => ({ ...each, lint: await this.#ours.ask({ kind: 'render', files: plainChart(each.trial), lint: true }) })))
    const refusing = linted.filter(({ lint }) => lint.code === 1 && !/\n\[|\n==> |YAML parse error|error converting/.test(lint.stderr))
    const charts = Object.fromEntries(refusing.map(({ number, trial }) => [`c${number}`, plainChart(trial)]))
    const errors = refusing.length === 0
      ? new Map<string, string>()
      : await withCharts(charts, async folder => await this.#theirs.renderErrors(folder, Object.keys(charts)))
    return await Promise.all(linted.map(async each => {
      const ours = each.lint.stderr.replace(/\n+$/, '')
      if (refusing.includes(each) && errors.get(`c${each.number}`) === ours) return same(each)
      // What only `fail` and `required` refuse, and what is no difference alone.
      const alone = await this.#alonePlain(each.trial)
      return { number: each.number, ...alone }
    }))
  }

  async #alonePlain (trial: TemplateTrial): Promise<Omit<Verdict, 'number'>> {
    const verdict = await this.alone({ kind: 'chart', family: trial.family, files: plainChart(trial), args: [] } satisfies ChartTrial)
    if (verdict.outcome !== 'same') return verdict
    return await this.alone(trial)
  }
}

type Predicted = Numbered<TemplateTrial> & { readonly ours: Answer }

function isFault ({ hung, internal, code }: Answer): boolean {
  return hung === true || code === -1 || (internal !== undefined && !/Maximum call stack|Invalid string length/.test(internal) && /^(Type|Reference)Error/.test(internal))
}

function same ({ number, trial }: Numbered): Verdict {
  return { number, family: trial.family, outcome: 'same', trial }
}

/** The folder's name differs from run to run. */
function named (answer: Answer, folder: string): Answer {
  return { ...answer, stdout: answer.stdout.replaceAll(folder, '{folder}'), stderr: answer.stderr.replaceAll(folder, '{folder}') }
}

function judge (ours: Answer, theirs: Answer): { readonly outcome: Verdict['outcome'], readonly explained?: string, readonly ours: Answer, readonly theirs: Answer } {
  if (ours.hung === true) return { outcome: 'hang', ours, theirs }
  if (isFault(ours)) return { outcome: 'crash', ours, theirs }
  if (ours.code === theirs.code && ours.stdout === theirs.stdout && ours.stderr === theirs.stderr) return { outcome: 'same', ours, theirs }
  const reason = explain(ours, theirs)
  return { outcome: 'differs', ours, theirs, ...reason === undefined ? {} : { explained: reason } }
}
