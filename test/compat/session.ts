import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Step } from './repo-cases.js'

/** What a call answered. */
export interface Answered {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** What a session left: the answers, and every file of its home by its path (text as text, the rest by its digest). */
export interface Outcome {
  readonly steps: readonly Answered[]
  readonly files: Readonly<Record<string, string>>
}

/** Runs one call. */
export type Runner = (args: readonly string[], surroundings: { readonly cwd: string, readonly env: Record<string, string>, readonly stdin: string }) => Promise<Answered>

/** What a session runs against. */
export interface Surroundings {
  /** An empty folder. */
  readonly home: string
  readonly base: string
  /** Digests of the archives served, by file name. */
  readonly digests: ReadonlyMap<string, string>
}

/**
 * Runs a session and describes what it did, with all that differs from run to run replaced by names.
 *
 * @param steps the calls
 * @param run runs one
 * @param surroundings where
 */
export async function runSession (steps: readonly Step[], run: Runner, surroundings: Surroundings): Promise<Outcome> {
  const { home, base } = surroundings
  const cwd = join(home, 'work')
  mkdirSync(cwd, { recursive: true })
  const answered: Answered[] = []
  for (const { args, stdin = '', env = {} } of steps) {
    const { code, stdout, stderr } = await run(args.map(arg => arg.replaceAll('{base}', base)), { cwd, env: { HOME: home, ...env }, stdin })
    answered.push({ code, stdout: named(stdout, surroundings), stderr: named(stderr, surroundings) })
  }
  return { steps: answered, files: filesOf(surroundings) }
}

function filesOf (surroundings: Surroundings): Record<string, string> {
  const { home } = surroundings
  const entries = readdirSync(home, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const files = entries.map(entry => join(entry.parentPath, entry.name)).filter(path => !/lock$/.test(path)).sort()
  return Object.fromEntries(files.map(path => [named(relative(home, path), surroundings), named(contentOf(path), surroundings)]))
}

function contentOf (path: string): string {
  const content = readFileSync(path)
  if (/charts\.txt$/.test(path)) return content.toString('utf8').split('\n').filter(line => line !== '').sort().join('\n')
  return /\.(tgz|chart)$/.test(path) ? `sha256 ${createHash('sha256').update(content).digest('hex')}` : content.toString('utf8')
}

/** Puts names in the place of addresses, folders, digests, times and of the program's own name. */
function named (text: string, { home, base, digests }: Surroundings): string {
  let shown = text.replaceAll(base, '{base}').replaceAll(base.replace('http://', ''), '{host}').replaceAll(home, '{home}')
  for (const [file, digest] of digests) shown = shown.replaceAll(digest, `{digest of ${file}}`)
  return shown
    .replace(/\b20(?:2[5-9]|[3-9]\d)-\d\d-\d\dT[0-9:.]+Z/g, '{time}')
    .replace(/HELM_BIN="[^"]*"/, 'HELM_BIN="{program}"')
    .replace(/content\/[0-9a-f]{2}\//g, 'content/{xx}/')
    .replace(/(["'`]|Usage: {2}|^ {2})(?:helm|portolan) (?=[a-z])/gm, '$1{program} ')
}
