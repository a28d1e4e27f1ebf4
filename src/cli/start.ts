import { randomBytes } from 'node:crypto'
import { program } from './program.js'
import { run } from './run.js'

/** Runs the command that the process was called for, and sets its exit code. */
export async function start (): Promise<void> {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(signal))

  process.exitCode = await run(program, process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: process.env,
    cwd: process.cwd(),
    clock: () => new Date(),
    random: size => randomBytes(size),
    signal: stop.signal
  })
}
