import t from 'tap'
import { IndexCache } from '../../src/catalog/index-cache.js'
import { listed, openCatalog, publishChart } from './open-catalog.js'

t.test('as many indexes are kept as fit, those asked for last', async t => {
  const { catalog, database } = await openCatalog(t)
  for (const tenant of ['a', 'b', 'c', 'd']) await publishChart(catalog, tenant, 'x', '1.0.0')
  const { weight } = await new IndexCache({ database, urls: {}, capacity: 0 }).get('a')
  const cache = new IndexCache({ database, urls: {}, capacity: 2.5 * weight })
  const ask = async (tenant: string): Promise<string[]> => {
    t.strictSame(listed(await cache.get(tenant)), ['x 1.0.0'])
    return cache.kept
  }
  t.strictSame(await ask('a'), ['a'])
  t.strictSame(await ask('b'), ['a', 'b'])
  t.strictSame(await ask('c'), ['b', 'c'])
  t.strictSame(await ask('b'), ['c', 'b'])
  t.strictSame(await ask('d'), ['b', 'd'])
  t.strictSame(await ask('a'), ['d', 'a'])
})

t.test('an index that does not fit is answered all the same', async t => {
  const { catalog, database } = await openCatalog(t)
  for (const tenant of ['a', 'b']) await publishChart(catalog, tenant, 'x', '1.0.0')
  const cache = new IndexCache({ database, urls: {}, capacity: 1 })
  for (const tenant of ['a', 'b', 'a']) {
    t.strictSame(listed(await cache.get(tenant)), ['x 1.0.0'])
    t.strictSame(cache.kept, [tenant])
  }
})

t.test('tenants that nobody knows leave nothing behind', async t => {
  const { database } = await openCatalog(t)
  const cache = new IndexCache({ database, urls: {}, capacity: 1e9 })
  for (let i = 0; i < 1000; i++) t.equal((await cache.get(`random-${i}`)).revision, 0n, { diagnostic: false })
  t.strictSame(cache.kept, [])
})

t.test('a chart that did not change is not serialised again', async t => {
  const { catalog, database } = await openCatalog(t)
  for (const name of ['a', 'b']) await publishChart(catalog, '', name, '1.0.0')
  const cache = new IndexCache({ database, urls: {}, capacity: 1e9 })
  const before = (await cache.get('')).fragments
  await publishChart(catalog, '', 'a', '2.0.0')
  const after = (await cache.get('')).fragments
  t.equal(after.get('b'), before.get('b'))
  t.not(after.get('a'), before.get('a'))
  t.equal((await cache.get('')).fragments.get('a'), after.get('a'))
})

t.test('a revision that was raised while a refresh was running is not missed', async t => {
  const { catalog, database } = await openCatalog(t)
  const cache = new IndexCache({ database, urls: {}, capacity: 1e9 })
  for (let i = 0; i < 20; i++) {
    const early = cache.get('')
    await publishChart(catalog, '', 'a', `1.0.${i}`)
    t.equal((await cache.get('')).versions, i + 1)
    await early
  }
})
