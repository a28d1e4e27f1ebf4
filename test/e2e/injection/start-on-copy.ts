import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Test } from 'tap'
import { openLocal } from '../../../storage/local.js'
import { Catalog } from '../../../src/catalog/catalog.js'
import { openDatabase } from '../../../src/db/open.js'
import { checkWhole } from '../../catalog/open-catalog.js'
import type { Shown } from './client.js'
import { sha256 } from './client.js'

/** So much later nobody believes any more that another process has something under way. */
const later = 2 * 60 * 60 * 1000

/**
 * What a server would show that starts on a folder: it is opened, mended and looked through as at a start, and must be of a piece then.
 *
 * @param directory a copy of a server's folder
 */
export async function startOnCopy (t: Test, directory: string, repository: string): Promise<Shown> {
  const clock = (): Date => new Date(Date.now() + later)
  const database = await openDatabase(`sqlite:${join(directory, 'portolan.db')}`)
  try {
    const faults: unknown[] = []
    const backend = await openLocal({ root: join(directory, 'charts'), clock })
    const catalog = new Catalog({ database, backend, clock, spoolDirectory: join(directory, 'spool'), onFault: fault => faults.push(fault) })
    await catalog.recover()
    await catalog.adopt({ depth: 'any' })
    t.strictSame(faults, [])
    await checkWhole(t, { catalog, backend, database })
    return await shown(catalog, repository)
  } finally {
    await database.close()
  }
}

async function shown (catalog: Catalog, repository: string): Promise<Shown> {
  const digests: Record<string, string> = {}
  for (const { fileName } of [...(await catalog.charts(repository)).values()].flat()) {
    digests[fileName] = sha256(await buffer((await catalog.open(repository, fileName)).body))
  }
  return digests
}
