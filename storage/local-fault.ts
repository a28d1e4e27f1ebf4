import { constants } from 'node:os'
import { InvalidKey, StorageError, StorageFailed, StorageFull } from './errors.js'

/**
 * Whether a file system call failed with one of the codes.
 *
 * @param thrown what was caught
 * @param codes of errno, such as `ENOENT`
 */
export function hasCode (thrown: unknown, ...codes: readonly string[]): boolean {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && codes.includes(thrown.code)
}

/**
 * Names what a file system call failed with.
 *
 * @param key the key that was asked for
 * @param thrown what was caught; a `StorageError` stays what it is
 * @returns `StorageFull` for ENOSPC and EDQUOT, `InvalidKey` for a name that the file system cannot hold, `StorageFailed` for the rest
 */
export function nameFault (key: string, thrown: unknown): StorageError {
  if (thrown instanceof StorageError) return thrown
  const options = { cause: thrown }
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  if (hasCode(thrown, 'ENOSPC') || isOverQuota(thrown)) return new StorageFull(key, message, options)
  if (hasCode(thrown, 'ENAMETOOLONG', 'EILSEQ')) return new InvalidKey(key, message, options)
  return new StorageFailed(key, message, options)
}

/** EDQUOT has no name in Node, whose code for it is `Unknown system error -122`: it is known by its number. */
function isOverQuota (thrown: unknown): boolean {
  return thrown instanceof Error && 'errno' in thrown && thrown.errno === -constants.errno.EDQUOT
}

/**
 * Runs file system calls, and names what they fail with.
 *
 * @throws {StorageError} see `nameFault`
 */
export async function named<Result> (key: string, calls: () => Promise<Result>): Promise<Result> {
  try {
    return await calls()
  } catch (error) {
    throw nameFault(key, error)
  }
}
