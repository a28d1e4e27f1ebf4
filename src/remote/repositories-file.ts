import { mkdir, readFile } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import { atomicWrite } from './atomic-write.js'
import { RemoteError } from './errors.js'
import { withLock } from './file-lock.js'
import { isAbsent, pathError } from './path-error.js'
import { formatRepositories, noRepositories, parseRepositories, type Repositories } from './repositories-format.js'

/** So often is a change made anew because someone else wrote the file meanwhile. */
const maxAttempts = 20

/**
 * Reads repositories.yaml.
 *
 * @param path the file
 * @returns its content; undefined when there is no such file
 * @throws {RemoteError} invalid-repositories-file, naming the file and the field
 */
export async function readRepositories (path: string): Promise<Repositories | undefined> {
  const text = await readText(path)
  return text === undefined ? undefined : parseRepositories(text, path)
}

/**
 * Changes repositories.yaml: reads it, applies the change, writes it whole (mode 0600, for it holds passwords).
 *
 * Other processes of ours wait. Helm's flock(2) cannot be taken from Node, so `helm` does not wait for us; but we wait
 * for a `helm` that holds it (where the kernel tells: Linux), and a file that changed while we worked is read again.
 * What is left is a `helm repo add` that read the file in the milliseconds before our change and writes it back after.
 *
 * @param path the file; it and its folder are made when absent
 * @param change gives the new content from the old; called again when another process was faster
 * @param clock the time, to tell a lock left behind by a dead process
 * @throws {RemoteError} locked, invalid-repositories-file, and what `change` throws
 */
export async function changeRepositories (path: string, change: (old: Repositories) => Repositories, clock: () => Date): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const stem = extname(path) === '' ? path : path.slice(0, -extname(path).length)
  await withLock({ own: `${stem}.portolan-lock`, helm: `${stem}.lock`, clock }, async () => {
    for (let attempt = 0; attempt < maxAttempts; attempt++) if (await tryChange(path, change)) return
    throw new RemoteError('locked', `${path} is being written by other processes all the time; nothing was changed`)
  })
}

/** One round of reading, changing and writing; false when the file was changed by someone else in between. */
async function tryChange (path: string, change: (old: Repositories) => Repositories): Promise<boolean> {
  const before = await readText(path)
  const next = formatRepositories(change(before === undefined ? noRepositories : parseRepositories(before, path)))
  return await atomicWrite(path, next, { mode: 0o600, beforeRename: async () => await readText(path) === before })
}

async function readText (path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw new RemoteError('invalid-repositories-file', `couldn't load repositories file (${path}): ${pathError('open', path, error)}`, { cause: error })
  }
}
