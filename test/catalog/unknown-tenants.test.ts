import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import t from 'tap'
import { CatalogError } from '../../src/catalog/errors.js'
import { testServer } from '../helpers/test-server.js'
import { openCatalog, publishChart } from './open-catalog.js'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes in use after a collection, when what was answered is done with. */
async function used (): Promise<number> {
  for (let i = 0; i < 5; i++) {
    await new Promise(resolve => setImmediate(resolve))
    collect()
  }
  return process.memoryUsage().heapUsed
}

t.test('20,000 reads of tenants that nobody knows leave nothing behind', async t => {
  const { catalog, database } = await openCatalog(t)
  await publishChart(catalog, 'known', 'x', '1.0.0')
  const read = async (i: number): Promise<void> => {
    const tenant = `org-${i}/team-${i}`
    switch (i % 4) {
      case 0: if ((await catalog.index(tenant, 'json')).versions !== 0) t.fail(tenant); break
      case 1: await catalog.charts(tenant); break
      case 2: await refused(catalog.stat(tenant, 'x-1.0.0.tgz')); break
      default: await refused(catalog.version(tenant, 'x', 'latest'))
    }
  }
  for (let i = 0; i < 2000; i++) await read(-i)
  const before = await used()
  for (let i = 0; i < 20_000; i++) await read(i)
  const grown = await used() - before
  t.ok(grown < 2_000_000, `${grown} bytes more are in use`)
  t.strictSame(await database.selectFrom('tenants').select('name').execute(), [{ name: 'known' }])
  t.strictSame(await catalog.tenants(), ['known'])
})

t.test('nor do they through the server', async t => {
  const { app, catalog } = await testServer(t, { paths: { contextPath: '', depth: 1, dynamic: false } })
  const read = async (i: number): Promise<void> => {
    const response = await app.inject({ url: `/tenant-${i}/index.yaml` })
    if (response.statusCode !== 200) t.fail(`tenant-${i} answered ${response.statusCode}`)
  }
  for (let i = 0; i < 200; i++) await read(-i)
  const before = await used()
  for (let i = 0; i < 500; i++) await read(i)
  const grown = await used() - before
  t.ok(grown < 2_000_000, `${grown} bytes more are in use`)
  t.strictSame(await catalog.tenants(), [])
})

async function refused (call: Promise<unknown>): Promise<void> {
  const error = await call.then(() => undefined, (thrown: unknown) => thrown)
  if (!(error instanceof CatalogError) || !error.code.endsWith('-not-found')) throw new Error('it was not refused', { cause: error })
}
