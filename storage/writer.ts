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

/** When a mark was left, and what is known of those who leave them. */
export interface Circumstances {
  /** When the writer last did something about what it began. */
  readonly since: Date
  readonly now: Date
  /** Whether nobody but processes of this host can be at work, so that another host is this one under an earlier name. */
  readonly oneHost?: boolean
}

/**
 * Whether the process that left a mark can no longer finish what it began.
 *
 * @param writer a mark
 * @returns true for a process of this host that has ended, and for anything after an hour; false when it may still be at work
 */
export function isGone (writer: string, { since, now, oneHost = false }: Circumstances): boolean {
  if (writer === thisWriter) return false
  if (now.getTime() - since.getTime() > givenUpAfter) return true
  const [markHost, pid] = writer.split('.')
  if (markHost !== host) return oneHost
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
