import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'

/** What strace does with one thread. */
export interface TraceOptions {
  /** The calls to print, as `--trace` takes them. */
  readonly trace: string
  /** What is done to calls, as `--inject` takes it: `fsync:error=EIO:when=2`. */
  readonly inject?: string
  /** Only calls on this path are printed, counted and injected. */
  readonly path?: string
}

/** A strace that looks on a thread. */
export interface Trace {
  /** Resolves when it has printed something; rejects when strace ends before that. */
  printed (wanted: RegExp): Promise<void>
  /** Lets the thread go, and gives all lines that were printed: one a call. */
  end (): Promise<readonly string[]>
  /** Resolves with all lines when the thread has ended by itself. */
  readonly ended: Promise<readonly string[]>
}

/**
 * Attaches strace to one thread. (Not to all of a process: strace counts the calls of each thread for itself.)
 *
 * @throws when strace is not there, or may not attach
 */
export async function attach (thread: number, { trace, inject, path }: TraceOptions): Promise<Trace> {
  const args = ['-y', '-s', '0', '-p', String(thread), `--trace=${trace}`]
  if (inject !== undefined) args.push(`--inject=${inject}`)
  if (path !== undefined) args.push(`--trace-path=${path}`)
  const child = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const closed = once(child, 'close')
  closed.catch(() => undefined)
  let text = ''
  child.stderr.setEncoding('utf8').on('data', (more: string) => { text += more })
  const printed = async (wanted: RegExp): Promise<void> => {
    while (!wanted.test(text)) {
      const more = await Promise.race([once(child.stderr, 'data'), closed])
      if (more.length > 1 && !wanted.test(text)) throw new Error(`strace ${args.join(' ')} ended without ${wanted.source}: ${text}`)
    }
  }
  await printed(/Process \d+ attached/)
  return {
    printed,
    end: async () => {
      child.kill()
      await closed
      return linesOf(text)
    },
    get ended () { return closed.then(() => linesOf(text)) }
  }
}

/** strace's own messages are no calls. */
function linesOf (text: string): string[] {
  return text.split('\n').filter(line => line !== '' && !line.startsWith('strace: '))
}

/**
 * The one thread of libuv's pool, which makes the calls of Node's asynchronous file functions: the last that a process started, as it is
 * needed only then.
 *
 * @param pid a Node that runs with UV_THREADPOOL_SIZE=1, and has no workers
 */
export async function poolThread (pid: number): Promise<number> {
  const threads = await Promise.all((await readdir(`/proc/${pid}/task`)).map(async name => {
    // Behind the name, which is in brackets and may hold anything, the 20th field is when it began.
    const fields = (await readFile(`/proc/${pid}/task/${name}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ')
    return { id: Number(name), began: Number(fields[19]) }
  }))
  return threads.reduce((last, thread) => thread.began > last.began || (thread.began === last.began && thread.id > last.id) ? thread : last).id
}
