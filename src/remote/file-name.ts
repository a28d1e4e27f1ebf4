import { basename } from 'node:path'
import { RemoteError } from './errors.js'

/**
 * The last part of a URL's path: the name under which an archive is kept, and verified. Never a path.
 *
 * @param url the archive's
 * @throws {RemoteError} invalid-url when it does not end in a file's name
 */
export function fileNameOf (url: URL): string {
  const name = decoded(url.pathname.replace(/\/+$/, '').split('/').at(-1) ?? '')
  if (name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name) && basename(name) === name) return name
  throw new RemoteError('invalid-url', `the URL ${url.href} does not end in a file's name`)
}

function decoded (part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
