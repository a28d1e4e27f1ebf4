import { WorkError } from './errors.js'

let done = 0
let ceiling = Infinity
let left = (): number => Infinity

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
 * Counts work that takes many milliseconds at a time: `work` knows what may be left when all that is done besides is counted only later, and
 * this asks how much it is by now.
 *
 * @param units as `work` counts them
 * @throws {WorkError} when the execution has fewer left: before anything is done
 */
export function longWork (units: number): void {
  if (units > left()) throw new WorkError('work', 'more work than a template may make')
  work(units)
}

/** What was allowed before a limit. */
export interface OuterLimit {
  readonly ceiling: number
  readonly left: () => number
}

/**
 * Begins to limit the work that is done from now on. All of a rendering happens in one go, on one thread: what is counted meanwhile is its own.
 *
 * @param allowance units it may spend, as `work` counts them, asked for whenever it counts; what a limit around it leaves, if that is less
 * @returns what `endWorkLimit` wants
 */
export function limitWork (allowance: () => number): OuterLimit {
  const outer = { ceiling, left }
  ceiling = Math.min(ceiling, done + allowance())
  left = () => Math.min(allowance(), outer.left())
  return outer
}

/**
 * Ends a limit.
 *
 * @param before what `limitWork` gave
 */
export function endWorkLimit (before: OuterLimit): void {
  ceiling = before.ceiling
  left = before.left
}

/**
 * All the work that was counted so far.
 *
 * @returns units since the thread began
 */
export function workDone (): number {
  return done
}
