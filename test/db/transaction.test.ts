import { join } from 'node:path'
import type { Test } from 'tap'
import t from 'tap'
import type { DatabaseOptions, OpenDatabase } from '../../src/db/open.js'
import { openDatabase } from '../../src/db/open.js'
import type { Database, Transaction } from '../../src/db/schema.js'
import { snapshot, transact } from '../../src/db/transaction.js'

async function open (t: Test, url: string, options: DatabaseOptions = {}): Promise<OpenDatabase> {
  const database = await openDatabase(url, options)
  t.teardown(() => database.close())
  return database
}

async function raise (transaction: Transaction): Promise<void> {
  await transaction.insertInto('tenants').values({ name: 'x', revision: 1, changed_at: '' })
    .onConflict(conflict => conflict.column('name').doUpdateSet(eb => ({ revision: eb('tenants.revision', '+', 1) }))).execute()
}

async function revision (database: Database): Promise<number> {
  return (await database.selectFrom('tenants').select('revision').where('name', '=', 'x').executeTakeFirst())?.revision ?? 0
}

t.test('a transaction does all or nothing', async t => {
  const database = await open(t, 'sqlite::memory:')
  t.equal(await transact(database, async transaction => {
    await raise(transaction)
    return 'done'
  }), 'done')
  const failure = new Error('changed my mind')
  await t.rejects(transact(database, async transaction => {
    await raise(transaction)
    throw failure
  }), failure)
  t.equal(await revision(database), 1)
})

t.test('a query that fails is told in our own words', async t => {
  const database = await open(t, 'sqlite::memory:')
  await t.rejects(database.insertInto('charts').values({ tenant: 'nobody', name: 'x', revision: 1, versions: 0 }).execute(),
    { name: 'DatabaseError', code: 'failed', message: /FOREIGN KEY/ })
  await t.rejects(transact(database, transaction => transaction.insertInto('charts').values({ tenant: 'nobody', name: 'x', revision: 1, versions: 0 }).execute()), { code: 'failed' })
  t.equal(await revision(database), 0)
})

t.test('writers of one file wait for each other, without holding this process up', async t => {
  const url = `sqlite:${join(t.testdir(), 'x.db')}`
  const databases = [await open(t, url), await open(t, url), await open(t, url)]
  await Promise.all(databases.map(async database => {
    for (let i = 0; i < 30; i++) {
      await transact(database, async transaction => {
        await raise(transaction)
        await new Promise(resolve => setImmediate(resolve))
        await raise(transaction)
      })
    }
  }))
  for (const database of databases) t.equal(await revision(database), 180)
})

t.test('a writer that may not have the file for too long gives up', async t => {
  const url = `sqlite:${join(t.testdir(), 'x.db')}`
  const [one, two] = [await open(t, url), await open(t, url, { writerTimeout: 50 })]
  await transact(one, async transaction => {
    await raise(transaction)
    await t.rejects(transact(two, raise), { code: 'busy', message: /x\.db: another process has been writing for 50 ms/ })
  })
  await transact(two, raise)
  t.equal(await revision(one), 2)
})

t.test('a snapshot sees one state, and a reader does not wait for a writer', async t => {
  const url = `sqlite:${join(t.testdir(), 'x.db')}`
  const [one, two] = [await open(t, url), await open(t, url)]
  await transact(one, raise)
  await snapshot(one, async transaction => {
    t.equal(await revision(transaction), 1)
    await transact(two, raise)
    t.equal(await revision(two), 2)
    t.equal(await revision(transaction), 1)
  })
  t.equal(await revision(one), 2)
  await transact(two, async transaction => {
    await raise(transaction)
    t.equal(await revision(one), 2)
  })
  t.equal(await revision(one), 3)
})
