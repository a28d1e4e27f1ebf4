import type { ChildProcess, ForkOptions } from 'node:child_process'
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A program to run. */
export interface Command {
  readonly file: string
  readonly args: readonly string[]
}

/** What of the environment the programs see: no setting of theirs. */
const environment = { PATH: process.env['PATH'], HOME: process.env['HOME'] }

/** The processes and folders of a run. All are gone when it has ended, however it ends. */
export class Processes {
  readonly #children = new Set<ChildProcess>()
  readonly #scratch = mkdtempSync(join(tmpdir(), 'portolan-bench-'))
  #folders = 0

  /** A new empty folder. */
  folder (): string {
    return mkdtempSync(join(this.#scratch, `${this.#folders++}-`))
  }

  /** Starts a program in a folder; what it says goes to the file `log` there. */
  start ({ file, args }: Command, directory: string): ChildProcess {
    const log = openSync(join(directory, 'log'), 'a')
    try {
      return this.#own(spawn(file, args, { cwd: directory, env: environment, stdio: ['ignore', log, log] }))
    } finally {
      closeSync(log)
    }
  }

  /** Starts a compiled file of this benchmark as a process of its own that sends messages. */
  fork (file: string, argument: unknown): ChildProcess {
    const options: ForkOptions = { env: environment, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }
    return this.#own(fork(file, [JSON.stringify(argument)], options))
  }

  /**
   * Runs a program to its end.
   *
   * @returns what it printed
   * @throws {Error} with what it printed, when it fails
   */
  async run ({ file, args }: Command): Promise<string> {
    const child = this.#own(spawn(file, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] }))
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => { text += part })
    const [code] = await once(child, 'close') as [number | null]
    if (code !== 0) throw new Error(`${file} ended with ${code ?? 'a signal'}: ${text}`)
    return text
  }

  /** Ends a process by its own id and waits for its end; by force after a while. */
  async stop (child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    const force = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await ended
    clearTimeout(force)
  }

  /** Ends all processes and removes all folders. */
  async close (): Promise<void> {
    await Promise.all([...this.#children].map(child => this.stop(child)))
    rmSync(this.#scratch, { recursive: true, force: true })
  }

  #own <Child extends ChildProcess>(child: Child): Child {
    this.#children.add(child)
    child.once('exit', () => this.#children.delete(child))
    return child
  }
}

/** What a process wrote last to its log. */
export function lastOfLog (directory: string): string {
  return readFileSync(join(directory, 'log'), 'utf8').slice(-2000)
}

/** The most memory that a process ever held, in megabytes; NaN where there is no /proc. */
export function peakMegabytes (pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readProc(pid, 'status'))?.[1] ?? NaN) / 1000
}

/** Seconds that all threads of a process have run; NaN where there is no /proc. */
export function processorSeconds (pid: number): number {
  const fields = readProc(pid, 'stat').replace(/^.*\) /, '').split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

function readProc (pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // Only Linux has it; the figures are NaN elsewhere.
    return ''
  }
}
