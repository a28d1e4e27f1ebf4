import t from 'tap'
import { archiveName, checkArchiveName, checkTenant, isProvenance, keyOf, provenanceName } from '../../src/catalog/names.js'

t.test('names of files and keys', async t => {
  t.equal(archiveName('a-1', '2'), archiveName('a', '1-2'))
  t.equal(provenanceName('a-1.tgz'), 'a-1.tgz.prov')
  t.ok(isProvenance('a-1.tgz.prov'))
  t.notOk(isProvenance('a-1.tgz'))
  t.notOk(isProvenance('a-1.prov'))
  t.equal(keyOf('', 'a-1.tgz'), 'a-1.tgz')
  t.equal(keyOf('org/team', 'a-1.tgz'), 'org/team/a-1.tgz')
})

t.test('tenants', async t => {
  for (const tenant of ['', 'a', 'a/b/c', 'api', 'charts', '...', 'with space', 'ü', '_x', 'a/_oci']) checkTenant(tenant)
  for (const tenant of ['/', 'a/', '/a', 'a//b', '.', '..', 'a/..', 'a\\b', 'a\nb', '_oci', '_oci/a', '.portolan/a', 'lost+found', 'x'.repeat(256), `${'x'.repeat(200)}/`.repeat(4) + 'x']) {
    t.throws(() => checkTenant(tenant), { code: 'invalid-name' }, tenant)
  }
})

t.test('an archive\'s name leaves room for its provenance file', async t => {
  checkArchiveName(`${'x'.repeat(246)}.tgz`, 'invalid-chart')
  t.throws(() => checkArchiveName(`${'x'.repeat(247)}.tgz`, 'invalid-chart'), { code: 'invalid-chart' })
  t.throws(() => checkArchiveName('a/b.tgz', 'invalid-provenance'), { code: 'invalid-provenance', message: 'a/b.tgz is improperly formatted' })
})
