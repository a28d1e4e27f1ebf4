import type { Answer } from './ours.js'
import type { Verdict } from './compare.js'

/** What a run found, told as it comes and summed up at the end. */
export class Report {
  readonly #seed: number
  readonly #write: (text: string) => void
  readonly #cases = new Map<string, number>()
  readonly #explained = new Map<string, number>()
  readonly #found = new Map<string, number>()
  readonly #outcomes = { same: 0, differs: 0, crash: 0, hang: 0 }
  readonly #started = Date.now()

  /**
   * @param seed of the run
   * @param write where to
   */
  constructor (seed: number, write: (text: string) => void) {
    this.#seed = seed
    this.#write = write
  }

  /** Whether a difference of this kind was not told of yet. */
  isNew (verdict: Verdict): boolean {
    return !this.#found.has(this.kindOf(verdict))
  }

  /** What a difference is taken for: differences of one kind are told once in full. */
  kindOf ({ family, outcome, ours, theirs }: Verdict): string {
    if (ours === undefined || theirs === undefined) return [family, outcome, ours === undefined ? '' : shape(ours)].join('\0')
    return [family, outcome, shape(ours), shape(theirs), ...ours.code === 0 && theirs.code === 0 ? differing(shown(ours), shown(theirs)) : []].join('\0')
  }

  /** Counts a case; tells of a difference. */
  add (verdict: Verdict): void {
    count(this.#cases, verdict.family)
    if (verdict.explained !== undefined) {
      count(this.#explained, verdict.explained)
      return
    }
    this.#outcomes[verdict.outcome]++
    if (verdict.outcome === 'same') return
    const isNew = this.isNew(verdict)
    count(this.#found, this.kindOf(verdict))
    this.#write(isNew ? this.#told(verdict) : `-- ${verdict.outcome}, of a kind told above: ${verdict.family}, --seed ${this.#seed} --case ${verdict.number}\n`)
  }

  /** Sums up; gives the exit code. */
  end (): number {
    const { same, differs, crash, hang } = this.#outcomes
    const explained = [...this.#explained.values()].reduce((sum, each) => sum + each, 0)
    const cases = same + differs + crash + hang + explained
    const list = (counts: ReadonlyMap<string, number>): string => [...counts].sort(([a], [b]) => a < b ? -1 : 1).map(([name, times]) => `  ${name}: ${times}\n`).join('')
    this.#write(`\nseed ${this.#seed}: ${cases} cases in ${Math.round((Date.now() - this.#started) / 1000)} s\n${list(this.#cases)}`)
    this.#write(`same: ${same}\ndifferent: ${differs} (${this.#found.size} kinds)\nexplained: ${explained}\n${list(this.#explained)}crashes: ${crash}\nhangs: ${hang}\n`)
    return differs + crash + hang === 0 ? 0 : 1
  }

  #told ({ family, number, outcome, trial, ours, theirs }: Verdict): string {
    const shown = trial.kind === 'template'
      ? `${trial.template}\n-- values: ${trial.values}`
      : `${Object.entries(trial.files).map(([name, text]) => `## ${name}\n${JSON.stringify(text)}`).join('\n')}\n-- args: ${JSON.stringify(trial.args)}`
    return `==== ${outcome}: ${family}, --seed ${this.#seed} --case ${number}\n${shown}\n-- ours: ${told(ours)}\n-- Helm: ${told(theirs)}\n\n`
  }
}

function count (counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

/** An error without what differs from case to case. */
function shape ({ code, stderr, internal }: Answer): string {
  return `${code} ${(internal ?? stderr).replace(/"(\\.|[^"\\])*"|`[^`]*`|<[^>]*>|\d+/g, '_').slice(0, 300)}`
}

/** What stands where two texts begin to differ, roughly. */
function differing (ours: string, theirs: string): string[] {
  let at = 0
  while (at < ours.length && ours[at] === theirs[at]) at++
  return [ours, theirs].map(text => text.slice(Math.max(0, at - 2), at + 3).replace(/[a-z]+/gi, 'a').replace(/\d+/g, '0'))
}

/** The output, its base64 decoded. */
function shown ({ stdout }: Answer): string {
  return stdout.replace(/^(c\d+: |v: |# )([A-Za-z0-9+/=]+)$/gm, (_, name: string, text: string) => name + JSON.stringify(Buffer.from(text, 'base64').toString()))
}

function told (answer: Answer | undefined): string {
  if (answer === undefined) return 'not asked'
  if (answer.hung === true) return 'no answer'
  return [`exit code ${answer.code}`, shown(answer), answer.stderr, answer.internal ?? ''].filter(text => text !== '').join('\n')
}
