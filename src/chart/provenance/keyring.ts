import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readArmored } from './armor.js'
import type { Entity } from './entity.js'
import { ProvenanceError } from './errors.js'
import { isKeybox, keyboxKeys } from './keybox.js'
import { readEntities } from './read-entities.js'
import { systemErrorText } from '../system-error.js'

/** A file, and how to name it in errors. */
export interface NamedFile {
  readonly path: string
  /** The path as the user gave it. */
  readonly shown: string
}

/**
 * Reads a keyring: a binary OpenPGP stream (`pubring.gpg`, `gpg --export`), armored blocks, or a GnuPG keybox (`pubring.kbx`).
 *
 * @param file where it is
 * @throws {ProvenanceError} unreadable or invalid-keyring, in Helm's words
 */
export async function loadKeyring ({ path, shown }: NamedFile): Promise<Entity[]> {
  const data = await readFile(path).catch((thrown: unknown) => {
    const operation = thrown instanceof Error && 'code' in thrown && thrown.code === 'EISDIR' ? 'read' : 'open'
    throw new ProvenanceError('unreadable', systemErrorText(operation, shown, thrown), { cause: thrown })
  })
  if (isKeybox(data)) return await readEntities(named(`reading keybox ${shown}`, () => keyboxKeys(data)))
  const text = data.toString('latin1')
  if (!text.trimStart().startsWith('-----BEGIN PGP')) return await readEntities(data)
  return await readArmoredKeys(text).catch((thrown: unknown) => named(`reading armored keyring ${shown}`, () => { throw thrown }))
}

/** Exports that were put into one file, one after the other, count together. */
async function readArmoredKeys (text: string): Promise<Entity[]> {
  const entities: Entity[] = []
  for (const { type, body } of readArmored(text)) {
    if (type !== 'PGP PUBLIC KEY BLOCK' && type !== 'PGP PRIVATE KEY BLOCK') {
      throw new ProvenanceError('invalid-keyring', `expected a public or private key block, got ${JSON.stringify(type)}`)
    }
    entities.push(...await readEntities(body))
  }
  if (entities.length === 0) throw new ProvenanceError('invalid-keyring', 'no keys found')
  return entities
}

/** Says which keyring it was, before what is wrong with it. */
function named<T> (prefix: string, work: () => T): T {
  try {
    return work()
  } catch (thrown) {
    if (!(thrown instanceof ProvenanceError)) throw thrown
    throw new ProvenanceError(thrown.code, `${prefix}: ${thrown.message}`, { cause: thrown })
  }
}

/**
 * The keyring of a user who named none: GnuPG's old one, or where only that is there its newer one (as Helm 4.3).
 *
 * @param folder GnuPG's folder: `$GNUPGHOME`, or `.gnupg` in the user's home
 */
export async function defaultKeyring (folder: string): Promise<string> {
  const [old, keybox] = [join(folder, 'pubring.gpg'), join(folder, 'pubring.kbx')]
  return await isThere(old) || !await isThere(keybox) ? old : keybox
}

/** Only what is surely absent counts as such. */
async function isThere (path: string): Promise<boolean> {
  return await stat(path).then(() => true, (thrown: unknown) => !(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'))
}
