import { PassThrough, Readable } from 'node:stream'
import type { CliContext } from '../../src/cli/command.js'

/** A context whose output can be read. */
export interface TestContext {
  readonly context: CliContext
  readonly stdout: () => string
  readonly stderr: () => string
}

/**
 * The world of a command under test: nothing of this machine in it.
 *
 * @param parts what to set otherwise
 */
export function testContext (parts: Partial<CliContext> = {}): TestContext {
  const out = new PassThrough()
  const err = new PassThrough()
  let stdout = ''
  let stderr = ''
  out.setEncoding('utf8').on('data', (text: string) => { stdout += text })
  err.setEncoding('utf8').on('data', (text: string) => { stderr += text })
  return {
    context: {
      stdout: out,
      stderr: err,
      stdin: Readable.from([]),
      env: {},
      cwd: '/nowhere',
      clock: () => new Date(0),
      random: size => new Uint8Array(size),
      signal: new AbortController().signal,
      ...parts
    },
    stdout: () => stdout + String(out.read() ?? ''),
    stderr: () => stderr + String(err.read() ?? '')
  }
}
