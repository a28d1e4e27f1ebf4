import { readFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { messageOf } from '../errors.js'
import type { KeyPair } from './access.js'
import { KubeError } from './errors.js'
import type { KubeconfigEntry } from './kubeconfig.js'
import { textAt } from './objects.js'

/**
 * PEM that stands in a kubeconfig as `KEY-data` (base64), or else in the file that `KEY` names.
 *
 * @throws {KubeError} kubeconfig, when the file cannot be read
 */
export async function pemOf (entry: KubeconfigEntry, key: string): Promise<string | undefined> {
  const data = textAt(entry.fields, [`${key}-data`])
  if (data !== '') return Buffer.from(data, 'base64').toString('utf8')
  const file = textAt(entry.fields, [key])
  return file === '' ? undefined : await fileText(resolvePath(entry, file))
}

/** A path of a kubeconfig, relative to the file it stands in. */
export function resolvePath ({ directory }: KubeconfigEntry, path: string): string {
  return isAbsolute(path) ? path : join(directory, path)
}

/**
 * The text of a file that the configuration names.
 *
 * @throws {KubeError} kubeconfig, when it cannot be read
 */
export async function fileText (path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new KubeError('kubeconfig', `unable to read ${path}: ${messageOf(error)}`, { cause: error })
  }
}

/**
 * The client certificate of a user's entry.
 *
 * @throws {KubeError} kubeconfig, when only one half is there
 */
export async function keyPairOf (user: KubeconfigEntry): Promise<KeyPair | undefined> {
  const cert = await pemOf(user, 'client-certificate')
  const key = await pemOf(user, 'client-key')
  if (cert === undefined && key === undefined) return undefined
  if (cert !== undefined && key !== undefined) return { cert, key }
  const [there, missing] = cert === undefined ? ['key', 'certificate'] : ['certificate', 'key']
  throw new KubeError('kubeconfig', `invalid configuration: a client-${there} without a client-${missing}`)
}
