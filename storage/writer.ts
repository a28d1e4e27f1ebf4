import { hostname } from 'node:os'
import { performance } from 'node:perf_hooks'

/** After this many milliseconds, whatever a writer began is taken as given up, wherever it runs. */
const givenUpAfter = 60 * 60 * 1000

/** This machine: a pod's or container's name, where there is one. Dots separate the parts of a mark. */
const host = hostname().replaceAll(/[^A-Za-z0-9-]/g, '-')

/**
 * The mark of this process, which it leaves on what it has begun: host, process id, and when the process began (in milliseconds), since
 * a container's first process always has the same id.
 */
export const thisWriter = `${host}.${process.pid}.${Math.round(performance.timeOrigin)}`

/**
 * Whether the process that left a mark can no longer finish what it began.
 *
 * @param writer a mark
 * @param since when it last did something about it
 * @param now the present time
 * @returns true for a process of this host that has ended, and for anything after an hour; false when it may still be at work
 */
export function isGone (writer: string, since: Date, now: Date): boolean {
  if (writer === thisWriter) return false
  if (now.getTime() - since.getTime() > givenUpAfter) return true
  const [markHost, pid] = writer.split('.')
  if (markHost !== host) return false
  return Number(pid) === process.pid || !isAlive(Number(pid))
}

function isAlive (pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    // Signal 0 is not sent: it asks whether there is a process to send it to.
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
