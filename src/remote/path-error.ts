import { messageOf } from '../errors.js'

/** The system's words for what Node names by a code, as Go prints them. */
const words: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file or directory'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'operation not permitted'],
  ['EISDIR', 'is a directory'],
  ['ENOTDIR', 'not a directory'],
  ['EEXIST', 'file exists'],
  ['ENOSPC', 'no space left on device'],
  ['EROFS', 'read-only file system'],
  ['ENAMETOOLONG', 'file name too long'],
  ['ELOOP', 'too many levels of symbolic links']
])

/**
 * A failed file operation as Go's fs.PathError prints it: `open /a/b: no such file or directory`.
 *
 * @param operation such as `open`
 * @param path the path it was tried on
 * @param error what Node threw
 */
export function pathError (operation: string, path: string, error: unknown): string {
  return `${operation} ${path}: ${words.get(errorCode(error)) ?? messageOf(error)}`
}

/** Whether a file operation failed because nothing is there. */
export function isAbsent (error: unknown): boolean {
  return errorCode(error) === 'ENOENT'
}

/** Node's code of a system error, or an empty text. */
export function errorCode (error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
