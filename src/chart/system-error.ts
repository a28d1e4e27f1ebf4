import { messageOf } from '../errors.js'

const words = new Map([
  ['ENOENT', 'no such file or directory'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'operation not permitted'],
  ['EISDIR', 'is a directory'],
  ['ENOTDIR', 'not a directory'],
  ['ELOOP', 'too many levels of symbolic links'],
  ['ENAMETOOLONG', 'file name too long']
])

/**
 * What Go says of a refusal of the file system: `open PATH: no such file or directory`.
 *
 * @param operation Go's name for what was tried: open, stat, lstat
 */
export function systemErrorText (operation: string, path: string, thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  return `${operation} ${path}: ${words.get(code) ?? messageOf(thrown)}`
}
