import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { Readiness } from '../../src/catalog/readiness.js'
import { openDatabase } from '../../src/db/open.js'
import type { OpenDatabase } from '../../src/db/open.js'
import type { Backend } from '../../storage/backend.js'
import { StorageFull } from '../../storage/errors.js'
import { MemoryBackend } from '../../storage/memory.js'
import { openBackend } from '../../storage/open.js'

async function open (t: Test, url = 'sqlite::memory:'): Promise<OpenDatabase> {
  const database = await openDatabase(url)
  t.teardown(() => database.close())
  return database
}

async function local (rootDirectory: string): Promise<Backend> {
  return await openBackend('local', { rootDirectory, wait: async () => undefined })
}

t.test('a folder that is gone does not answer, and answers when it is back', async t => {
  const root = join(t.testdir({ charts: {} }), 'charts')
  const readiness = new Readiness({ database: await open(t), backend: await local(root), timeout: 10_000 })
  t.strictSame(await readiness.silent(), [])
  renameSync(root, `${root}-elsewhere`)
  t.match(await readiness.silent(), [{ part: 'storage', reason: { message: /the folder is gone/ } }])
  renameSync(`${root}-elsewhere`, root)
  t.strictSame(await readiness.silent(), [])
})

t.test('a store that can be read answers, though it cannot be written', async t => {
  class Full extends MemoryBackend {
    override async create (key: string): Promise<never> {
      throw new StorageFull(key, 'no space left on device')
    }
  }
  const full = new Full()
  t.strictSame(await new Readiness({ database: await open(t), backend: full, timeout: 10_000 }).silent(), [])
  await t.rejects(full.create('a'), { code: 'full' })
  const root = join(t.testdir({ charts: {} }), 'charts')
  const backend = await local(root)
  chmodSync(root, 0o555)
  t.teardown(() => chmodSync(root, 0o755))
  t.strictSame(await new Readiness({ database: await open(t), backend, timeout: 10_000 }).silent(), [], 'a folder that became read-only')
})

t.test('a database whose file was deleted or replaced does not answer, since nothing lasts that it is given', async t => {
  const file = join(t.testdir(), 'portolan.db')
  const database = await open(t, `sqlite:${file}`)
  const readiness = new Readiness({ database, backend: new MemoryBackend(), timeout: 10_000 })
  t.strictSame(await readiness.silent(), [])
  renameSync(file, `${file}-elsewhere`)
  t.match(await readiness.silent(), [{ part: 'database', reason: { code: 'failed', message: /the file of the database is gone/ } }])
  writeFileSync(file, 'another')
  t.match(await readiness.silent(), [{ part: 'database', reason: { code: 'failed', message: /another file is in the place/ } }])
  rmSync(file)
  renameSync(`${file}-elsewhere`, file)
  t.strictSame(await readiness.silent(), [])
})

t.test('a part that hangs is not waited for, and not asked again before it answers', async t => {
  let asked = 0
  let answer: () => void = () => undefined
  class Hanging extends MemoryBackend {
    override async stat (key: string): Promise<never> {
      asked++
      await new Promise<void>(resolve => { answer = resolve })
      throw new StorageFull(key, 'late')
    }
  }
  const readiness = new Readiness({ database: await open(t), backend: new Hanging(), timeout: 20 })
  const late = [{ part: 'storage', reason: { message: 'no answer within 20 ms' } }]
  t.match(await Promise.all([readiness.silent(), readiness.silent()]), [late, late])
  t.match(await readiness.silent(), late)
  t.equal(asked, 1)
  const waiting = readiness.silent()
  answer()
  t.match(await waiting, [{ part: 'storage', reason: { message: 'late' } }], 'its answer is taken when it comes')
  t.match(await readiness.silent(), late)
  t.equal(asked, 2)
  answer()
})
