import { spawn, type ChildProcess } from 'node:child_process'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../../src/errors.js'
import { ClusterError } from './errors.js'

/** How many of a log's last lines an error shows. */
const SHOWN_LINES = 20

/** What to start. */
export interface ProgramOptions {
  /** The name in errors and of the log file. */
  readonly name: string
  /** The executable file. */
  readonly path: string
  readonly args: readonly string[]
  /** The cluster's folder: the program's working and home folder, where its log goes too. */
  readonly dir: string
}

/** A program of the cluster that was started. */
export interface Program {
  readonly name: string
  /** The file with all that it prints. */
  readonly log: string
  /** Settles, and never rejects, when the program has ended: tells how it ended, and the last lines of its log. */
  readonly ended: Promise<ClusterError>
  /** Ends it by its process id, and resolves when it is gone. Nothing happens when it already is. */
  stop (): Promise<void>
}

/**
 * Starts a program with its output in a file. It runs in a session of its own, so that Ctrl-C reaches the launcher alone, and it ends
 * when its standard input does, which is when this process is gone (see internal/parent).
 *
 * @param options what to start
 * @returns the program; one that cannot be started has `ended` at once
 */
export async function startProgram (options: ProgramOptions): Promise<Program> {
  const log = join(options.dir, `${options.name}.log`)
  const output = await open(log, 'a')
  const child = spawn(options.path, options.args, {
    cwd: options.dir,
    detached: true,
    env: programEnvironment(options.dir),
    stdio: ['pipe', output.fd, output.fd]
  })
  const end = endOf(child)
  await output.close()
  return {
    name: options.name,
    log,
    ended: end.then(async (how) => new ClusterError('program-ended', `${options.name} ${how}${await tailOf(log)}`)),
    async stop () {
      // Nothing of the cluster is kept, and an API server that ends in good order waits for everyone who watches it.
      child.kill('SIGKILL')
      await end
    }
  }
}

/**
 * The environment of the cluster's programs: none of the tester's own, since etcd and kwok take settings from there.
 *
 * @param dir the cluster's folder
 */
function programEnvironment (dir: string): NodeJS.ProcessEnv {
  return { HOME: dir, TMPDIR: dir, KWOK_WORKDIR: dir }
}

/** Settles when the child has ended or could not be started, with words on how. */
function endOf (child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`))
    child.once('exit', (code, signal) => resolve(signal === null ? `ended with code ${code ?? 'unknown'}` : `was ended by ${signal}`))
    // A write end whose reader is gone says nothing that `exit` does not.
    child.stdin?.on('error', () => undefined)
  })
}

/** What the log adds to an error. */
async function tailOf (log: string): Promise<string> {
  try {
    const lines = lastLines(await readFile(log, 'utf8'))
    return lines === '' ? ', and its log is empty' : `. The end of its log:\n${lines}`
  } catch (error) {
    return `, and its log cannot be read: ${messageOf(error)}`
  }
}

/**
 * The end of a log.
 *
 * @param text a whole log
 * @returns its last lines, at most 20
 */
export function lastLines (text: string): string {
  return text.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n')
}
