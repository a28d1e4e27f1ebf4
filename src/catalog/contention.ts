import { setTimeout } from 'node:timers/promises'
import { CatalogError } from './errors.js'

/** Milliseconds to wait for another process. */
const patience = 10_000

/** Milliseconds between two tries. */
const pollEvery = 20

/** Thrown when another process is changing the same file: whoever catches it tries again. It never leaves the catalogue. */
export class Contention extends Error {
  constructor (fileName: string) {
    super(`${fileName} is being changed by another process`)
  }
}

/**
 * Tries again for as long as another process is changing the same file.
 *
 * @param work leaves nothing half done when it throws `Contention`
 * @throws {CatalogError} `storage-failed` when the other does not end; what `work` throws
 */
export async function whileContended<Result> (work: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + patience
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Contention)) throw error
      if (performance.now() > deadline) throw new CatalogError('storage-failed', error.message, { cause: error })
    }
    await setTimeout(pollEvery)
  }
}
