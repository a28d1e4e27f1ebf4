import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** What a program printed, and how it ended. */
export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs a program to its end; a failure is a result, not an error.
 *
 * @param file the program
 * @param args its arguments
 * @param options `env` is added to this process's environment
 */
export async function runProgram (file: string, args: readonly string[], options: { cwd?: string, env?: Readonly<Record<string, string>> } = {}): Promise<Ran> {
  const env = { ...process.env, ...options.env }
  return await new Promise((resolve, reject) => {
    execFile(file, [...args], { env, cwd: options.cwd, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code
      if (typeof code === 'number') resolve({ code, stdout, stderr })
      else reject(new Error(`${file} did not run to its end: ${error?.message ?? ''}`, { cause: error }))
    })
  })
}

/** A program that is running. */
export interface StartedProgram {
  /** Sends it a signal. */
  readonly kill: (signal: NodeJS.Signals) => void
  /** Resolves when it has written a text to stdout. */
  readonly printed: (text: string) => Promise<void>
  /** Its end: by itself, with a code; or by a signal. */
  readonly ended: Promise<Omit<Ran, 'code'> & { readonly code: number | null, readonly signal: NodeJS.Signals | null }>
}

/**
 * Starts a program, and goes on.
 *
 * @param file the program
 * @param args its arguments
 * @param options `env` is added to this process's environment
 */
export function startProgram (file: string, args: readonly string[], options: { cwd?: string, env?: Readonly<Record<string, string>> } = {}): StartedProgram {
  const child = spawn(file, args, { cwd: options.cwd, env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => { stdout += part })
  const end = async (): Promise<Awaited<StartedProgram['ended']>> => {
    const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')])
    return { code: child.exitCode, signal: child.signalCode, stdout, stderr }
  }
  const printed = async (wanted: string): Promise<void> => {
    while (!stdout.includes(wanted)) await once(child.stdout, 'data')
  }
  return { kill: signal => { child.kill(signal) }, printed, ended: end() }
}

/** The path of a peer that the environment names; its absence is a failure, never a skip. */
export function peer (variable: string): string {
  const path = process.env[variable]
  if (path === undefined || path === '') throw new Error(`${variable} names no program: run these tests by \`npm run test:e2e\``)
  return path
}

/** Helm's folders, all below one: what a test's Helm or Portolan keeps is its own. */
export function helmEnvironment (directory: string): Record<string, string> {
  return {
    HOME: directory,
    HELM_CACHE_HOME: `${directory}/cache`,
    HELM_CONFIG_HOME: `${directory}/config`,
    HELM_DATA_HOME: `${directory}/data`
  }
}
