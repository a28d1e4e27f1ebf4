import { randomBytes, randomUUID } from 'node:crypto'
import { chartArchive } from '../../helpers/chart-archive.js'
import type { LogState } from './subject.js'

/** One kind of upload. */
export interface Upload {
  readonly name: string
  readonly archive: Buffer
  /** What is published before, and replaced by `?force`. */
  readonly before?: Buffer
  /** The repository that it goes to: '', or another one each time. */
  readonly repository: () => string
  readonly log: LogState
  /** The thread whose calls are struck; both when left out. */
  readonly thread?: 'main' | 'pool'
}

/** The file that all of them publish. */
export const fileName = 'boat-1.0.0.tgz'

/** More bytes than are kept in memory (256 KiB), by so many that they are written in two pieces at least. */
const large = 400_000

/** An archive of `fileName`, of so many bytes and a few more. */
export async function boat (bytes: number): Promise<Buffer> {
  return await chartArchive('boat', '1.0.0', { cargo: randomBytes(bytes) })
}

/** Every kind of upload. (Where only one thread's calls are struck, those of the other are as another kind has them.) */
export async function uploads (): Promise<Upload[]> {
  const usual = { repository: () => '', log: 'begun anew' } as const
  return [
    { ...usual, name: 'a small upload', archive: await boat(0) },
    { ...usual, name: 'a large upload', archive: await boat(large) },
    { ...usual, name: 'an overwrite', archive: await boat(large), before: await boat(large) },
    { ...usual, name: 'the first upload of a repository', archive: await boat(0), repository: randomUUID, thread: 'pool' },
    { ...usual, name: 'an upload after which the log goes into the database', archive: await boat(0), log: 'full', thread: 'main' }
  ]
}
