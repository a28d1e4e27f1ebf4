import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { repositoryRoot } from '../cluster/repository-root.js'

/** The built program. */
export const program = join(repositoryRoot(import.meta.dirname), 'dist', 'program', 'main.cjs')

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string
  readonly pid: number
  /** Ends the process by its own id, waits for its end, and gives its exit code (null when the signal ended it). */
  stop (signal?: NodeJS.Signals): Promise<number | null>
  /** What it wrote to stderr so far. */
  log (): string
  /** Resolves when it has written a text to stderr. */
  logged (text: string): Promise<void>
}

export interface ServerProcessOptions {
  /** The folder it keeps its data in: the same one again is the same repository. */
  readonly directory: string
  readonly args?: readonly string[]
  /** What runs the program, and its arguments; this Node when left out. */
  readonly runBy?: readonly [string, ...string[]]
}

/**
 * Starts `portolan serve` on a free port of 127.0.0.1 and waits until it says that it is ready.
 *
 * @throws when it ends before that; the message has what it wrote
 */
export async function startServerProcess ({ directory, args = [], runBy: [command, ...before] = [process.execPath] }: ServerProcessOptions): Promise<ServerProcess> {
  const child = spawn(command, [
    ...before, program, 'serve', '--listen-host', '127.0.0.1', '--port', '0', '--log-json',
    '--storage-local-rootdir', join(directory, 'charts'), '--database', `sqlite:${join(directory, 'portolan.db')}`, ...args
  ], { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text
      const address = /"address":"([^"]+)"/.exec(log)?.[1]
      if (address !== undefined) resolve(address)
    })
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`the server ended with ${code ?? 'a signal'}: ${log}`)))
  })
  return {
    url,
    pid: child.pid ?? 0,
    log: () => log,
    logged: async text => {
      while (!log.includes(text)) await once(child.stderr, 'data')
    },
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const ended = once(child, 'exit')
      child.kill(signal)
      await ended
      return child.exitCode
    }
  }
}
