import { WorkError } from './errors.js'

let done = 0
let ceiling = Infinity

/**
 * Counts work that a text or a value makes beyond its own size: the walk through lists that are in one another many times over, a hash, a key.
 * It counts as steps of the execution that called for it; outside of one, nothing is limited.
 *
 * @param units about 50 ns each
 * @throws {WorkError} when the execution has none left
 */
export function work (units: number): void {
  done += units
  if (done > ceiling) throw new WorkError('work', 'more work than a template may make')
}

/**
 * Begins to limit the work that is done from now on. All of a rendering happens in one go, on one thread: what is counted meanwhile is its own.
 *
 * @param allowance units it may spend, as `work` counts them; what a limit around it leaves, if that is less
 * @returns what `endWorkLimit` wants
 */
export function limitWork (allowance: number): number {
  const before = ceiling
  ceiling = Math.min(ceiling, done + allowance)
  return before
}

/**
 * Ends a limit.
 *
 * @param before what `limitWork` gave
 */
export function endWorkLimit (before: number): void {
  ceiling = before
}

/**
 * All the work that was counted so far.
 *
 * @returns units since the thread began
 */
export function workDone (): number {
  return done
}
