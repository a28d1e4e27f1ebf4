import { DirectOutput } from './output/direct-output.js'
import { LiveArea, type TerminalSize } from './output/live-area.js'
import { program } from './program.js'
import { run } from './run.js'

/** What a shell sees of a program that SIGPIPE ended, as it ends Go's programs. */
const endedBySigpipe = 128 + 13

/**
 * Runs the command that the process was called for, and sets its exit code. What many calls do not need (streams for the output, standard input,
 * crypto) is not touched before it is asked for: it takes its time to set up.
 */
export async function start (): Promise<void> {
  const args = process.argv.slice(2)
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(signal))
  const stderr = new DirectOutput(2, { stream: () => process.stderr.on('error', endOfPipe), closed: endPipe })
  const live = new LiveArea(stderr, terminalSize)

  process.exitCode = await run(program, args, {
    stdout: live.guarded(new DirectOutput(1, { stream: () => process.stdout.on('error', endOfPipe), closed: endPipe })),
    stderr: live.guarded(stderr),
    live,
    get stdin () { return process.stdin },
    env: process.env,
    cwd: process.cwd(),
    clock: () => new Date(),
    random: size => process.getBuiltinModule('node:crypto').randomBytes(size),
    signal: stop.signal
  })
}

/** Undefined where stderr is no terminal, or one that cannot move its cursor. */
function terminalSize (): TerminalSize | undefined {
  if (process.env['TERM'] === 'dumb' || !process.getBuiltinModule('node:tty').isatty(2)) return undefined
  const { columns, rows } = process.stderr
  return { columns: columns || 80, rows: rows || 24 }
}

/** Ends the program without a word when nobody reads on (`portolan template … | head`); any other failure of the output stays one. */
function endOfPipe (error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  endPipe()
}

function endPipe (): never {
  process.exit(endedBySigpipe)
}
