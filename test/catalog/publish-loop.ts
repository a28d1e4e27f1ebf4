import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { openLocal } from '../../storage/local.js'
import { Catalog } from '../../src/catalog/catalog.js'
import { openDatabase } from '../../src/db/open.js'
import { chartArchive } from '../helpers/chart-archive.js'

/*
 * A program to be killed: it publishes, overwrites and removes versions in the folder it is given, several at a time, and writes a line for
 * each change before it begins (`begin …`) and when it is acknowledged (`done …`), until it is ended.
 */
const folder = process.argv[2] ?? ''
const database = await openDatabase(`sqlite:${join(folder, 'portolan.db')}`)
const backend = await openLocal({ root: join(folder, 'charts') })
const catalog = new Catalog({ database, backend, clock: () => new Date(), spoolDirectory: join(folder, 'spool') })
await catalog.recover()

/** What one of the workers does, to versions of its own. */
async function work (worker: string): Promise<never> {
  for (let i = 0; ; i++) {
    const [name, version] = [`chart-${worker}`, `1.0.${i}`]
    const first = await archive(name, version, 'first')
    await say(`put ${name} ${version} ${first.digest}`, () => publish(first))
    if (i % 2 === 0) {
      const second = await archive(name, version, 'second')
      await say(`put ${name} ${version} ${second.digest}`, () => publish(second))
    }
    if (i % 3 === 2) await say(`remove ${name} 1.0.${i - 1} -`, () => catalog.remove('', name, `1.0.${i - 1}`))
  }
}

async function archive (name: string, version: string, state: string): ReturnType<Catalog['spool']> {
  // Large enough for a temporary file, and for a write that takes its time.
  const bytes = await chartArchive(name, version, { 'values.yaml': `state: ${state}\n`, 'files/noise': noise(400_000) })
  return await catalog.spool(Readable.from([bytes], { objectMode: false }), 1e9)
}

/** Bytes that do not compress, the same each time. */
function noise (size: number): Buffer {
  const bytes = Buffer.alloc(size)
  for (let i = 0, state = 1; i < size; i++) {
    state = Math.imul(state, 1103515245) + 12345
    bytes[i] = state >>> 16
  }
  return bytes
}

async function publish (chart: Awaited<ReturnType<typeof archive>>): Promise<void> {
  await catalog.publish('', { chart }, { overwrite: true })
  await chart.discard()
}

async function say (what: string, change: () => Promise<void>): Promise<void> {
  writeSync(1, `begin ${what}\n`)
  await change()
  writeSync(1, `done ${what}\n`)
}

await Promise.all(['a', 'b', 'c'].map(work))
