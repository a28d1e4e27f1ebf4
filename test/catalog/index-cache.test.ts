import t from 'tap'
import { IndexCache } from '../../src/catalog/index-cache.js'
import { Revisions } from '../../src/catalog/revisions.js'
import type { Database } from '../../src/db/schema.js'
import { chartArchive } from '../helpers/chart-archive.js'
import { listed, openCatalog, publish, publishChart } from './open-catalog.js'

const cacheOf = (database: Database, capacity: number): IndexCache => new IndexCache({ database, revisions: new Revisions(database), urls: {}, capacity })

t.test('as many indexes are kept as fit, those asked for last', async t => {
  const { catalog, database } = await openCatalog(t)
  for (const tenant of ['a', 'b', 'c', 'd']) await publishChart(catalog, tenant, 'x', '1.0.0')
  const { weight } = await cacheOf(database, 0).get('a', 'json')
  const cache = cacheOf(database, 2.5 * weight)
  const ask = async (tenant: string): Promise<string[]> => {
    t.strictSame(listed(await cache.get(tenant, 'json')), ['x 1.0.0'])
    return cache.kept
  }
  t.strictSame(await ask('a'), ['json a'])
  t.strictSame(await ask('b'), ['json a', 'json b'])
  t.strictSame(await ask('c'), ['json b', 'json c'])
  t.strictSame(await ask('b'), ['json c', 'json b'])
  t.strictSame(await ask('d'), ['json b', 'json d'])
  t.strictSame(await ask('a'), ['json d', 'json a'])
})

t.test('an index that does not fit is answered all the same', async t => {
  const { catalog, database } = await openCatalog(t)
  for (const tenant of ['a', 'b']) await publishChart(catalog, tenant, 'x', '1.0.0')
  const cache = cacheOf(database, 1)
  for (const tenant of ['a', 'b', 'a']) {
    t.strictSame(listed(await cache.get(tenant, 'json')), ['x 1.0.0'])
    t.strictSame(cache.kept, [`json ${tenant}`])
  }
})

t.test('tenants that nobody knows leave nothing behind', async t => {
  const { database } = await openCatalog(t)
  const cache = cacheOf(database, 1e9)
  for (let i = 0; i < 1000; i++) t.equal((await cache.get(`random-${i}`, 'json')).revision, 0n, { diagnostic: false })
  t.strictSame(cache.kept, [])
})

t.test('what did not change is not made again', async t => {
  const { catalog, database } = await openCatalog(t)
  // Each of them fills a block of its own.
  for (const name of ['a', 'b', 'c']) await publish(catalog, '', { chart: await chartArchive(name, '1.0.0', { 'Chart.yaml': `name: ${name}\nversion: 1.0.0\ndescription: ${'long '.repeat(60_000)}\n` }) })
  const cache = cacheOf(database, 1e9)
  const before = (await cache.get('', 'json')).fragments
  await publishChart(catalog, '', 'b', '2.0.0')
  const after = (await cache.get('', 'json')).fragments
  t.strictSame(before.blocks.map(({ names }) => names), [['a'], ['b'], ['c']])
  t.strictSame(after.blocks.map((block, i) => block === before.blocks[i]), [true, false, true])
  t.equal((await cache.get('', 'json')).fragments, after)
})

t.test('each form is kept apart, and only when somebody asks for it', async t => {
  const { catalog, database } = await openCatalog(t)
  await publishChart(catalog, '', 'x', '1.0.0')
  const cache = cacheOf(database, 1e9)
  await cache.get('', 'json')
  t.strictSame(cache.kept, ['json '])
  t.match(Buffer.concat([...(await cache.get('', 'yaml')).parts()]).toString(), /^apiVersion: v1\n/)
  t.strictSame(cache.kept, ['json ', 'yaml '])
})

t.test('a revision that was raised while a refresh was running is not missed', async t => {
  const { catalog, database } = await openCatalog(t)
  const cache = cacheOf(database, 1e9)
  for (let i = 0; i < 20; i++) {
    const early = cache.get('', 'json')
    await publishChart(catalog, '', 'a', `1.0.${i}`)
    t.equal((await cache.get('', 'json')).versions, i + 1)
    await early
  }
})
