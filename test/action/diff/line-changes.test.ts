import t from 'tap'
import { lineChanges } from '../../../src/action/diff/line-changes.js'

/** Numbers that look random, the same in every run (a linear congruential generator). */
function numbers (seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor(state / 2 ** 32 * below)
  }
}

/** The lines after, made of those before and the changes. */
function applied (before: readonly string[], after: readonly string[], limit?: number): string[] {
  const result: string[] = []
  let at = 0
  for (const change of limit === undefined ? lineChanges(before, after) : lineChanges(before, after, limit)) {
    for (; at < change.before; at++) result.push(before[at] ?? '')
    if (result.length !== change.after) throw new Error(`a change is said to be at ${change.after}, and is at ${result.length}`)
    for (let i = 0; i < change.added; i++) result.push(after[change.after + i] ?? '')
    at = change.before + change.removed
  }
  for (; at < before.length; at++) result.push(before[at] ?? '')
  return result
}

/** The fewest lines that must be removed and added, by a table of all prefixes. */
function distance (before: readonly string[], after: readonly string[]): number {
  let row = Array.from({ length: after.length + 1 }, (_, j) => j)
  for (const [i, line] of before.entries()) {
    const next = [i + 1]
    for (const [j, other] of after.entries()) next.push(line === other ? row[j] ?? 0 : Math.min(row[j + 1] ?? 0, next[j] ?? 0) + 1)
    row = next
  }
  return row.at(-1) ?? 0
}

function cost (before: readonly string[], after: readonly string[]): number {
  return lineChanges(before, after).reduce((sum, { removed, added }) => sum + removed + added, 0)
}

t.test('some changes', async t => {
  t.strictSame(lineChanges([], []), [])
  t.strictSame(lineChanges(['a'], ['a']), [])
  t.strictSame(lineChanges([], ['a', 'b']), [{ before: 0, removed: 0, after: 0, added: 2 }])
  t.strictSame(lineChanges(['a', 'b'], []), [{ before: 0, removed: 2, after: 0, added: 0 }])
  t.strictSame(lineChanges(['a', 'b', 'c', 'd'], ['a', 'x', 'c', 'd', 'e']), [{ before: 1, removed: 1, after: 1, added: 1 }, { before: 4, removed: 0, after: 4, added: 1 }])
})

t.test('the changes lead from one text to the other, and no shorter way does', async t => {
  const random = numbers(1)
  for (let round = 0; round < 3000; round++) {
    const letters = 1 + random(5)
    const text = (): string[] => Array.from({ length: random(16) }, () => String(random(letters)))
    const [before, after] = [text(), text()]
    const named = JSON.stringify([before, after])
    if (JSON.stringify(applied(before, after)) !== JSON.stringify(after)) t.fail(`${named}: another text`)
    if (cost(before, after) !== distance(before, after)) t.fail(`${named}: ${cost(before, after)} lines instead of ${distance(before, after)}`)
  }
})

t.test('past the limit, what is left is replaced as a whole', async t => {
  const random = numbers(2)
  for (let round = 0; round < 500; round++) {
    const text = (): string[] => Array.from({ length: random(60) }, () => String(random(4)))
    const [before, after] = [text(), text()]
    t.strictSame(applied(before, after, random(200)), after)
  }
  t.strictSame(lineChanges(['a', 'b', 'c', 'd', 'z'], ['a', 'c', 'b', 'e', 'z'], 0), [{ before: 1, removed: 3, after: 1, added: 3 }])
})

t.test('large texts: few changes are found one by one, and nothing in common ends as well', async t => {
  const lines = Array.from({ length: 200_000 }, (_, i) => `line ${i}`)
  const changed = lines.with(10, 'x').with(100_000, 'y').toSpliced(150_000, 1)
  t.equal(lineChanges(lines, changed).length, 3)
  const random = numbers(3)
  const noise = (): string[] => Array.from({ length: 200_000 }, () => String(random(50)))
  const [before, after] = [noise(), noise()]
  const start = Date.now()
  t.strictSame(applied(before, after).length, after.length)
  t.ok(Date.now() - start < 30_000, `took ${Date.now() - start} ms`)
  t.comment(`noise took ${Date.now() - start} ms`)
})
