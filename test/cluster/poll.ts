import { setTimeout as delay } from 'node:timers/promises'
import { messageOf } from '../../src/errors.js'
import { ClusterError } from './errors.js'

/** Milliseconds between two looks: short beside the second or so that a program needs to start. */
const INTERVAL = 50

/**
 * Looks again and again until something is so.
 *
 * @param what what is waited for, as an error names it
 * @param look tells whether it is so; that it throws means not yet
 * @param signal ends the wait, by time or because a program ended
 * @throws ClusterError `not-ready` with what the last look said, when the signal is a timeout; else the signal's reason
 */
export async function pollUntil (what: string, look: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  let last: unknown
  while (!signal.aborted) {
    try {
      if (await look()) return
    } catch (error) {
      last = error
    }
    // The wait rejects when the signal is raised, which the loop's condition sees as well.
    await delay(INTERVAL, undefined, { signal }).catch(() => undefined)
  }
  if (!isTimeout(signal.reason)) signal.throwIfAborted()
  const hint = last === undefined ? '' : `: ${messageOf(last)}`
  throw new ClusterError('not-ready', `${what} did not become ready in time${hint}`, { cause: last })
}

/** Whether a signal was raised by AbortSignal.timeout. */
function isTimeout (reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError'
}
