/** What a program answered to one call. */
export interface Answer {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** How an output compares with the real program's own outputs, which may differ from one another. */
export interface Comparison {
  readonly equal: boolean
  /** Lines in which the real program differs from itself, and only words made by chance were passed over. */
  readonly masked: number
  /** Lines of which nothing could be compared. */
  readonly hidden: number
  /** Whether only the order of the lines was free. */
  readonly reordered: boolean
  /** The first line that differs, when any does. */
  readonly difference?: { readonly line: number, readonly theirs: string, readonly ours: string }
}

const same: Comparison = { equal: true, masked: 0, hidden: 0, reordered: false }

/**
 * Compares an output with those of several runs of the real program. A line in which these differ is compared word by word (a word is a
 * run of letters, digits, `+`, `/` and `=`), without the words in which they differ, but with their lengths where these agree.
 *
 * @param ours one output
 * @param theirs one or more outputs of the real program
 */
export function compareOutputs (ours: string, theirs: readonly string[]): Comparison {
  if (theirs.includes(ours)) return same
  const runs = theirs.map(text => text.split('\n'))
  const lines = ours.split('\n')
  const [first = []] = runs
  if (runs.every(run => run.length === first.length)) {
    const aligned = compareLines(lines, runs)
    return aligned.equal || !areReordered(runs) ? aligned : compareUnordered(lines, runs, aligned)
  }
  return compareUnordered(lines, runs, { ...same, equal: false, difference: firstDifference(lines, first) })
}

function compareLines (lines: readonly string[], runs: readonly string[][]): Comparison {
  const [first = []] = runs
  let masked = 0
  let hidden = 0
  for (let at = 0; at < Math.max(first.length, lines.length); at++) {
    const theirs = runs.map(run => run[at])
    const ours = lines[at]
    if (theirs.every(line => line === ours)) continue
    const answer = ours === undefined ? 'different' : compareLine(ours, theirs.map(line => line ?? ''))
    if (answer === 'different') return { equal: false, masked, hidden, reordered: false, difference: { line: at + 1, theirs: first[at] ?? '<end>', ours: ours ?? '<end>' } }
    if (answer === 'hidden') hidden++
    else masked++
  }
  return { equal: true, masked, hidden, reordered: false }
}

function compareLine (ours: string, theirs: readonly string[]): 'masked' | 'hidden' | 'different' {
  const [first = ''] = theirs
  if (theirs.every(line => line === first)) return 'different'
  const words = theirs.map(wordsOf)
  const own = wordsOf(ours)
  const [firstWords = []] = words
  if (words.some(line => line.length !== firstWords.length)) return 'hidden'
  if (own.length !== firstWords.length) return 'different'
  return own.every((word, at) => fits(word, words.map(line => line[at] ?? ''))) ? 'masked' : 'different'
}

function fits (word: string, theirs: readonly string[]): boolean {
  const [first = ''] = theirs
  if (theirs.every(each => each === first)) return word === first
  return !theirs.every(each => each.length === first.length) || Math.abs(word.length - first.length) <= looseness(first)
}

/** Words as long as this are keys and certificates, whose lengths vary by some bytes, though not in every few runs. */
const shortestKey = 200

function looseness (word: string): number {
  return word.length < shortestKey ? 0 : word.length / 50
}

function wordsOf (line: string): string[] {
  return line.split(/([A-Za-z0-9+/=]+)/)
}

/** Whether the runs hold the same lines in different orders. */
function areReordered (runs: readonly string[][]): boolean {
  const sorted = runs.map(run => run.toSorted().join('\n'))
  return sorted.every(each => each === sorted[0])
}

/** Where chance made the outputs unlike in their lines, these are compared as a bag, each by its shape only where it occurs in one run alone. */
function compareUnordered (lines: readonly string[], runs: readonly string[][], aligned: Comparison): Comparison {
  const certain = runs.map(run => new Set(run)).reduce((a, b) => new Set([...a].filter(line => b.has(line))))
  const rest = lines.filter(line => !certain.has(line))
  const shapes = new Set(runs.flatMap(run => run.filter(line => !certain.has(line)).map(shapeOf)))
  const own = new Set(lines)
  const lost = [...certain].find(line => !own.has(line))
  const strange = rest.find(line => !shapes.has(shapeOf(line)))
  if (lost !== undefined || strange !== undefined) return { ...aligned, difference: { line: strange === undefined ? 0 : lines.indexOf(strange) + 1, theirs: lost ?? '', ours: strange ?? '' } }
  return { equal: true, masked: 0, hidden: rest.length, reordered: true }
}

function shapeOf (line: string): string {
  return line.replace(/[A-Za-z0-9+/=]+/g, 'x')
}

function firstDifference (lines: readonly string[], theirs: readonly string[]): { line: number, theirs: string, ours: string } {
  const length = Math.max(lines.length, theirs.length)
  for (let at = 0; at < length; at++) {
    if (lines[at] !== theirs[at]) return { line: at + 1, theirs: theirs[at] ?? '<end>', ours: lines[at] ?? '<end>' }
  }
  return { line: 0, theirs: '', ours: '' }
}
