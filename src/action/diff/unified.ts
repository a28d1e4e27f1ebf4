import { lineChanges, type LineChange } from './line-changes.js'

/**
 * A unified diff of two texts, without the names of files: hunks of lines that start with ` `, `-` or `+` (the format of `diff -u`).
 *
 * @param before a text, as a rule with a line feed at its end
 * @param after another
 * @param context how many equal lines stand around a change; all of them when negative
 * @returns the hunks; an empty text when the lines are equal
 */
export function unifiedDiff (before: string, after: string, context: number): string {
  const [old, current] = [linesOf(before), linesOf(after)]
  const around = context < 0 ? old.length : context
  const lines: string[] = []
  for (const changes of grouped(lineChanges(old, current), around)) {
    const hunk = hunkLines(changes, old, { after: current, around })
    for (const line of hunk) lines.push(line)
  }
  return lines.map(line => `${line}\n`).join('')
}

function linesOf (text: string): string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** Changes whose context meets are of one hunk. */
function grouped (changes: readonly LineChange[], around: number): LineChange[][] {
  const groups: LineChange[][] = []
  for (const change of changes) {
    const last = groups.at(-1)?.at(-1)
    if (last === undefined || change.before - (last.before + last.removed) > 2 * around) groups.push([change])
    else groups.at(-1)?.push(change)
  }
  return groups
}

function hunkLines (changes: readonly LineChange[], old: readonly string[], { after, around }: { readonly after: readonly string[], readonly around: number }): string[] {
  const [first, last] = [changes.at(0), changes.at(-1)]
  if (first === undefined || last === undefined) return []
  const leading = Math.min(around, first.before)
  const start = first.before - leading
  const end = Math.min(old.length, last.before + last.removed + around)
  const lines: string[] = []
  const take = (from: readonly string[], [begin, stop]: readonly [number, number], sign: string): void => {
    for (let i = begin; i < stop; i++) lines.push(`${sign}${from[i] ?? ''}`)
  }
  let at = start
  let grown = 0
  for (const { before, removed, after: into, added } of changes) {
    take(old, [at, before], ' ')
    take(old, [before, before + removed], '-')
    take(after, [into, into + added], '+')
    at = before + removed
    grown += added - removed
  }
  take(old, [at, end], ' ')
  return [`@@ -${range(start, end - start)} +${range(first.after - leading, end - start + grown)} @@`, ...lines]
}

/** As in `diff -u`: lines count from 1, and a range without lines names the one before it. */
function range (start: number, count: number): string {
  return `${count === 0 ? start : start + 1},${count}`
}
