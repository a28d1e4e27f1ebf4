import v8 from 'node:v8'
import { program } from './program.js'
import { run } from './run.js'

/**
 * Runs the command that the process was called for, and sets its exit code. What many calls do not need (standard input, crypto) is not touched
 * before it is asked for: it takes its time to set up.
 */
export async function start (): Promise<void> {
  const args = process.argv.slice(2)
  // All but the server end before a large nursery pays. It may grow while the program is loaded, which spares small charts half of their
  // collections; then it stays as it is, which saves a third of the memory of a large chart's rendering.
  if (!args.includes('serve')) setImmediate(() => v8.setFlagsFromString('--semi-space-growth-factor=1'))

  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(signal))

  process.stdout.on('error', endOfPipe)

  process.exitCode = await run(program, args, {
    stdout: process.stdout,
    get stderr () { return process.stderr },
    get stdin () { return process.stdin },
    env: process.env,
    cwd: process.cwd(),
    clock: () => new Date(),
    random: size => process.getBuiltinModule('node:crypto').randomBytes(size),
    signal: stop.signal
  })
}

/** What a shell sees of a program that SIGPIPE ended, as it ends Go's programs. */
const endedBySigpipe = 128 + 13

/** Ends the program without a word when nobody reads on (`portolan template … | head`); any other failure of the output stays one. */
function endOfPipe (error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(endedBySigpipe)
}
