import type { Clock } from './clock.js'

/** client-go's retry.DefaultRetry, in attempts and milliseconds. */
const maxAttempts = 5
const pause = 10

/**
 * Does something again, a little later, when somebody else was quicker: five times at most.
 *
 * @param work what to do
 * @param clock for the pauses
 * @param isConflict whether it failed for that reason
 * @throws what the work threw last, or what was no conflict
 */
export async function retryConflict<T> (work: () => Promise<T>, clock: Clock, isConflict: (error: unknown) => boolean): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= maxAttempts || !isConflict(error)) throw error
      await clock.sleep(pause)
    }
  }
}
