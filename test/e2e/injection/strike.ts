import type { Call, ThreadName } from './calls.js'
import { callsOf, pathsOf } from './calls.js'
import type { Trace, TraceOptions } from './strace.js'
import { attach } from './strace.js'

/** What is to happen at one call of an upload. */
export interface Strike {
  readonly call: Call
  /** The error that it gives without being done, or the end of the process before it is done. */
  readonly effect: 'ENOSPC' | 'EDQUOT' | 'EIO' | 'EMFILE' | 'EROFS' | 'kill'
  /** Whether the same calls after it fail too. */
  readonly lasting: boolean
}

/** A strike that waits for its call. */
export interface ArmedStrike {
  /**
   * Lets the process go when the upload has its answer, or when the process was killed; gives the calls that were struck, and whether it was.
   *
   * @throws when the call never came
   */
  end (answered: boolean): Promise<{ struck: readonly Call[], killed: boolean }>
}

/** Where to strike. */
export interface Target {
  readonly pid: number
  readonly threads: Readonly<Record<ThreadName, number>>
  readonly directory: string
}

/** Says which case it is, for messages. */
export function nameOf ({ call, effect, lasting }: Strike): string {
  return `${effect}${lasting ? ' from then on' : ''} at ${call.thread} ${call.name} ${call.name === 'write' ? call.nthOfFile : call.nth} (${call.place})`
}

/** Prepares a strike; the upload is to be sent when this resolves. */
export async function arm (strike: Strike, target: Target): Promise<ArmedStrike> {
  const { name, nth } = strike.call
  if (name === 'write') return await armWrite(strike, target)
  const trace = await attachTo(target, strike, { trace: name, inject: `${name}:${effectOf(strike)}:when=${whenOf(strike, nth)}` })
  return { end: async answered => outcomeOf(await (answered ? trace.end() : trace.ended), strike, target) }
}

/**
 * A `write` cannot be found by its number, as the pool's thread also writes to wake the main one, now and then. So the process is stopped when
 * it has opened the file, whose path is then known, and it is the calls on this path that are counted.
 */
async function armWrite (strike: Strike, target: Target): Promise<ArmedStrike> {
  const { opened, nthOfFile } = strike.call
  let trace = await attachTo(target, strike, { trace: 'openat', inject: `openat:signal=STOP:when=${opened}` })
  const aim = async (): Promise<void> => {
    await trace.printed(/openat[^]*--- stopped by SIGSTOP ---/)
    const path = await openedPath(trace, target.directory)
    trace = await attachTo(target, strike, { trace: 'write', inject: `write:${effectOf(strike)}:when=${whenOf(strike, nthOfFile)}`, path })
  }
  const aimed = aim()
  aimed.catch(() => process.kill(target.pid, 'SIGCONT'))
  return {
    end: async answered => {
      const lines = await (answered ? trace.end() : trace.ended)
      await aimed
      return outcomeOf(lines, strike, target)
    }
  }
}

/**
 * Attaches, and lets the process go on if it is stopped. (It may be when nobody has just stopped it: on a busy machine, one that had long gone on was seen to
 * be taken for stopped when strace attached the next time.)
 */
async function attachTo ({ pid, threads }: Target, { call: { thread } }: Strike, options: TraceOptions): Promise<Trace> {
  const trace = await attach(threads[thread], options)
  process.kill(pid, 'SIGCONT')
  return trace
}

/** Ends a trace after the call that opened a file, and gives the file's path. */
async function openedPath (trace: Trace, directory: string): Promise<string> {
  const lines = await trace.end()
  const path = pathsOf(lines.findLast(line => line.startsWith('openat(')) ?? '', directory)[0]
  if (path === undefined) throw new Error(`the process was stopped at another call: ${lines.join(' ')}`)
  return path
}

function effectOf ({ effect }: Strike): string {
  return effect === 'kill' ? 'signal=KILL' : `error=${effect}`
}

function whenOf ({ lasting }: Strike, nth: number): string {
  return `${nth}${lasting ? '+' : ''}`
}

function outcomeOf (lines: readonly string[], { call: { thread }, effect }: Strike, { directory }: Target): { struck: Call[], killed: boolean } {
  const killed = lines.some(line => line.includes('+++ killed by SIGKILL +++'))
  const calls = callsOf(lines, { thread, directory })
  // A killed process's last call has no end.
  return { struck: effect === 'kill' ? calls.slice(-1) : calls.filter(({ line }) => line.includes('(INJECTED)')), killed }
}
