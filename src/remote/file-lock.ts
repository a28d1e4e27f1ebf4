import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { RemoteError } from './errors.js'
import { errorCode, isAbsent } from './path-error.js'

/** How long to wait for others, in milliseconds: what Helm waits for its lock. */
const patience = 30_000

/** A lock of ours is held for a few file operations; one that old was left behind by a process that died. */
const staleAfter = 30_000

const pollInterval = 50

/** Where the locks are. */
export interface LockFiles {
  /** Ours: there while one of our processes holds it. */
  readonly own: string
  /** Helm's: always there once made, and locked by flock(2) while `helm` works. */
  readonly helm: string
  readonly clock: () => Date
}

/**
 * Does some work while no other process of ours does the same, and not while `helm` is at it (as far as the kernel tells).
 *
 * @param locks the lock files; their folder must be there
 * @param work what to do
 * @throws {RemoteError} locked, when others hold a lock for half a minute
 */
export async function withLock<Result> (locks: LockFiles, work: () => Promise<Result>): Promise<Result> {
  await waitFor(async () => !await isLockedByHelm(locks.helm), locks.helm)
  await waitFor(async () => await tryTake(locks), locks.own)
  try {
    return await work()
  } finally {
    await rm(locks.own, { force: true })
  }
}

async function waitFor (ready: () => Promise<boolean>, path: string): Promise<void> {
  for (let waited = 0; !await ready(); waited += pollInterval) {
    if (waited >= patience) throw new RemoteError('locked', `${path} has been locked by another process for ${patience / 1000}s; nothing was changed`)
    await wait(pollInterval)
  }
}

/** Makes the lock file, which fails when it is there; takes a stale one away first. */
async function tryTake ({ own, clock }: LockFiles): Promise<boolean> {
  try {
    const file = await open(own, 'wx', 0o600)
    await file.close()
    return true
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
    await removeStale(own, clock)
    return false
  }
}

async function removeStale (own: string, clock: () => Date): Promise<void> {
  const found = await stat(own).catch((error: unknown) => {
    if (isAbsent(error)) return undefined
    throw error
  })
  if (found === undefined || clock().getTime() - found.mtimeMs < staleAfter) return
  // Renaming first: of two that see the same stale lock only one gets hold of it.
  const aside = `${own}.stale-${found.ino}`
  try {
    await rename(own, aside)
  } catch (error) {
    if (!isAbsent(error)) throw error
  }
  await rm(aside, { force: true })
}

async function isLockedByHelm (path: string): Promise<boolean> {
  try {
    const { dev, ino } = await stat(path, { bigint: true })
    return listsFlock(await readFile('/proc/locks', 'latin1'), dev, ino)
  } catch {
    // No lock file yet, or a system that keeps its locks to itself.
    return false
  }
}

/**
 * Whether Linux's list of locks (/proc/locks, proc_locks(5)) has a held flock(2) on a file.
 *
 * @param locks the list, such as `1: FLOCK  ADVISORY  WRITE 4242 08:01:131 0 EOF`
 * @param device the file's device number, as stat gives it
 * @param inode the file's inode number
 */
export function listsFlock (locks: string, device: bigint, inode: bigint): boolean {
  const hex = (number: bigint): string => number.toString(16).padStart(2, '0')
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & ~0xfffn)
  const minor = (device & 0xffn) | ((device >> 12n) & ~0xffn)
  const file = `${hex(major)}:${hex(minor)}:${inode}`
  return locks.split('\n').some(line => {
    const words = line.trim().split(/\s+/)
    return words[1] === 'FLOCK' && words[5] === file
  })
}
