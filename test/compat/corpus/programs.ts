import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { Readable, Writable } from 'node:stream'
import { program } from '../../../src/cli/program.js'
import { run } from '../../../src/cli/run.js'
import type { Answer } from './compare.js'

/** Where a call is made. */
export interface Place {
  /** The working folder. */
  readonly cwd: string
  /** An empty folder, which is the home of the programs' own files. */
  readonly home: string
}

/** One of the two programs. */
export type Program = (args: readonly string[], place: Place) => Promise<Answer>

function environment ({ home }: Place): Record<string, string> {
  return { HOME: home, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home, KUBECONFIG: `${home}/none`, PATH: '/usr/bin:/bin', TZ: 'UTC' }
}

/**
 * A program run as a process of its own.
 *
 * @param path the program
 * @param before words before the arguments
 */
export function process (path: string, before: readonly string[] = []): Program {
  return async (args, place) => await new Promise((resolve, reject) => {
    const child = spawn(path, [...before, ...args], { cwd: place.cwd, env: environment(place), stdio: ['ignore', 'pipe', 'pipe'] })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (part: Buffer) => stdout.push(part))
    child.stderr.on('data', (part: Buffer) => stderr.push(part))
    child.on('error', reject)
    child.on('close', code => resolve({ code: code ?? -1, stdout: text(stdout), stderr: text(stderr) }))
  })
}

/** Bytes one by one, so that those that are no UTF-8 are compared, too. */
function text (parts: readonly Buffer[]): string {
  return Buffer.concat(parts).toString('latin1')
}

/** Ours, in this process: the command line is read and run as in a process of its own, and only the streams are caught. */
export const inProcess: Program = async (args, place) => {
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  const code = await run(program, args, {
    stdout: collector(stdout),
    stderr: collector(stderr),
    stdin: Readable.from([]),
    env: environment(place),
    cwd: place.cwd,
    clock: () => new Date(),
    random: size => randomBytes(size),
    signal: new AbortController().signal
  })
  return { code, stdout: text(stdout), stderr: text(stderr) }
}

function collector (parts: Buffer[]): Writable {
  return new Writable({
    write (part: Buffer, _encoding, done) {
      parts.push(part)
      done()
    }
  })
}
