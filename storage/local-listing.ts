import { lstat, opendir } from 'node:fs/promises'
import { join } from 'node:path'
import type { BigIntStats, Dirent } from 'node:fs'
import type { ObjectInfo } from './backend.js'
import { compareKeys, isKey } from './key.js'
import { hasCode } from './local-fault.js'

/** What to list. */
export interface Listing {
  readonly prefix: string
  /** Only keys after this one; '' for all. */
  readonly after: string
  /** Keys, or folders' keys with `/` at the end, to pass over. */
  readonly hidden: ReadonlySet<string>
  /** How many names of a folder are held at a time; a folder with more is read again for each such page of it. */
  readonly pageSize?: number
}

/** A name in a folder: its key, with `/` at the end for a folder, which is how its objects' keys sort. */
interface Entry {
  readonly name: string
  readonly key: string
}

/**
 * Walks a folder in the order of keys. Symbolic links, and whatever else is no regular file or folder, are passed over, as are names that cannot
 * be keys.
 *
 * @param folder the path to begin at; one that is gone is empty
 * @param base the key of the folder, with `/` at the end; '' for the root
 * @throws what Node's file system calls throw
 */
export async function * walk (folder: string, base: string, listing: Listing): AsyncGenerator<ObjectInfo> {
  const { pageSize = 20_000 } = listing
  for (let cursor = ''; ;) {
    const page = await readPage({ folder, base, pageSize }, entry => compareKeys(entry.key, cursor) > 0 && isWanted(entry.key, listing))
    for (let i = 0; i < page.length; i += looksAtATime) yield * walkSome(folder, page.slice(i, i + looksAtATime), listing)
    if (page.length < pageSize) return
    cursor = page.at(-1)?.key ?? ''
  }
}

/** How many files are looked at at the same time. */
const looksAtATime = 64

/** Files among the entries are looked at side by side, and given in their order all the same. */
async function * walkSome (folder: string, entries: readonly Entry[], listing: Listing): AsyncGenerator<ObjectInfo> {
  const infos = entries.map(async ({ name, key }) => key.endsWith('/') ? undefined : await infoOf(join(folder, name), key))
  // None of them may fail unseen while another one is waited for.
  const found = await Promise.all(infos)
  for (const [i, { name, key }] of entries.entries()) {
    const info = found[i]
    if (info !== undefined) yield info
    if (key.endsWith('/')) yield * walk(join(folder, name), key, listing)
  }
}

/** What the file system knows of an object. */
export function toInfo (key: string, stats: BigIntStats): ObjectInfo {
  const etag = [stats.mtimeNs, stats.size, stats.ino].map(part => part.toString(36)).join('-')
  return { key, size: Number(stats.size), modified: stats.mtime, etag }
}

async function infoOf (path: string, key: string): Promise<ObjectInfo | undefined> {
  try {
    const stats = await lstat(path, { bigint: true })
    return stats.isFile() ? toInfo(key, stats) : undefined
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}

/** The first wanted entries in the order of keys: at most `pageSize`, whatever the folder holds. */
async function readPage ({ folder, base, pageSize }: { folder: string, base: string, pageSize: number }, wanted: (entry: Entry) => boolean): Promise<Entry[]> {
  let page: Entry[] = []
  const cut = (): Entry[] => page.sort((a, b) => compareKeys(a.key, b.key)).slice(0, pageSize)
  try {
    for await (const dirent of await opendir(folder, { bufferSize: 1024 })) {
      const entry = toEntry(dirent, base)
      if (entry === undefined || !wanted(entry)) continue
      page.push(entry)
      if (page.length === 2 * pageSize) page = cut()
    }
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'ENOTDIR')) throw error
  }
  return cut()
}

function toEntry (dirent: Dirent, base: string): Entry | undefined {
  const key = base + dirent.name
  if (!isKey(key)) return undefined
  if (dirent.isDirectory()) return { name: dirent.name, key: `${key}/` }
  return dirent.isFile() ? { name: dirent.name, key } : undefined
}

/** Whether a key is to be listed; for a folder, whether a key in it may be. */
function isWanted (key: string, { prefix, after, hidden }: Listing): boolean {
  if (hidden.has(key)) return false
  const isFolder = key.endsWith('/')
  const begins = key.startsWith(prefix) || (isFolder && prefix.startsWith(key))
  return begins && (compareKeys(key, after) > 0 || (isFolder && after.startsWith(key)))
}
