import { resolve } from 'node:path'
import { verifyFile } from '../chart/provenance/verify-file.js'
import type { Verification } from '../chart/provenance/verify.js'
import type { RemoteContext } from '../remote/context.js'
import { keyringFile } from '../remote/keyring-file.js'

/**
 * Verifies a packaged chart with the provenance file beside it (`helm verify`).
 *
 * @param context for its clock, GnuPG's folder and what relative paths start from
 * @param path the archive's, as the user gave it
 * @param keyring the keyring's path; empty for GnuPG's own
 * @throws {ProvenanceError} as verifyFile
 */
export async function verifyChart (context: Pick<RemoteContext, 'cwd' | 'gnupgHome' | 'clock'>, path: string, keyring: string): Promise<Verification> {
  const archive = { path: resolve(context.cwd, path), shown: path }
  return await verifyFile(archive, { keyring: await keyringFile(context, keyring), now: context.clock() })
}
