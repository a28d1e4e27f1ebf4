import { relative } from 'node:path'

/** The threads that make the calls of an upload: SQLite's are made by the main one, those of Node's file functions by libuv's pool. */
export type ThreadName = 'main' | 'pool'

/** A call on a file of the store, or the one that sends the answer. */
export interface Call {
  readonly thread: ThreadName
  /** As the system calls it, such as `fsync`. */
  readonly name: string
  /** Which of the thread's calls of this name it is, counted from 1. */
  readonly nth: number
  /** What it is about: paths below the server's folder, without what differs from time to time. `answer` for the client's socket. */
  readonly place: string
  /** Which `openat` of the thread opened the file, and which of the calls of this name on the file it is; 0 for a file that was open before. */
  readonly opened: number
  readonly nthOfFile: number
  /** What strace printed. */
  readonly line: string
}

/** What a call is to the store. */
export type CallKind = 'change' | 'look' | 'close' | 'answer' | 'other'

const changes = new Set(['write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'fsync', 'fdatasync', 'sync_file_range', 'truncate', 'ftruncate', 'fallocate', 'open', 'openat', 'creat',
  'link', 'linkat', 'rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'mkdir', 'mkdirat', 'rmdir', 'copy_file_range', 'sendfile'])
const looks = new Set(['read', 'readv', 'pread64', 'preadv', 'preadv2', 'stat', 'fstat', 'lstat', 'statx', 'newfstatat', 'access', 'faccessat', 'faccessat2', 'getdents64', 'readlink', 'readlinkat', 'lseek'])
/** Locks and shared memory: SQLite's own business with other processes. */
const others = new Set(['fcntl', 'flock', 'mmap', 'fstatfs', 'statfs', 'fadvise64'])

/**
 * What a call is to the store.
 *
 * @throws for a call that these tests do not know: whether it is to be struck has to be decided
 */
export function kindOf ({ name, place, line }: Call): CallKind {
  if (place === 'answer') return 'answer'
  if (name === 'close') return 'close'
  if (changes.has(name)) return 'change'
  if (looks.has(name)) return 'look'
  if (others.has(name)) return 'other'
  throw new Error(`a call that the injection tests do not know: ${line}`)
}

/**
 * The calls that a thread made on files below a folder, in their order; of others, the `writev` by which Node answers a client.
 *
 * @param lines what strace printed
 */
export function callsOf (lines: readonly string[], { thread, directory }: { readonly thread: ThreadName, readonly directory: string }): Call[] {
  const counts = new Map<string, number>()
  const count = (key: string): number => {
    counts.set(key, (counts.get(key) ?? 0) + 1)
    return counts.get(key) ?? 0
  }
  const opened = new Map<string, number>()
  return lines.flatMap(line => {
    const name = /^\w+(?=\()/.exec(line)?.[0]
    if (name === undefined) return []
    const nth = count(name)
    const paths = pathsOf(line, directory)
    const [path = ''] = paths
    if (name === 'openat') opened.set(path, nth)
    if (paths.length === 0) return name === 'writev' && line.includes('<socket:') ? [{ thread, name, nth, place: 'answer', opened: 0, nthOfFile: 0, line }] : []
    return [{ thread, name, nth, place: paths.map(each => placeOf(each, directory)).join(' to '), opened: opened.get(path) ?? 0, nthOfFile: count(`${name} ${path}`), line }]
  })
}

/** The paths below a folder that a call names, by themselves or by a descriptor of the file. */
export function pathsOf (line: string, directory: string): string[] {
  const paths = Array.from(line.matchAll(/(?<=")\/[^"]*(?=")|(?<=<)\/[^>]*(?=>)/g), ([path]) => path)
  return [...new Set(paths)].filter(path => path.startsWith(`${directory}/`))
}

/** Names that hold an id, and what stands before it, are never the same twice. */
function placeOf (path: string, directory: string): string {
  return relative(directory, path).replace(/[^/]*[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '*')
}
