import { spawnSync } from 'node:child_process'
import t from 'tap'
import { MemoryBackend } from '../../storage/memory.js'
import { StorageFailed } from '../../storage/errors.js'
import { thisWriter } from '../../storage/writer.js'
import { chartArchive } from '../helpers/chart-archive.js'
import { checkWhole, listed, now, openCatalog, provenanceOf, publish, publishChart, stream } from './open-catalog.js'

t.test('a chart goes with all its versions and their provenance files, and no other', async t => {
  const tried = await openCatalog(t)
  const { catalog } = tried
  for (let i = 0; i < 70; i++) await publishChart(catalog, 'org', 'x', `1.0.${i}`)
  await publish(catalog, 'org', { provenance: provenanceOf('x', '1.0.3') })
  await publishChart(catalog, 'org', 'x-y', '1.0.0')
  await publishChart(catalog, '', 'x', '1.0.0')
  const before = (await catalog.index('org', 'json')).revision
  t.strictSame(await catalog.removeChart('org', 'x'), { charts: 1, versions: 70 })
  t.strictSame(listed(await catalog.index('org', 'json')), ['x-y 1.0.0'])
  t.equal((await catalog.index('org', 'json')).revision, before + 1n, 'all at once')
  t.strictSame(listed(await catalog.index('', 'json')), ['x 1.0.0'])
  await t.rejects(catalog.removeChart('org', 'x'), { code: 'chart-not-found', message: 'chart not found' })
  await t.rejects(catalog.removeChart('nobody', 'x'), { code: 'chart-not-found' })
  t.strictSame(await catalog.tenants(), ['', 'org'])
  await checkWhole(t, tried)
  await publishChart(catalog, 'org', 'x', '1.0.3')
  await checkWhole(t, tried)
})

t.test('a tenant goes with everything in its folder, and comes back with a higher revision', async t => {
  const tried = await openCatalog(t)
  const { catalog, backend } = tried
  for (const tenant of ['org', 'org/team', 'org2']) {
    for (const name of ['a', 'b']) await publishChart(catalog, tenant, name, '1.0.0')
  }
  await publish(catalog, 'org', { provenance: provenanceOf('lonely', '1.0.0') })
  for (const key of ['org/broken.tgz', 'org/broken.tgz.prov', 'org/index-cache.yaml', 'org/other.txt']) await backend.create(key, stream('x'))
  const other = (await openCatalog(t, { database: tried.database, backend })).catalog
  const revision = (await other.index('org', 'json')).revision
  t.strictSame(await catalog.removeTenant('org'), { charts: 2, versions: 2 })
  t.strictSame(await catalog.tenants(), ['org/team', 'org2'])
  t.strictSame(listed(await other.index('org', 'json')), [])
  await checkWhole(t, tried, ['org/other.txt'])
  t.strictSame(await catalog.removeTenant('org'), { charts: 0, versions: 0 })
  t.strictSame(await catalog.removeTenant('nobody'), { charts: 0, versions: 0 })
  await t.rejects(catalog.removeTenant('..'), { code: 'invalid-name' })
  await publishChart(catalog, 'org', 'a', '1.0.0')
  t.ok((await other.index('org', 'json')).revision > revision, 'who kept the index from before sees that it changed')
  t.strictSame(listed(await other.index('org', 'json')), ['a 1.0.0'])
  await checkWhole(t, tried, ['org/other.txt'])
})

t.test('with uploads, overwrites and removals of the same versions at the same time, everything stays of a piece', async t => {
  const tried = await openCatalog(t)
  const { catalog } = tried
  const expected = ['already-exists', 'chart-not-found', 'version-not-found']
  const outcomes = await Promise.allSettled(Array.from({ length: 120 }, async (_, i) => {
    if (i % 10 === 9) return await catalog.removeChart('', 'x')
    if (i % 30 === 4) return await catalog.removeTenant('')
    if (i % 10 === 5) { await catalog.remove('', 'x', `1.0.${i % 7}`); return }
    return await publish(catalog, '', { chart: await chartArchive('x', `1.0.${i % 7}`, { 'values.yaml': `upload: ${i}\n` }) }, { overwrite: i % 2 === 0 })
  }))
  t.strictSame(outcomes.flatMap(outcome => outcome.status === 'rejected' && !expected.includes((outcome.reason as { code: string }).code) ? [outcome.reason as unknown] : []), [])
  t.strictSame(tried.faults, [])
  await checkWhole(t, tried)
})

t.test('what a dead process left is repaired on the way, what a living one does is waited for', async t => {
  const tried = await openCatalog(t)
  const { catalog, database } = tried
  const [host = '', , began = ''] = thisWriter.split('.')
  const leave = (owner: string): Promise<unknown> =>
    database.insertInto('intents').values({ tenant: '', file_name: 'x-1.0.0.tgz', action: 'put', owner, created_at: now.toISOString() }).execute()
  await publishChart(catalog, '', 'x', '1.0.0')
  await leave(`${host}.${spawnSync(process.execPath, ['-e', '']).pid}.${began}.x`)
  await catalog.removeChart('', 'x')
  await checkWhole(t, tried)
  await publishChart(catalog, '', 'x', '1.0.0')
  await leave(`${host}.${process.ppid}.${began}.x`)
  const removal = catalog.removeChart('', 'x')
  await new Promise(resolve => setImmediate(resolve))
  t.strictSame(listed(await catalog.index('', 'json')), ['x 1.0.0'])
  await database.deleteFrom('intents').execute()
  await removal
  t.strictSame(listed(await catalog.index('', 'json')), [])
  await checkWhole(t, tried)
})

t.test('bytes that cannot be deleted go later', async t => {
  class Broken extends MemoryBackend {
    broken = true
    override async delete (key: string): Promise<void> {
      if (this.broken) throw new StorageFailed(key, 'no route to host')
      await super.delete(key)
    }
  }
  const backend = new Broken()
  const tried = await openCatalog(t, { backend })
  for (const version of ['1.0.0', '2.0.0']) await publishChart(tried.catalog, '', 'x', version)
  t.strictSame(await tried.catalog.removeChart('', 'x'), { charts: 1, versions: 2 })
  t.match(tried.faults, [{ message: 'no route to host' }])
  t.strictSame(listed(await tried.catalog.index('', 'json')), [])
  backend.broken = false
  await tried.catalog.recover()
  await checkWhole(t, tried)
})

t.test('a version whose file has another name than its own is removed by what it is', async t => {
  const tried = await openCatalog(t)
  await publishChart(tried.catalog, '', 'x', '1.0.0')
  const bytes = await chartArchive('x', '1.0.0')
  await tried.backend.create('odd.tgz', stream(bytes))
  await tried.backend.delete('x-1.0.0.tgz')
  await tried.database.updateTable('versions').set({ file_name: 'odd.tgz' }).execute()
  await tried.catalog.remove('', 'x', '1.0.0')
  t.strictSame(listed(await tried.catalog.index('', 'json')), [])
  await checkWhole(t, tried)
})
