import { existsSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot, packageVersion } from '../../src/db/package-root.js'

t.test('the nearest folder above with a package.json', async t => {
  const folder = t.testdir({ 'package.json': '{}', src: { db: {} }, inner: { 'package.json': '{}', deep: { deeper: {} } } })
  t.equal(packageRoot(join(folder, 'src', 'db')), folder)
  t.equal(packageRoot(join(folder, 'inner', 'deep', 'deeper')), join(folder, 'inner'))
  t.throws(() => packageRoot('/'), { message: /no package.json/ })
})

t.test('our own has the migrations', async t => {
  t.ok(existsSync(join(packageRoot(), 'migrations', 'sqlite', '0001_catalog.sql')))
  t.match(packageVersion(), /^\d+\.\d+\.\d+/)
})
