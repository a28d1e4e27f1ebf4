import { readFile, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { Entity } from './entity.js'
import { ProvenanceError } from './errors.js'
import { loadKeyring, type NamedFile } from './keyring.js'
import { verifyProvenance, type Verification } from './verify.js'
import { systemErrorText } from '../system-error.js'

/** What an archive is verified with. */
export interface KeyringFile {
  readonly keyring: NamedFile
  /** When keys and signatures must be valid. */
  readonly now: Date
}

/**
 * Verifies an archive on disk with the provenance file that lies beside it (Helm's downloader.VerifyChart).
 *
 * @param archive the `.tgz`; its provenance file has the same name with `.prov` behind
 * @param trust the keyring
 * @throws {ProvenanceError} not-an-archive, unreadable, invalid-keyring, and what verifyProvenance throws, in Helm's words
 */
export async function verifyFile ({ path, shown }: NamedFile, trust: KeyringFile): Promise<Verification> {
  const stats = await seen({ path, shown })
  if (stats.isDirectory()) throw new ProvenanceError('not-an-archive', 'unpacked charts cannot be verified')
  checkArchiveName(shown)
  const provenance = { path: `${path}.prov`, shown: `${shown}.prov` }
  await seen(provenance, `could not load provenance file ${provenance.shown}: `)
  const keyring = await trustedKeys(trust.keyring)
  const signed = { archive: await read({ path, shown }, 'chart archive'), provenance: await read(provenance, 'provenance file'), fileName: basename(shown) }
  return await verifyProvenance(signed, { keyring, now: trust.now })
}

/**
 * Refuses to verify what is no archive by its name.
 *
 * @param name a file's name
 * @throws {ProvenanceError} not-an-archive
 */
export function checkArchiveName (name: string): void {
  if (extname(name).toLowerCase() !== '.tgz') throw new ProvenanceError('not-an-archive', 'chart must be a tgz file')
}

/**
 * Reads the keyring that signatures are verified with.
 *
 * @throws {ProvenanceError} unreadable or invalid-keyring, worded `failed to load keyring: …`
 */
export async function trustedKeys (file: NamedFile): Promise<Entity[]> {
  try {
    return await loadKeyring(file)
  } catch (thrown) {
    if (!(thrown instanceof ProvenanceError)) throw thrown
    throw new ProvenanceError(thrown.code, `failed to load keyring: ${thrown.message}`, { cause: thrown })
  }
}

async function seen ({ path, shown }: NamedFile, prefix = ''): ReturnType<typeof stat> {
  return await stat(path).catch((thrown: unknown) => {
    throw new ProvenanceError('unreadable', prefix + systemErrorText('stat', shown, thrown), { cause: thrown })
  })
}

async function read ({ path, shown }: NamedFile, what: string): Promise<Buffer> {
  return await readFile(path).catch((thrown: unknown) => {
    throw new ProvenanceError('unreadable', `failed to read ${what}: ${systemErrorText('open', shown, thrown)}`, { cause: thrown })
  })
}
