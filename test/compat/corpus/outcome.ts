import { setTimeout } from 'node:timers/promises'
import { compareOutputs, type Answer, type Comparison } from './compare.js'

/** What came of one call of both programs. */
export interface Outcome {
  readonly kind: 'equal' | 'masked' | 'refused' | 'different'
  readonly masked: number
  readonly hidden: number
  readonly reordered: boolean
  /** Whether what was said beside the output (warnings) is the same, too. */
  readonly warnings: boolean
  readonly difference?: string
  readonly helm: Answer
  readonly ours: Answer
  readonly helmMilliseconds: number
  readonly oursMilliseconds: number
}

/** The two programs, ready to be asked the same thing. */
export interface Pair {
  readonly helm: () => Promise<Answer>
  readonly portolan: () => Promise<Answer>
}

/** How often Helm is asked again when the outputs differ: its own may, by chance or by the time. */
const repeats = 3

/**
 * Asks both programs, and Helm again as long as its own answers do not explain the difference.
 *
 * @param pair both
 */
export async function compareOnce ({ helm, portolan }: Pair): Promise<Outcome> {
  const first = await timed(helm)
  const ours = await timed(portolan)
  const answers = [first.answer]
  let found = judge(ours.answer, answers)
  for (let n = 0; n < repeats && !found.equal; n++) {
    // In another second, so that a line that shows the time differs between Helm's own answers.
    await setTimeout(n === 0 ? 1100 : 0)
    answers.push((await helm()))
    found = judge(ours.answer, answers)
  }
  const { equal, masked, hidden, reordered, warnings, difference } = found
  const kind = !equal ? 'different' : ours.answer.code !== 0 ? 'refused' : masked + hidden > 0 ? 'masked' : 'equal'
  return {
    kind, masked, hidden, reordered, warnings, ...difference === undefined ? {} : { difference }, helm: first.answer, ours: ours.answer, helmMilliseconds: first.milliseconds, oursMilliseconds: ours.milliseconds
  }
}

interface Judgement {
  readonly equal: boolean
  readonly masked: number
  readonly hidden: number
  readonly reordered: boolean
  readonly warnings: boolean
  readonly difference?: string
}

function judge (ours: Answer, theirs: readonly Answer[]): Judgement {
  const stdout = compareOutputs(ours.stdout, theirs.map(each => each.stdout))
  const stderr = compareOutputs(withoutExcerpt(ours.stderr), theirs.map(each => each.stderr))
  const code = theirs.some(each => each.code === ours.code)
  const equal = code && stdout.equal && (ours.code === 0 || stderr.equal)
  const difference = !code ? `exit ${String(theirs[0]?.code)} and ${ours.code}: ${lastLine(theirs[0]?.stderr)} | ${lastLine(ours.stderr)}` : said(stdout) ?? said(stderr)
  return {
    equal, masked: stdout.masked, hidden: stdout.hidden, reordered: stdout.reordered, warnings: stderr.equal, ...difference === undefined ? {} : { difference }
  }
}

/**
 * What ours says without the lines around a fault of YAML, which it shows after Helm's words and Helm does not.
 *
 * @param stderr all it says
 */
export function withoutExcerpt (stderr: string): string {
  return stderr.replace(/\n[^\n]*, as rendered:\n(?:[ >] *\d+ \|[^\n]*(?:\n|$))+/, '')
}

function said ({ difference }: Comparison): string | undefined {
  return difference === undefined ? undefined : `line ${difference.line}: ${JSON.stringify(difference.theirs.slice(0, 400))} | ${JSON.stringify(difference.ours.slice(0, 400))}`
}

function lastLine (text = ''): string {
  return JSON.stringify(text.trimEnd().slice(-300))
}

async function timed (call: () => Promise<Answer>): Promise<{ answer: Answer, milliseconds: number }> {
  const start = performance.now()
  const answer = await call()
  return { answer, milliseconds: Math.round(performance.now() - start) }
}
