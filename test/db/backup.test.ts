import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import t from 'tap'
import { backupSqlite, restoreSqlite } from '../../src/db/backup.js'
import { readMigrations } from '../../src/db/migrate.js'
import { openDatabase, sqliteFileOf } from '../../src/db/open.js'
import { packageRoot } from '../../src/db/package-root.js'

const migrations = await readMigrations(join(packageRoot(), 'migrations', 'sqlite'))
const now = new Date('2026-11-20T12:34:56.789Z')
const facts = { now, program: '1.2.3' }

async function addTenants (file: string, ...names: string[]): Promise<void> {
  const database = await openDatabase(`sqlite:${file}`)
  await database.insertInto('tenants').values(names.map(name => ({ name, revision: 1, changed_at: '' }))).execute()
  await database.close()
}

async function tenantsOf (file: string): Promise<string[]> {
  const database = await openDatabase(`sqlite:${file}`)
  const rows = await database.selectFrom('tenants').select('name').orderBy('name').execute()
  await database.close()
  return rows.map(({ name }) => name)
}

async function backedUp (t: Test): Promise<{ folder: string, file: string, backup: string }> {
  const folder = t.testdir()
  const [file, backup] = [join(folder, 'p.db'), join(folder, 'backup')]
  await addTenants(file, 'a', 'b')
  await backupSqlite(file, backup, facts)
  return { folder, file, backup }
}

t.test('a database is copied while it is open and written to, with a manifest', async t => {
  const folder = t.testdir()
  const file = join(folder, 'p.db')
  const database = await openDatabase(`sqlite:${file}`)
  t.teardown(() => database.close())
  await database.insertInto('tenants').values({ name: 'a', revision: 1, changed_at: '' }).execute()
  const manifest = await backupSqlite(file, join(folder, 'deep', 'backup'), facts)
  await database.insertInto('tenants').values({ name: 'later', revision: 1, changed_at: '' }).execute()
  t.match(manifest, {
    format: 1,
    createdAt: now.toISOString(),
    program: '1.2.3',
    counts: { tenants: 1, charts: 0, versions: 0, provenances: 0 },
    migrations: migrations.map(({ name, hash }) => ({ name, hash }))
  })
  t.strictSame(JSON.parse(readFileSync(join(folder, 'deep', 'backup', 'manifest.json'), 'utf8')), manifest)
  t.strictSame(readdirSync(join(folder, 'deep', 'backup')).sort(), ['manifest.json', 'portolan.db'])
  await t.rejects(backupSqlite(file, join(folder, 'deep', 'backup'), facts), { code: 'backup-exists' })
  await t.rejects(backupSqlite(join(folder, 'none.db'), join(folder, 'other'), facts), { code: 'open-failed' })
  t.notOk(existsSync(join(folder, 'none.db')))
})

t.test('a backup is restored to where nothing is, and over a database, which is kept', async t => {
  const { folder, file, backup } = await backedUp(t)
  const fresh = join(folder, 'new', 'q.db')
  t.strictSame((await restoreSqlite(backup, fresh, { now, migrations })).former, undefined)
  t.strictSame(await tenantsOf(fresh), ['a', 'b'])
  await addTenants(file, 'c')
  const { former = '', manifest } = await restoreSqlite(backup, file, { now, migrations })
  t.equal(former, `${file}.before-2026-11-20T12-34-56-789Z`)
  t.equal(manifest.counts.tenants, 2)
  t.strictSame(await tenantsOf(file), ['a', 'b'])
  t.strictSame(await tenantsOf(former), ['a', 'b', 'c'])
})

t.test('a database that somebody has open is not replaced', async t => {
  const { file, backup } = await backedUp(t)
  const database = await openDatabase(`sqlite:${file}`)
  t.teardown(() => database.close())
  await t.rejects(restoreSqlite(backup, file, { now, migrations }), { code: 'in-use', message: /stop the server first/ })
  await database.insertInto('tenants').values({ name: 'still works', revision: 1, changed_at: '' }).execute()
})

t.test('a backup that is damaged, or newer than the program, is refused, and nothing is touched', async t => {
  const { folder, file, backup } = await backedUp(t)
  const restore = (from = backup): Promise<unknown> => restoreSqlite(from, file, { now, migrations })
  await t.rejects(restore(join(folder, 'nowhere')), { code: 'invalid-backup' })
  await t.rejects(restoreSqlite(backup, file, { now, migrations: migrations.slice(0, -1) }), { code: 'newer-database' })
  const manifest = readFileSync(join(backup, 'manifest.json'), 'utf8')
  for (const wrong of ['{}', 'garbage', '[]', manifest.replace('"format": 1', '"format": 2'), manifest.replace('portolan.db', '../p.db')]) {
    writeFileSync(join(backup, 'manifest.json'), wrong)
    await t.rejects(restore(), { code: 'invalid-backup' }, wrong.slice(0, 20))
  }
  writeFileSync(join(backup, 'manifest.json'), manifest)
  appendFileSync(join(backup, 'portolan.db'), 'x')
  await t.rejects(restore(), { code: 'invalid-backup', message: /is not the file that the manifest describes/ })
  t.strictSame(await tenantsOf(file), ['a', 'b'])
})

t.test('only a database in a file can be backed up', async t => {
  t.equal(sqliteFileOf('sqlite:./x.db'), './x.db')
  t.equal(sqliteFileOf('sqlite:///x.db'), '/x.db')
  for (const url of ['sqlite::memory:', 'sqlite:', 'postgres://user:secret@example.com/x']) {
    t.throws(() => sqliteFileOf(url), { code: 'unsupported-url' })
  }
})
