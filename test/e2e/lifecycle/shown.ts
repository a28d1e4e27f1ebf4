import type { Ran } from '../run-program.js'
import type { Scene } from './scene.js'

/** What client-go logs when a watch of Helm's is ended while its answer is read: it does so now and then. */
const cutWatch = /^[EI]\d{4} [\d:.]+ +\d+ (?:request\.go:\d+\] "Unexpected error when reading response body" err="context canceled"|reflector\.go:\d+\] "Warning: watch ended with error".*context canceled.*)\n/gm

/**
 * What was printed, without times, ids and the namespace.
 *
 * @param ran what a program printed
 * @param scene where it worked
 */
export function shown ({ code, stdout, stderr }: Ran, { namespace }: Scene): Ran {
  const plain = (text: string): string => text
    .replaceAll(namespace, 'NAMESPACE')
    .replaceAll(/\b[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}\b/g, 'TIME')
    .replaceAll(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?: \+0000 UTC|Z)/g, 'TIME')
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UID')
    .replaceAll(/(?:createdAt|modifiedAt)=\d+/g, 'stamp')
    .replaceAll(/TIME\t|UPDATED *\t/g, '')
    .replaceAll(/ +\d+s\n/g, ' AGE\n')
  return { code, stdout: plain(stdout), stderr: plain(stderr).replaceAll(cutWatch, '') }
}
