import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { chartArchive } from '../helpers/chart-archive.js'
import type { Answered, Runner } from './session.js'

/** One call of the command line. */
export interface Call {
  /** The words after the program's name; `{home}` is the session's folder, of which `work/` is the current one. */
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
  /** Why ours answers something else on purpose; what Helm answers is recorded all the same. */
  readonly deviates?: string
  /** What ours says on standard error after all that Helm says. */
  readonly more?: string
}

/** A change of the files between calls: texts written, archives of charts made, links, and what is removed. */
export interface Change {
  readonly write?: Readonly<Record<string, string>>
  /** Archives by path: the chart's name and version, and files of it. */
  readonly archive?: Readonly<Record<string, readonly [name: string, version: string, files?: Readonly<Record<string, string>>]>>
  readonly link?: Readonly<Record<string, string>>
  readonly remove?: readonly string[]
}

/** Calls and changes made one after the other in a fresh folder. */
export interface FileSession {
  readonly name: string
  /** Texts by path below the current folder. */
  readonly files: Readonly<Record<string, string>>
  readonly steps: ReadonlyArray<Call | Change>
  /** Why the files come out otherwise than Helm's on purpose: those paths that match are not compared. */
  readonly otherFiles?: RegExp
}

/** What a session left: what each call answered, and the files. */
export interface FileOutcome {
  readonly calls: readonly Answered[]
  readonly files: Readonly<Record<string, string>>
}

/** Tells a call from a change. */
export function isCall (step: Call | Change): step is Call {
  return 'args' in step
}

/**
 * Runs a session, and describes what it did with all that differs from run to run replaced by names.
 *
 * @param session what to do
 * @param run runs one call
 * @param surroundings an empty folder, and variables for every call
 */
export async function runFileSession (session: FileSession, run: Runner, { home, env }: { readonly home: string, readonly env: Readonly<Record<string, string>> }): Promise<FileOutcome> {
  const cwd = join(home, 'work')
  mkdirSync(cwd, { recursive: true })
  await change({ write: session.files }, cwd)
  const calls: Answered[] = []
  for (const step of session.steps) {
    if (!isCall(step)) {
      await change(step, cwd)
      continue
    }
    const variables = Object.fromEntries(Object.entries({ HOME: home, ...env, ...step.env }).map(([name, value]) => [name, value.replaceAll('{home}', home)]))
    const { code, stdout, stderr } = await run(step.args.map(arg => arg.replaceAll('{home}', home)), { cwd, env: variables, stdin: step.stdin ?? '' })
    calls.push({ code, stdout: named(stdout, home), stderr: named(stderr, home) })
  }
  return { calls, files: filesOf(home) }
}

async function change ({ write = {}, archive = {}, link = {}, remove = [] }: Change, cwd: string): Promise<void> {
  for (const path of remove) rmSync(join(cwd, path), { recursive: true, force: true })
  for (const [path, text] of Object.entries(write)) put(join(cwd, path), text)
  for (const [path, [name, version, files]] of Object.entries(archive)) put(join(cwd, path), await chartArchive(name, version, files))
  for (const [path, target] of Object.entries(link)) symlinkSync(target, join(cwd, path))
}

function put (path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

/** The size of a tar block. */
const block = 512

function filesOf (home: string): Record<string, string> {
  const entries = readdirSync(home, { recursive: true, withFileTypes: true }).filter(entry => !entry.isDirectory())
  const paths = entries.map(entry => [join(entry.parentPath, entry.name), entry.isSymbolicLink()] as const).sort(([a], [b]) => a < b ? -1 : 1)
  return Object.fromEntries(paths
    .filter(([path]) => !/repositories\.(portolan-)?lock$/.test(path))
    .map(([path, isLink]) => [relative(home, path), isLink ? `-> ${named(readlinkSync(path), home)}` : named(contentOf(path), home)]))
}

/** Texts as they are; of an archive, what it holds. */
function contentOf (path: string): string {
  const content = readFileSync(path)
  if (/charts\.txt$/.test(path)) return content.toString('utf8').split('\n').sort().join('\n')
  if (content[0] !== 0x1f || content[1] !== 0x8b) return content.toString('utf8')
  return `archive\n${entriesOf(gunzipSync(content)).sort().join('\n')}`
}

/** The entries of a well-formed tar: names and digests, without what depends on when the files were made. */
function entriesOf (tar: Buffer): string[] {
  const entries: string[] = []
  for (let at = 0; at < tar.length && tar[at] !== 0;) {
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 135), 8)
    const data = tar.subarray(at + block, at + block + size)
    entries.push(`${tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '')} ${createHash('sha256').update(data).digest('hex').slice(0, 16)}`)
    at += block + Math.ceil(size / block) * block
  }
  return entries
}

/** Puts names in the place of folders, times and of the program's own name; lines told in any order are sorted. */
function named (text: string, home: string): string {
  return text
    .replaceAll(home, '{home}')
    .replace(/\b20(?:2[5-9]|[3-9]\d)-\d\d-\d\dT[0-9:.]+Z/g, '{time}')
    .replace(/(["'`(]|Usage: {2}|^ {2})(?:helm|portolan) (?=[a-z])/gm, '$1{program} ')
    .replace(/tmpcharts-\w+/g, 'tmpcharts')
    .replace(/(?:^\.\.\.Successfully.*\n)+/gm, lines => lines.split('\n').filter(line => line !== '').sort().map(line => `${line}\n`).join(''))
}
