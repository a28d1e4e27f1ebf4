import t from 'tap'
import { pendingMigrations, readMigrations } from '../../src/db/migrate.js'

const known = ['0001_a', '0002_b', '0003_c'].map(name => ({ name, sql: '', hash: `hash of ${name}` }))
const [first, second, third] = known

t.test('migrations are read in the order of their names, whatever the line endings', async t => {
  const folder = t.testdir({ '0002_b.sql': 'b;\r\nb;\r\n', '0001_a.sql': 'a;\n', 'README.md': 'no migration', '0010_c.sql': 'b;\nb;\n' })
  const migrations = await readMigrations(folder)
  t.match(migrations, [{ name: '0001_a', sql: 'a;\n' }, { name: '0002_b', sql: 'b;\nb;\n' }, { name: '0010_c' }])
  t.equal(migrations[1]?.hash, migrations[2]?.hash)
  t.match(migrations[0]?.hash, /^[0-9a-f]{64}$/)
})

t.test('a folder without migrations is none', async t => {
  const folder = t.testdir({ empty: {} })
  await t.rejects(readMigrations(`${folder}/empty`), { code: 'migration-failed', message: /no migrations/ })
  await t.rejects(readMigrations(`${folder}/absent`), { code: 'migration-failed', message: /absent/ })
})

t.test('what is not applied is pending', async t => {
  t.strictSame(pendingMigrations(known, [], 'x.db'), known)
  t.strictSame(pendingMigrations(known, known.slice(0, 2), 'x.db'), [third])
  t.strictSame(pendingMigrations(known, known, 'x.db'), [])
})

t.test('a database that went another way is refused', async t => {
  const hash = 'x'
  t.throws(() => pendingMigrations(known, [...known, { name: '0004_d', hash }], 'x.db'),
    { code: 'newer-database', message: 'x.db was written by a newer version of Portolan: it has the migration 0004_d, which this version does not know' })
  t.throws(() => pendingMigrations(known, [{ name: '0001_a', hash }], 'x.db'), { code: 'migration-edited', message: /0001_a/ })
  t.throws(() => pendingMigrations(known, [first, third].flatMap(each => each ?? []), 'x.db'), { code: 'migration-edited', message: `x.db lacks the migration ${second?.name ?? ''}, but has made later ones` })
})
