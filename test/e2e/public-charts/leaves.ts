/** The leaves of a value by their path: `spec.replicas`. A text of several lines has a leaf for each. */
export type Leaves = ReadonlyMap<string, string>

/**
 * Takes a value apart.
 *
 * @param value as JSON has it
 */
export function leavesOf (value: unknown): Leaves {
  const leaves = new Map<string, string>()
  const visit = (part: unknown, path: string): void => {
    const inner = typeof part === 'string' && part.includes('\n') ? part.split('\n') : part
    const entries = typeof inner === 'object' && inner !== null ? Object.entries(inner) : []
    if (entries.length === 0) leaves.set(path, JSON.stringify(inner))
    for (const [key, each] of entries) visit(each, `${path}.${key}`)
  }
  visit(value, '')
  return leaves
}

/**
 * Where values differ.
 *
 * @param a leaves of one
 * @param b leaves of the other
 */
export function differences (a: Leaves, b: Leaves): Set<string> {
  return new Set([...a.keys(), ...b.keys()].filter(path => a.get(path) !== b.get(path)))
}

/** What Helm left after each step, twice, and what ours left. */
export interface Plays {
  readonly helm: readonly Leaves[]
  /** Helm's second play: where it differs from the first, chance decides. */
  readonly again: readonly Leaves[]
  readonly ours: readonly Leaves[]
}

/**
 * Where ours differs from Helm in a step: of what chance decides, only whether the step kept what an object had before it.
 *
 * @param plays all that were played
 * @param step which
 * @returns by path, what Helm has and what ours has
 */
export function unexplained ({ helm, again, ours }: Plays, step: number): Record<string, readonly [unknown, unknown]> {
  const leaves = (play: readonly Leaves[], at: number): Leaves => play[at] ?? new Map<string, string>()
  const chance = differences(leaves(helm, step), leaves(again, step))
  const kept = (play: readonly Leaves[], path: string): boolean => leaves(play, step).get(path) === leaves(play, step - 1).get(path)
  const found: Record<string, readonly [unknown, unknown]> = {}
  for (const path of differences(leaves(helm, step), leaves(ours, step))) {
    if (!chance.has(path)) found[path] = [leaves(helm, step).get(path), leaves(ours, step).get(path)]
    else if (path.startsWith('.objects.') && kept(helm, path) === kept(again, path) && kept(helm, path) !== kept(ours, path)) found[`${path} (kept)`] = [kept(helm, path), kept(ours, path)]
  }
  return found
}
