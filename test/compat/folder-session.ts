import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Answered, Runner } from './session.js'
import { tarEntries } from './tar-entries.js'

/** One thing that happens in a session: a call of the command line, or a change of a file by hand. Paths start from the session's folder. */
export type FolderStep = Call | { readonly copy: string, readonly to: string } | { readonly remove: string } | { readonly edit: string, readonly from: string, readonly to: string }

/** A call of the command line. */
export interface Call {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Why ours answers something else on purpose; the answer is recorded all the same. */
  readonly deviates?: string
}

/** What a session left: the answers of its calls, and the files that were not there before. */
export interface FolderOutcome {
  readonly calls: readonly Answered[]
  readonly files: Readonly<Record<string, unknown>>
}

/**
 * Runs a session in a prepared folder, and describes what it did, with all that differs from run to run replaced by names.
 *
 * @param steps what happens
 * @param run runs one call
 * @param home the folder; its `work` is where calls run
 */
export async function runFolderSession (steps: readonly FolderStep[], run: Runner, home: string): Promise<FolderOutcome> {
  const before = new Set(filesBelow(home))
  const cwd = join(home, 'work')
  const calls: Answered[] = []
  for (const step of steps) {
    if ('args' in step) {
      const env = { HOME: home, GNUPGHOME: join(home, 'gnupg'), ...step.env }
      const { code, stdout, stderr } = await run(step.args.map(arg => arg.replaceAll('{home}', home)), { cwd, env, stdin: '' })
      calls.push({ code, stdout: named(stdout, home), stderr: named(stderr, home) })
    } else if ('copy' in step) {
      cpSync(join(cwd, step.copy), join(cwd, step.to), { recursive: true })
    } else if ('remove' in step) {
      rmSync(join(cwd, step.remove), { recursive: true })
    } else {
      edit(join(cwd, step.edit), step)
    }
  }
  const files = filesBelow(home).filter(path => !before.has(path))
  return { calls, files: Object.fromEntries(files.map(path => [path, contentOf(join(home, path), home)])) }
}

/** Bytes are changed one for one, whatever their encoding. */
function edit (path: string, { from, to }: { readonly from: string, readonly to: string }): void {
  const text = readFileSync(path, 'latin1')
  if (!text.includes(from)) throw new Error(`${path} does not contain ${from}`)
  writeFileSync(path, text.replace(from, to), 'latin1')
}

function filesBelow (folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile()).map(entry => relative(folder, join(entry.parentPath, entry.name))).sort()
}

/** An archive by the tar in it, byte by byte; other files by their text. */
function contentOf (path: string, home: string): unknown {
  const content = readFileSync(path)
  if (content[0] === 0x1f && content[1] === 0x8b) {
    return { gzipHeader: content.toString('hex', 0, 61), tar: tarEntries(gunzipSync(content)) }
  }
  const text = content.toString('utf8')
  return text.includes('\0') ? createHash('sha256').update(content).digest('hex') : named(text, home)
}

/** Puts names in the place of the folder, of digests, of keys and of the program's own name. */
function named (text: string, home: string): string {
  return text
    .replaceAll(home, '{home}')
    .replace(/sha256:[0-9a-f]{64}/g, 'sha256:{digest}')
    .replace(/(With Fingerprint: )[0-9A-F]{40}/g, '$1{fingerprint}')
    .replace(/(-----BEGIN PGP SIGNATURE-----\n\n)[^-]+/, '$1{signature}\n')
    // Helm gives the names of a key in any order.
    .replace(/(?:Signed by: .*\n){2,}/, lines => `${lines.trimEnd().split('\n').sort().join('\n')}\n`)
    .replace(/(["'`]|Usage: {2}|^ {2})(?:helm|portolan) (?=[a-z])/gm, '$1{program} ')
}
