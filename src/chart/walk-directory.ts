import { lstatSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs'
import { sep } from 'node:path'
import { messageOf } from '../errors.js'
import { compareBytes } from '../go/bytes.js'
import { ChartError } from './errors.js'
import { systemErrorText } from './system-error.js'
import type { Warn } from './warn.js'

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
  readonly note: Warn
}

/**
 * The files below a folder, depth first, names in bytewise order, symbolic links followed (helm.sh/helm/v4 internal/sympath). A link that leads
 * back to a folder it stands in, which would have no end, is refused. It reads on the spot: hundreds of small files by way of the thread pool take
 * several times as long.
 *
 * @throws {ChartError} unreadable
 */
export function * walkDirectory (root: string, options: WalkOptions): Generator<WalkedFile> {
  yield * walkFolder({ path: root, name: '', above: [realpathSync.native(root)] }, options)
}

interface Folder {
  readonly path: string
  readonly name: string
  /** The real paths of the folder and those above it. */
  readonly above: readonly string[]
}

function * walkFolder (folder: Folder, options: WalkOptions): Generator<WalkedFile> {
  const entries = readdirSync(folder.path)
  for (const entry of entries.sort(compareBytes)) {
    const path = `${folder.path}${sep}${entry}`
    const name = folder.name === '' ? entry : `${folder.name}/${entry}`
    const { stats, real } = resolve(path, options)
    if (options.ignores(name, stats.isDirectory())) continue
    if (!stats.isDirectory()) {
      yield { path, name, stats }
      continue
    }
    if (folder.above.includes(real)) throw new ChartError('unreadable', `the symbolic link ${path} leads back to a folder it stands in`)
    yield * walkFolder({ path, name, above: [...folder.above, real] }, options)
  }
}

function resolve (path: string, options: WalkOptions): { stats: Stats, real: string } {
  const stats = attempt(() => lstatSync(path), thrown => systemErrorText('lstat', path, thrown))
  if (!stats.isSymbolicLink()) return { stats, real: path }
  const real = attempt(() => realpathSync.native(path), thrown => `error evaluating symlink ${path}: ${messageOf(thrown)}`)
  options.note('found symbolic link in path. Contents of linked file included and used', { level: 'INFO', facts: { path, resolved: real } })
  return { stats: statSync(path), real }
}

function attempt<T> (read: () => T, complaint: (thrown: unknown) => string): T {
  try {
    return read()
  } catch (thrown) {
    throw new ChartError('unreadable', complaint(thrown), { cause: thrown })
  }
}
