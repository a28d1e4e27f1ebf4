import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import t from 'tap'
import { checkDatabase, openDatabase } from '../../src/db/open.js'
import type { Database } from '../../src/db/schema.js'

const clock = (): Date => new Date('2026-11-20T12:00:00Z')

async function pragma (database: Database, name: string): Promise<unknown> {
  const { rows } = await sql<Record<string, unknown>>`select * from ${sql.raw(`pragma_${name}`)}`.execute(database)
  return Object.values(rows[0] ?? {})[0]
}

t.test('a file is made, with its folder, written ahead and flushed', async t => {
  const file = join(t.testdir(), 'made', 'for', 'it', 'portolan.db')
  const database = await openDatabase(`sqlite:${file}`, { clock })
  t.teardown(() => database.close())
  t.ok(existsSync(file))
  t.equal(await pragma(database, 'journal_mode'), 'wal')
  t.equal(await pragma(database, 'synchronous'), 2)
  t.equal(await pragma(database, 'foreign_keys'), 1)
  t.equal(await pragma(database, 'busy_timeout'), 5000)
  t.strictSame(await database.selectFrom('tenants').selectAll().execute(), [])
})

t.test('records stay', async t => {
  const url = `sqlite://${join(t.testdir(), 'portolan.db')}`
  for (const revision of [1, 2, 3]) {
    const database = await openDatabase(url, { clock })
    await database.insertInto('tenants').values({ name: `tenant ${revision}`, revision, changed_at: clock().toISOString() }).execute()
    t.equal((await database.selectFrom('tenants').selectAll().execute()).length, revision)
    await database.close()
  }
})

t.test('a database in memory is its own', async t => {
  const one = await openDatabase('sqlite::memory:')
  const two = await openDatabase('sqlite::memory:')
  await one.insertInto('tenants').values({ name: '', revision: 1, changed_at: '' }).execute()
  t.strictSame(await two.selectFrom('tenants').selectAll().execute(), [])
  await one.close()
  await two.close()
})

t.test('an unknown URL is told, without its password', async t => {
  await t.rejects(openDatabase('mysql://user:secret@db.example.com/charts'),
    { code: 'unsupported-url', message: 'there is no support for mysql databases: supported are sqlite:FILE and sqlite::memory:' })
  await t.rejects(openDatabase('portolan.db'), { code: 'unsupported-url', message: /has no scheme/ })
  await t.rejects(openDatabase('sqlite:'), { code: 'unsupported-url', message: /names no file/ })
})

t.test('what is no database is told by its path', async t => {
  const folder = t.testdir({ 'notes.db': 'not a database at all, but long enough to be looked at as one\n'.repeat(20), file: '' })
  await t.rejects(openDatabase(`sqlite:${folder}/notes.db`), { code: 'open-failed', message: /notes\.db: file is not a database/ })
  await t.rejects(openDatabase(`sqlite:${folder}/file/below.db`), { code: 'open-failed', message: /below\.db/ })
})

t.test('migrations are applied once, in order, all or none', async t => {
  const folder = t.testdir({ sqlite: { '0001_a.sql': 'create table tenants (name text); create table a (x text);' } })
  const url = `sqlite:${join(folder, 'x.db')}`
  const open = async (): Promise<string[]> => {
    const database = await openDatabase(url, { migrations: folder, clock })
    try {
      const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(database)
      return rows.map(({ name }) => name)
    } finally {
      await database.close()
    }
  }
  t.strictSame(await open(), ['0001_a'])
  t.strictSame(await open(), ['0001_a'])
  mkdirSync(join(folder, 'sqlite'), { recursive: true })
  writeFileSync(join(folder, 'sqlite', '0002_b.sql'), 'create table b (x text);')
  writeFileSync(join(folder, 'sqlite', '0003_c.sql'), 'create table c (x text); no statement;')
  await t.rejects(open(), { code: 'migration-failed', message: /x\.db: the migration 0003_c failed: .*syntax error/ })
  writeFileSync(join(folder, 'sqlite', '0003_c.sql'), 'create table c (x text);')
  t.strictSame(await open(), ['0001_a', '0002_b', '0003_c'], 'nothing of the failed run was left')
  writeFileSync(join(folder, 'sqlite', '0002_b.sql'), 'create table b (x text, y text);')
  await t.rejects(open(), { code: 'migration-edited', message: /0002_b/ })
})

t.test('a database of a newer program is refused', async t => {
  const folder = t.testdir({ newer: { sqlite: { '0001_a.sql': 'select 1;', '0002_b.sql': 'select 2;' } }, older: { sqlite: { '0001_a.sql': 'select 1;' } } })
  const url = `sqlite:${join(folder, 'x.db')}`
  await (await openDatabase(url, { migrations: join(folder, 'newer') })).close()
  await t.rejects(openDatabase(url, { migrations: join(folder, 'older') }), { code: 'newer-database', message: /x\.db was written by a newer version.*0002_b/ })
})

t.test('a database that was asked nothing is closed all the same', async t => {
  const file = join(t.testdir(), 'portolan.db')
  await (await openDatabase(`sqlite:${file}`, { clock })).close()
  t.notOk(existsSync(`${file}-wal`), 'who closes it last takes what was written ahead into the file')
})

t.test('a database tells whether it is still there', async t => {
  const file = join(t.testdir(), 'portolan.db')
  const database = await openDatabase(`sqlite:${file}`)
  await checkDatabase(database)
  rmSync(file)
  await t.rejects(checkDatabase(database), { code: 'failed', message: /portolan\.db: the file of the database is gone: ENOENT/ })
  await database.close()
  const other = await openDatabase('sqlite::memory:')
  await checkDatabase(other)
  await other.close()
  await t.rejects(checkDatabase(other))
})
