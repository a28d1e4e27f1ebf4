import type { Stats } from 'node:fs'
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../errors.js'
import { compareBytes } from '../go/bytes.js'
import { ChartError } from './errors.js'
import { systemErrorText } from './system-error.js'

/** A file of a folder, links followed. */
export interface WalkedFile {
  /** Where it lies, not resolved. */
  readonly path: string
  /** Relative to the folder, with `/`. */
  readonly name: string
  readonly stats: Stats
}

/** What a walk may leave out, and where it tells about links. */
export interface WalkOptions {
  readonly ignores: (name: string, isFolder: boolean) => boolean
  readonly note: (message: string) => void
}

/**
 * The files below a folder, depth first, names in bytewise order, symbolic links followed (helm.sh/helm/v4 internal/sympath). A link that leads
 * back to a folder it stands in, which would have no end, is refused.
 *
 * @throws {ChartError} unreadable
 */
export async function * walkDirectory (root: string, options: WalkOptions): AsyncGenerator<WalkedFile> {
  yield * walkFolder({ path: root, name: '', above: [await realpath(root)] }, options)
}

interface Folder {
  readonly path: string
  readonly name: string
  /** The real paths of the folder and those above it. */
  readonly above: readonly string[]
}

async function * walkFolder (folder: Folder, options: WalkOptions): AsyncGenerator<WalkedFile> {
  const entries = await readdir(folder.path)
  for (const entry of entries.sort(compareBytes)) {
    const path = join(folder.path, entry)
    const name = folder.name === '' ? entry : `${folder.name}/${entry}`
    const { stats, real } = await resolve(path, options)
    if (options.ignores(name, stats.isDirectory())) continue
    if (!stats.isDirectory()) {
      yield { path, name, stats }
      continue
    }
    if (folder.above.includes(real)) throw new ChartError('unreadable', `the symbolic link ${path} leads back to a folder it stands in`)
    yield * walkFolder({ path, name, above: [...folder.above, real] }, options)
  }
}

async function resolve (path: string, options: WalkOptions): Promise<{ stats: Stats, real: string }> {
  const stats = await lstat(path).catch((thrown: unknown) => { throw unreadable(systemErrorText('lstat', path, thrown), thrown) })
  if (!stats.isSymbolicLink()) return { stats, real: path }
  const real = await realpath(path).catch((thrown: unknown) => { throw unreadable(`error evaluating symlink ${path}: ${messageOf(thrown)}`, thrown) })
  options.note(`found symbolic link in path. Contents of linked file included and used: ${path} resolved to ${real}`)
  return { stats: await stat(path), real }
}

function unreadable (message: string, cause: unknown): ChartError {
  return new ChartError('unreadable', message, { cause })
}
