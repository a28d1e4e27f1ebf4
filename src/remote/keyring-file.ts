import { resolve } from 'node:path'
import type { RemoteContext } from './context.js'
import { defaultKeyring, type NamedFile } from '../chart/provenance/keyring.js'

/**
 * Where the keyring is.
 *
 * @param context for GnuPG's folder and what relative paths start from
 * @param given the path that the user gave; empty for GnuPG's own keyring
 */
export async function keyringFile ({ cwd, gnupgHome = '' }: Pick<RemoteContext, 'cwd' | 'gnupgHome'>, given: string): Promise<NamedFile> {
  const shown = given === '' ? await defaultKeyring(resolve(cwd, gnupgHome)) : given
  return { path: resolve(cwd, shown), shown }
}
